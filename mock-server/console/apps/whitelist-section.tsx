/** 服务器IP白名单 of each operation, with a syntax check while the user types. */

import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { IpWhitelistCheck } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { Field } from '../parts/field.js';
import { localized } from '../state/language.js';
import { notifyProblem } from '../state/notices.js';
import { OPERATIONS } from '../state/server-data.js';
import type { EditedApp } from './edited-app.js';
import { Section } from './section.js';

export function WhitelistSection({ edited: { form, edit } }: { readonly edited: EditedApp }) {
  return (
    <Section name="whitelist" hint={t('whitelist.hint')}>
      {OPERATIONS.map((operation) => (
        <WhitelistField
          key={operation}
          name={t(`operation.${operation}`)}
          list={form.ipWhitelist[operation]}
          onChange={(list) => edit({ ipWhitelist: { [operation]: list } })}
        />
      ))}
    </Section>
  );
}

const TYPING_PAUSE_MS = 200;

interface WhitelistFieldProps {
  readonly name: string;
  /** null allows every address. */
  readonly list: string | null;
  readonly onChange: (list: string | null) => void;
}

/** The whitelist of one operation. */
function WhitelistField({ name, list, onChange }: WhitelistFieldProps) {
  // Restored when the user clears the checkbox.
  const typed = useSignal(list ?? '');
  const text = list ?? typed.value;
  const check = useCheck(text);
  const type = (value: string) => {
    typed.value = value;
    onChange(value);
  };
  return (
    <div class="whitelist">
      <Field label={name}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            spellcheck={false}
            disabled={list === null}
            value={text}
            onInput={({ currentTarget }) => type(currentTarget.value)}
          />
        )}
      </Field>
      <label class="check">
        <input
          type="checkbox"
          checked={list === null}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : typed.value)}
        />
        <span>{t('whitelist.every')}</span>
      </label>
      {list !== null && <Entries typed={text} check={check.value} />}
    </div>
  );
}

/** The server's check of the list, after a pause in typing. */
function useCheck(text: string): Signal<IpWhitelistCheck | undefined> {
  const check = useSignal<IpWhitelistCheck | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      answerOf(control.POST('/_mock/ip-whitelist/check', { body: { ipWhitelist: text } }))
        .then((result) => {
          if (isCurrent) check.value = result;
        })
        .catch(notifyProblem);
    }, TYPING_PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  return check;
}

function Entries({ typed, check }: { readonly typed: string; readonly check: IpWhitelistCheck | undefined }) {
  if (typed.trim() === '') return <p class="hint wrong">{t('whitelist.none')}</p>;
  if (check === undefined) return null;
  return (
    <ul class="entries" aria-live="polite">
      {check.entries.map(({ entry, admits, problem }, at) => (
        // Keyed by index, because an entry may be listed twice.
        <li key={at} class={problem === null ? 'met' : 'wrong'}>
          {problem === null ? '✓' : '✗'} <code>{entry}</code>{' '}
          <span>{problem === null ? admits : localized(problem)}</span>
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
