/** The whitelist of one operation. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { IpWhitelistCheck } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { Field } from '../parts/field.js';
import { localized } from '../state/language.js';
import { notifyProblem } from '../state/notices.js';

const TYPING_PAUSE_MS = 200;

interface WhitelistFieldProps {
  readonly name: string;
  /** null admits every address. */
  readonly list: string | null;
  readonly onChange: (list: string | null) => void;
}

export function WhitelistField({ name, list, onChange }: WhitelistFieldProps) {
  /** What comes back when not every address is admitted any more. */
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

/** What the server makes of it, once the typing pauses. */
function useCheck(text: string): Signal<IpWhitelistCheck | undefined> {
  const check = useSignal<IpWhitelistCheck | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    const later = setTimeout(() => {
      answerOf(control.POST('/_mock/ip-whitelist/check', { body: { ipWhitelist: text } }))
        .then((made) => {
          if (isWanted) check.value = made;
        })
        .catch(notifyProblem);
    }, TYPING_PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(later);
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
        // By its place: the same entry may be listed twice.
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
