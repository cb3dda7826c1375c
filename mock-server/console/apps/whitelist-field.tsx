/** The whitelist of one operation. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { App, IpWhitelistCheck, Operation } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { useDraft } from '../parts/draft.js';
import { Field } from '../parts/field.js';
import { said } from '../state/language.js';
import { tellProblem } from '../state/notices.js';
import { changeApp } from './change-app.js';

const TYPING_PAUSE_MS = 200;

interface WhitelistFieldProps {
  readonly app: App;
  readonly operation: Operation;
  readonly name: string;
}

export function WhitelistField({ app: { appId, ipWhitelist }, operation, name }: WhitelistFieldProps) {
  const saved = ipWhitelist[operation];
  const typed = useDraft(saved ?? '');
  const admitsAnybody = useDraft(saved === null);
  const check = useCheck(typed);
  const wanted = admitsAnybody.value ? null : typed.value;
  const save = (event: Event) => {
    event.preventDefault();
    void changeApp(appId, { ipWhitelist: { [operation]: wanted } });
  };
  return (
    <form class="whitelist" onSubmit={save}>
      <Field label={name}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            spellcheck={false}
            disabled={admitsAnybody.value}
            value={typed.value}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
            }}
          />
        )}
      </Field>
      <label class="check">
        <input
          type="checkbox"
          checked={admitsAnybody.value}
          onChange={({ currentTarget }) => {
            admitsAnybody.value = currentTarget.checked;
          }}
        />
        <span>{t('whitelist.anybody')}</span>
      </label>
      {!admitsAnybody.value && <Entries typed={typed.value} check={check.value} />}
      <button type="submit" disabled={wanted === saved}>
        {t('save')}
      </button>
    </form>
  );
}

/** What the server makes of it, once the typing pauses. */
function useCheck(typed: Signal<string>): Signal<IpWhitelistCheck | undefined> {
  const check = useSignal<IpWhitelistCheck | undefined>(undefined);
  const text = typed.value;
  useEffect(() => {
    let isWanted = true;
    const later = setTimeout(() => {
      answerOf(control.POST('/_mock/ip-whitelist/check', { body: { ipWhitelist: text } }))
        .then((made) => {
          if (isWanted) check.value = made;
        })
        .catch(tellProblem);
    }, TYPING_PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(later);
    };
  }, [text]);
  return check;
}

function Entries({ typed, check }: { readonly typed: string; readonly check: IpWhitelistCheck | undefined }) {
  if (typed.trim() === '') return <p class="hint wrong">{t('whitelist.nobody')}</p>;
  if (check === undefined) return null;
  return (
    <ul class="entries" aria-live="polite">
      {check.entries.map(({ entry, admits, problem }, at) => (
        // By its place: the same entry may stand there twice.
        <li key={at} class={problem === null ? 'met' : 'wrong'}>
          <code>{entry}</code> {problem === null ? `✓ ${admits}` : said(problem)}
        </li>
      ))}
      {check.notes.map((note) => (
        <li key={note.en} class="hint">
          {said(note)}
        </li>
      ))}
    </ul>
  );
}
