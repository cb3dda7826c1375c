/** The settings of an app that are saved together: credentials, capabilities, whitelists and readings. */
import { useSignal } from '@preact/signals';
import type { IpWhitelistCheck, ReadingRow as Reading } from '../../../src/control/api.js';
import { COLON } from '../../../src/text/bilingual.js';
import { localized, pair, t } from '../messages/message.js';
import { Copied, Secret } from '../parts/code-text.js';
import { Check, Tabs, TextField } from '../parts/field.js';
import { type Fact, Facts } from '../parts/panel.js';
import { call } from '../state/mock.js';
import { useLoaded } from '../state/notices.js';
import { OPERATIONS } from '../state/operations.js';
import { carrierAddress, readings, usualOption } from '../state/server-data.js';
import { CAPABILITIES } from './app-edits.js';
import type { EditedApp, SettingInput } from './edited-app.js';
import { Section } from './section.js';

interface SectionProps {
  readonly edited: EditedApp;
}

const SECRETS = [
  { field: 'appKey', name: 'appKey' },
  { field: 'appSecret', name: 'APPSecret' },
] as const;

/** The app's name, its secrets (hidden at first), and the carrier's address. */
export function CredentialsSection({ edited: { app, input } }: SectionProps) {
  return (
    <Section name="credentials" hint={t('apps.credentialsHint')}>
      <TextField label={t('apps.name')} hint={t('apps.nameHint')} {...input('name')} />
      <Facts
        facts={[
          ...SECRETS.map(
            ({ field, name }): Fact => [
              name,
              <Secret key={field} name={name} value={app[field]} />,
            ],
          ),
          [
            t('apps.address'),
            <Copied key="address" text={carrierAddress.value} name={t('apps.address')} />,
          ],
        ]}
      />
      <details>
        <summary>{t('apps.useOwn')}</summary>
        {SECRETS.map(({ field, name }) => (
          <TextField key={field} label={name} {...input(field)} />
        ))}
      </details>
    </Section>
  );
}

/** 能力, 验签方式 and the lifetime of tokens. */
export function CapabilitiesSection({ edited: { input } }: SectionProps) {
  return (
    <Section name="capabilities" hint={t('apps.capabilitiesHint')}>
      <div class="checks">
        {CAPABILITIES.map((name) => (
          <Check key={name} text={t(`capability.${name}`)} {...input(`capabilities.${name}`)} />
        ))}
      </div>
      <div>
        <Tabs
          label={t('apps.signSecret')}
          options={[
            { value: 'appSecret', text: 'APPSecret' },
            { value: 'appKey', text: 'appKey' },
          ]}
          {...input('signSecret')}
        />
        <p class="hint">{t('apps.signSecretHint')}</p>
      </div>
      <TextField
        label={t('apps.tokenTtl')}
        hint={t('apps.tokenTtlHint')}
        {...input('tokenTtlMs')}
      />
    </Section>
  );
}

/** 服务器IP白名单 of each operation, with a syntax check while the user types. */
export function WhitelistSection({ edited: { input } }: SectionProps) {
  return (
    <Section name="whitelist" hint={t('whitelist.hint')}>
      {OPERATIONS.map((operation) => (
        <WhitelistField
          key={operation}
          name={t(`operation.${operation}`)}
          {...input(`ipWhitelist.${operation}`)}
        />
      ))}
    </Section>
  );
}

/** null allows every address. */
interface WhitelistFieldProps extends SettingInput<string | null> {
  readonly name: string;
}

const TYPING_PAUSE_MS = 200;

function WhitelistField({ name, value, onChange, problem }: WhitelistFieldProps) {
  // Restored when the user clears the checkbox.
  const typed = useSignal(value ?? '');
  const text = value ?? typed.value;
  const check = useWhitelistCheck(text);
  const type = (list: string) => {
    typed.value = list;
    onChange(list);
  };
  return (
    <div class="whitelist">
      <TextField
        rows={2}
        label={name}
        disabled={value === null}
        problem={problem}
        value={text}
        onChange={type}
      />
      <Check
        text={t('whitelist.every')}
        value={value === null}
        onChange={(isEvery) => onChange(isEvery ? null : typed.value)}
      />
      {value !== null && <WhitelistEntries text={text} check={check} />}
    </div>
  );
}

