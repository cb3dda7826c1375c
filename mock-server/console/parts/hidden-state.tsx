/** State of an app that changes its results and that no request shows. Every page about the app shows it in its header, each with its undo. */
import type { App, ReadingRow } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { type AppState, appState, changeAppState, selectedAppId, setToRealTime } from '../state/app-state.js';
import { hashOf, type PlaceInput } from '../state/hash.js';
import { mockApp } from '../state/mock.js';
import { OPERATIONS } from '../state/operations.js';
import { appLabel, appOf, apps, readings, usualOption } from '../state/server-data.js';
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
  waitingScripts,
  scriptedNumbers,
  calibratedReadings,
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

function waitingScripts({ app: { appId }, state: { scripts } }: LoadedApp): readonly HiddenState[] {
  return OPERATIONS.filter((operation) => scripts[operation].remaining !== '').map((operation) => ({
    text: t('hidden.script', { operation: t(`operation.${operation}`), steps: scripts[operation].remaining }),
    place: { view: 'outcomes', parameters: { app: appId } },
    undoText: t('hidden.scriptUndo'),
    undo: () => changeAppState(appId, (app) => app.clearScript(operation)),
  }));
}

function scriptedNumbers({ app: { appId }, state: { numbers } }: LoadedApp): readonly HiddenState[] {
  const waiting = numbers.filter(({ outcomes }) => Object.values(outcomes).some(({ remaining }) => remaining !== ''));
  const [first, ...others] = waiting.map(({ phoneNumber }) => phoneNumber);
  if (first === undefined) return [];
  return [
    {
      text:
        others.length === 0 ? t('hidden.number', { number: first }) : t('hidden.numbers', { count: 1 + others.length }),
      place: { view: 'outcomes', parameters: { app: appId } },
      undoText: t('hidden.scriptUndo'),
      undo: () => changeAppState(appId, (app) => Promise.all([first, ...others].map(app.clearNumber))),
    },
  ];
}

function changedReadings({ app }: LoadedApp): readonly HiddenState[] {
  const rows = (readings.value ?? []).filter((row) => app.readings[row.id] !== usualOption(row));
  const texts = { text: t('hidden.readings', { count: rows.length }), undoText: t('hidden.readingsUndo') };
  return readingsState(app, { ...texts, rows, undoOption: usualOption });
}

/** The calibrated readings that differ from the mock's defaults. */
function calibratedReadings({ app }: LoadedApp): readonly HiddenState[] {
  const rows = (readings.value ?? []).filter(
    (row) => row.observed?.option === app.readings[row.id] && row.observed?.option !== row.default,
  );
  const texts = { text: t('hidden.calibrated', { count: rows.length }), undoText: t('hidden.calibratedUndo') };
  return readingsState(app, { ...texts, rows, undoOption: (row) => row.default });
}

interface ReadingsStateInputs extends Pick<HiddenState, 'text' | 'undoText'> {
  readonly rows: readonly ReadingRow[];
  /** The option that the undo sets. */
  readonly undoOption: (row: ReadingRow) => string;
}

function readingsState({ appId }: App, { rows, undoOption, ...shown }: ReadingsStateInputs): readonly HiddenState[] {
  if (rows.length === 0) return [];
  const undo = async () => {
    await mockApp(appId).update({ readings: Object.fromEntries(rows.map((row) => [row.id, undoOption(row)])) });
    await apps.reload();
  };
  return [{ ...shown, place: { view: 'apps', opened: appId, parameters: { section: 'readings' } }, undo }];
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
