/** The hidden states of the app, each with a button that undoes it, in the header of each page. */
import { t } from '../messages/message.js';
import { appLabel, appOf } from '../state/app-names.js';
import { appState } from '../state/app-state.js';
import { hashOf } from '../state/hash.js';
import { hiddenStates } from '../state/hidden-state.js';
import { attempt } from '../state/notices.js';

export function HiddenStateBar({ appId }: { readonly appId: string | undefined }) {
  const app = appId === undefined ? undefined : appOf(appId);
  const state = appId === undefined ? undefined : appState(appId);
  if (app === undefined || state === undefined) return null;
  const shown = hiddenStates({ app, state });
  if (shown.length === 0) return null;
  const title = t('hidden.title', { app: appLabel(app.appId) });
  return (
    <section class="hidden-states" aria-label={title}>
      <span class="hidden-title">{title}</span>
      <ul>
        {shown.map(({ id, text, place, undoText, undo }) => (
          <li key={id} class="chip">
            <a class="chip-text" href={hashOf(place)} title={text}>
              {text}
            </a>
            <button type="button" onClick={() => void attempt(undo)} aria-label={`${undoText}: ${text}`}>
              {undoText}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
