/** How the document is read where it is silent: each reading beside the sentence that leaves it open. */
import type { App, ReadingRow as Reading } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { useDraft } from '../parts/draft.js';
import { TextField } from '../parts/field.js';
import { Panel } from '../parts/panel.js';
import { said } from '../state/language.js';
import { readings } from '../state/server-data.js';
import { changeApp } from './change-app.js';

export function ReadingsPanel({ app }: { readonly app: App }) {
  return (
    <Panel title={t('readings.title')}>
      <p class="hint">{t('readings.hint')}</p>
      <div class="readings">
        {(readings.value ?? []).map((reading) => (
          <ReadingRow key={reading.id} app={app} reading={reading} />
        ))}
      </div>
    </Panel>
  );
}

function ReadingRow({ app, reading }: { readonly app: App; readonly reading: Reading }) {
  const { id, section, sentence, basis, why, pattern } = reading;
  return (
    <article class="reading">
      <h4>
        <code>{id}</code>{' '}
        <span class="basis" title={t(`basis.${basis}.long`)}>
          {t(`basis.${basis}`)}
        </span>
      </h4>
      <blockquote lang="zh-CN">
        {sentence} <cite>{section}</cite>
      </blockquote>
      <Options app={app} reading={reading} />
      {pattern !== null && <OtherValue app={app} reading={reading} pattern={pattern} />}
      <p class="hint">{said(why)}</p>
    </article>
  );
}

/** `window:<duration>` is filled in. */
function isWhole({ option }: Reading['options'][number]): boolean {
  return !option.includes('<');
}

interface ReadingProps {
  readonly app: App;
  readonly reading: Reading;
}

function Options({ app: { appId, readings: chosen }, reading: { id, options } }: ReadingProps) {
  return (
    <fieldset class="options">
      <legend class="off-screen">{id}</legend>
      {options.filter(isWhole).map(({ option, meaning }) => (
        <label key={option} class="check">
          <input
            type="radio"
            name={id}
            checked={chosen[id] === option}
            onChange={() => void changeApp(appId, { readings: { [id]: option } })}
          />
          <span>
            <code>{option}</code> {said(meaning)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function OtherValue({
  app: { appId, readings: chosen },
  reading,
  pattern,
}: ReadingProps & { readonly pattern: string }) {
  const { id, options } = reading;
  const value = chosen[id];
  const other = options.find((option) => !isWhole(option));
  const typed = useDraft(options.some(({ option }) => option === value) ? '' : value);
  const isWrong = !new RegExp(pattern).test(typed.value);
  const save = (event: Event) => {
    event.preventDefault();
    if (!isWrong) void changeApp(appId, { readings: { [id]: typed.value } });
  };
  return (
    <form class="inline-form" onSubmit={save}>
      <TextField
        label={other === undefined ? t('readings.otherValue') : `${other.option}: ${said(other.meaning)}`}
        problem={isWrong && typed.value !== '' ? t('readings.wrong') : undefined}
        placeholder="window:5m"
        value={typed.value}
        onInput={(text) => {
          typed.value = text.trim();
        }}
      />
      <button type="submit" disabled={isWrong || typed.value === value}>
        {t('save')}
      </button>
    </form>
  );
}