/** What the server reads in the list, after a pause in typing. */
function useWhitelistCheck(text: string): IpWhitelistCheck | undefined {
  return useLoaded(
    async (isCurrent) => {
      await new Promise((resolve) => setTimeout(resolve, TYPING_PAUSE_MS));
      return isCurrent()
        ? call('POST /ip-whitelist/check', { body: { ipWhitelist: text } })
        : undefined;
    },
    [text],
    // The server refuses to save it too, and that error is shown at the field.
    () => undefined,
  );
}

interface WhitelistEntriesProps {
  readonly text: string;
  readonly check: IpWhitelistCheck | undefined;
}

function WhitelistEntries({ text, check }: WhitelistEntriesProps) {
  if (text.trim() === '') return <p class="hint wrong">{t('whitelist.none')}</p>;
  if (check === undefined) return null;
  return (
    <ul class="entries" aria-live="polite">
      {check.entries.map(({ entry, admits, problem: wrong }, at) => (
        // Keyed by index, because an entry may be listed twice.
        <li key={at} class={wrong === null ? 'met' : 'wrong'}>
          {wrong === null ? '✓' : '✗'} <code>{entry}</code>
          {wrong === null ? entry !== admits && ` → ${admits}` : ` ${localized(wrong)}`}
        </li>
      ))}
      {check.notes.map((note) => (
        <li key={note.en} class="hint">
          {localized(note)}
        </li>
      ))}
    </ul>
  );
}

/** The readings, each with the sentence of the document that leaves the question open: the changed and the observed ones, then the others. */
export function ReadingsSection({ edited }: SectionProps) {
  const all = readings.value ?? [];
  const isFirst = (reading: Reading) => reading.observed !== null || isChanged(edited, reading);
  const others = all.filter((reading) => !isFirst(reading));
  const row = (reading: Reading) => (
    <ReadingRow key={reading.id} edited={edited} reading={reading} />
  );
  return (
    <Section name="readings" hint={t('readings.hint')}>
      <div class="readings">
        {all.filter(isFirst).map(row)}
        <details>
          <summary>{t('readings.others', { count: others.length })}</summary>
          {others.map(row)}
        </details>
      </div>
    </Section>
  );
}

function isChanged({ app }: EditedApp, reading: Reading): boolean {
  return app.readings[reading.id] !== usualOption(reading);
}

function ReadingRow({ edited, reading }: SectionProps & { readonly reading: Reading }) {
  const { id, title, section, sentence, basis, why, pattern, observed, options } = reading;
  const { value, onChange, problem } = edited.input(`readings.${id}`);
  const isOption = options.some(({ option }) => option === value);
  const other = options.find((option) => !isComplete(option));
  return (
    <article class="reading">
      <h4>
        {localized(title)}{' '}
        <span class="basis" title={t(`basis.${basis}.long`)}>
          {t(`basis.${basis}`)}
        </span>
        {observed !== null && (
          <span class="badge good">{t('readings.observed', { date: observed.observedOn })}</span>
        )}
        {isChanged(edited, reading) && <span class="badge fair">{t('readings.changed')}</span>}
      </h4>
      <blockquote lang="zh-CN">
        {sentence} <cite>{section}</cite>
      </blockquote>
      <fieldset class="options">
        <legend class="off-screen">{id}</legend>
        {options.filter(isComplete).map(({ option, meaning }) => (
          <label key={option} class="check">
            <input
              type="radio"
              name={id}
              checked={value === option}
              onChange={() => onChange(option)}
            />
            <span>
              {localized(meaning)} <code class="hint">{option}</code>
            </span>
          </label>
        ))}
      </fieldset>
      {pattern !== null && (
        <TextField
          label={
            other === undefined
              ? t('readings.otherValue')
              : pair(other.option, COLON, localized(other.meaning))
          }
          problem={problem}
          placeholder={other?.option ?? ''}
          value={isOption ? '' : value}
          onChange={(text) => onChange(text.trim() === '' ? edited.app.readings[id] : text.trim())}
        />
      )}
      <p class="hint">
        {localized(why)} <code>{id}</code>
      </p>
    </article>
  );
}

/** False for a pattern such as `window:<duration>`. */
function isComplete({ option }: Reading['options'][number]): boolean {
  return !option.includes('<');
}
