/** State of an app that changes its results and that no request shows. Every page about the app shows it in its header, each with its undo. */
import type { App } from '../../../src/control/api.js';
import { COLON } from '../../../src/text/bilingual.js';
import { pair, t } from '../messages/message.js';
import {
  type AppState,
  appState,
  changeApp,
  changeAppState,
  selectedAppId,
  setToRealTime,
} from '../state/app-state.js';
import { hashOf, type PlaceInput } from '../state/hash.js';
import { removeScripts, scriptName, waitingScripts } from '../state/scripts.js';
import { appLabel, appOf, readings, usualOption } from '../state/server-data.js';
import { Button } from './panel.js';
import { signedDuration } from './times.js';

interface HiddenState {
  readonly text: string;
  /** The page on which it is set. */
  readonly place: PlaceInput;
  readonly undoText: string;
  readonly undo: () => Promise<unknown>;
}

interface LoadedApp {
  readonly app: App;
  readonly state: AppState;
}

/** A new kind of hidden state is a function here. */
const KINDS: readonly ((loaded: LoadedApp) => readonly HiddenState[])[] = [
  movedClock,
  scripts,
  changedReadings,
];

// A clock that was set to real time differs by the duration of the call.
const MOVED_MS_MIN = 2000;

function movedClock({ app: { appId }, state: { clock } }: LoadedApp): readonly HiddenState[] {
  if (!clock.frozen && Math.abs(clock.offsetMs) < MOVED_MS_MIN) return [];
  const units = { d: t('unit.d'), h: t('unit.h'), min: t('unit.min'), s: t('unit.s') };
  return [
    {
      text: clock.frozen
        ? t('hidden.clockStopped')
        : t('hidden.clockMoved', { by: signedDuration(clock.offsetMs, units) }),
      place: { view: 'apps', opened: appId, parameters: { section: 'clock' } },
      undoText: t('hidden.clockUndo'),
      undo: () => changeAppState(appId, setToRealTime),
    },
  ];
}

function scripts({ app: { appId } }: LoadedApp): readonly HiddenState[] {
  const waiting = waitingScripts(appId);
  const [first] = waiting;
  if (first === undefined) return [];
  return [
    {
      text:
        waiting.length === 1
          ? pair(scriptName(first), COLON, first.remaining)
          : t('hidden.scripts', { count: waiting.length }),
      place: { view: 'outcomes', parameters: { app: appId } },
      undoText: t('hidden.scriptUndo'),
      undo: () => removeScripts(appId, waiting),
    },
  ];
}

function changedReadings({ app: { appId, readings: set } }: LoadedApp): readonly HiddenState[] {
  const rows = (readings.value ?? []).filter((row) => set[row.id] !== usualOption(row));
  if (rows.length === 0) return [];
  const body = { readings: Object.fromEntries(rows.map((row) => [row.id, usualOption(row)])) };
  return [
    {
      text: t('hidden.readings', { count: rows.length }),
      place: { view: 'apps', opened: appId, parameters: { section: 'readings' } },
      undoText: t('hidden.readingsUndo'),
      undo: () => changeApp(appId, (own) => own('PATCH', { body })),
    },
  ];
}

export function HiddenStateBar() {
  const app = appOf(selectedAppId.value ?? '');
  const state = appState(selectedAppId.value ?? '');
  if (app === undefined || state === undefined) return null;
  const shown = KINDS.flatMap((kind) => kind({ app, state }));
  if (shown.length === 0) return null;
  const title = t('hidden.title', { app: appLabel(app.appId) });
  return (
    <section class="hidden-states" aria-label={title}>
      <span class="hidden-title">{title}</span>
      <ul>
        {shown.map(({ text, place, undoText, undo }) => (
          <li key={text} class="chip">
            <a class="chip-text" href={hashOf(place)} title={text}>
              {text}
            </a>
            <Button text={undoText} aria-label={`${undoText}: ${text}`} onClick={undo} />
          </li>
        ))}
      </ul>
    </section>
  );
}
