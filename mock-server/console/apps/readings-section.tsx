/** The readings of an app, each with the sentence of the document that leaves the question open. */
import type { ReadingRow as Reading } from '../api/schemas.js';
import { pair, t } from '../messages/message.js';
import { TextField } from '../parts/field.js';
import { localized } from '../state/language.js';
import { readings, usualOption } from '../state/server-data.js';
import type { EditedApp } from './edited-app.js';
import { Section } from './section.js';

export function ReadingsSection({ edited }: { readonly edited: EditedApp }) {
  return (
    <Section name="readings" hint={t('readings.hint')}>
      <div class="readings">
        {(readings.value ?? []).map((reading) => (
          <ReadingRow key={reading.id} edited={edited} reading={reading} />
        ))}
      </div>
    </Section>
  );
}

interface ReadingProps {
  readonly edited: EditedApp;
  readonly reading: Reading;
}

function ReadingRow({ edited, reading }: ReadingProps) {
  const { id, section, sentence, basis, why, pattern, observed } = reading;
  const isChanged = edited.app.readings[id] !== usualOption(reading);
  return (
    <article class="reading">
      <h4>
        <code>{id}</code>{' '}
        <span class="basis" title={t(`basis.${basis}.long`)}>
          {t(`basis.${basis}`)}
        </span>
        {observed !== null && <span class="badge good">{t('readings.observed', { date: observed.observedOn })}</span>}
        {isChanged && <span class="badge fair">{t('readings.changed')}</span>}
      </h4>
      <blockquote lang="zh-CN">
        {sentence} <cite>{section}</cite>
      </blockquote>
      <Options edited={edited} reading={reading} />
      {pattern !== null && <OtherValue edited={edited} reading={reading} />}
      <p class="hint">{localized(why)}</p>
    </article>
  );
}

/** False for a pattern such as `window:<duration>`. */
function isComplete({ option }: Reading['options'][number]): boolean {
  return !option.includes('<');
}

function Options({ edited: { form, edit }, reading: { id, options } }: ReadingProps) {
  return (
    <fieldset class="options">
      <legend class="off-screen">{id}</legend>
      {options.filter(isComplete).map(({ option, meaning }) => (
        <label key={option} class="check">
          <input
            type="radio"
            name={id}
            checked={form.readings[id] === option}
            onChange={() => edit({ readings: { [id]: option } })}
          />
          <span>
            <code>{option}</code> {localized(meaning)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function OtherValue({ edited: { app, form, wrong, edit }, reading: { id, options } }: ReadingProps) {
  const value = form.readings[id] ?? '';
  const other = options.find((option) => !isComplete(option));
  const isOption = options.some(({ option }) => option === value);
  return (
    <TextField
      label={other === undefined ? t('readings.otherValue') : pair(other.option, 'colon', localized(other.meaning))}
      problem={wrong.includes(`readings.${id}`) ? t('readings.wrong') : undefined}
      placeholder="window:5m"
      value={isOption ? '' : value}
      onInput={(text) => edit({ readings: { [id]: text.trim() === '' ? app.readings[id] : text.trim() } })}
    />
  );
}
