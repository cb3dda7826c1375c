/** State of an app that changes its results and that no request shows. Every page about the app shows it, each with its undo. */
import { answerOf, control } from '../api/control-client.js';
import type { App, Operation, ReadingRow } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { signedDuration, type UnitNames } from '../parts/times.js';
import { type AppState, changeAppState } from './app-state.js';
import type { PlaceInput } from './hash.js';
import { nowMs } from './now.js';
import { apps, OPERATIONS, readings, usualOption } from './server-data.js';

export interface HiddenState {
  readonly id: string;
  readonly text: string;
  /** The page on which it is set. */
  readonly place: PlaceInput;
  readonly undoText: string;
  readonly undo: () => Promise<void>;
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

export function hiddenStates(loaded: LoadedApp): readonly HiddenState[] {
  return KINDS.flatMap((kind) => kind(loaded));
}

// A clock that was set to real time differs by the duration of the call.
const MOVED_MS_MIN = 2000;

function movedClock({ app: { appId }, state: { clock } }: LoadedApp): readonly HiddenState[] {
  if (!clock.frozen && Math.abs(clock.offsetMs) < MOVED_MS_MIN) return [];
  return [
    {
      id: 'clock',
      text: clock.frozen
        ? t('hidden.clockStopped')
        : t('hidden.clockMoved', { by: signedDuration(clock.offsetMs, unitNames()) }),
      place: { view: 'apps', opened: appId, parameters: { section: 'clock' } },
      undoText: t('hidden.clockUndo'),
      undo: () => changeAppState(appId, setToRealTime(appId)),
    },
  ];
}

function unitNames(): UnitNames {
  return { d: t('unit.d'), h: t('unit.h'), min: t('unit.min'), s: t('unit.s') };
}

export function setToRealTime(appId: string): Promise<unknown> {
  const params = { path: { appId } };
  return answerOf(control.PUT('/_mock/apps/{appId}/clock', { params, body: { atMs: nowMs(), frozen: false } }));
}

function waitingScripts({ app: { appId }, state: { scripts } }: LoadedApp): readonly HiddenState[] {
  return OPERATIONS.filter((operation) => scripts[operation].remaining !== '').map((operation) => ({
    id: `script ${operation}`,
    text: t('hidden.script', { operation: t(`operation.${operation}`), steps: scripts[operation].remaining }),
    place: { view: 'outcomes', parameters: { app: appId } },
    undoText: t('hidden.scriptUndo'),
    undo: () => changeAppState(appId, removeScript(appId, operation)),
  }));
}

export function removeScript(appId: string, operation: Operation): Promise<unknown> {
  const params = { path: { appId, operation } };
  return answerOf(control.DELETE('/_mock/apps/{appId}/outcomes/{operation}', { params }));
}

function scriptedNumbers({ app: { appId }, state: { numbers } }: LoadedApp): readonly HiddenState[] {
  const waiting = numbers.filter(({ outcomes }) => Object.values(outcomes).some(({ remaining }) => remaining !== ''));
  const [first] = waiting;
  if (first === undefined) return [];
  return [
    {
      id: 'numbers',
      text:
        waiting.length === 1
          ? t('hidden.number', { number: first.phoneNumber })
          : t('hidden.numbers', { count: waiting.length }),
      place: { view: 'outcomes', parameters: { app: appId } },
      undoText: t('hidden.scriptUndo'),
      undo: () =>
        changeAppState(appId, Promise.all(waiting.map(({ phoneNumber }) => removeNumberScripts(appId, phoneNumber)))),
    },
  ];
}

export function removeNumberScripts(appId: string, number: string): Promise<unknown> {
  const params = { path: { appId, number } };
  return answerOf(control.DELETE('/_mock/apps/{appId}/subscribers/{number}', { params }));
}

function changedReadings({ app }: LoadedApp): readonly HiddenState[] {
  const changed = (readings.value ?? []).filter((row) => app.readings[row.id] !== usualOption(row));
  const texts = { text: t('hidden.readings', { count: changed.length }), undoText: t('hidden.readingsUndo') };
  return readingsState(app, { ...texts, id: 'readings', rows: changed, undoOption: usualOption });
}

/** The calibrated readings that differ from the mock's defaults. */
function calibratedReadings({ app }: LoadedApp): readonly HiddenState[] {
  const rows = (readings.value ?? []).filter(
    (row) => row.observed?.option === app.readings[row.id] && row.observed?.option !== row.default,
  );
  const texts = { text: t('hidden.calibrated', { count: rows.length }), undoText: t('hidden.calibratedUndo') };
  return readingsState(app, { ...texts, id: 'calibration', rows, undoOption: (row) => row.default });
}

interface ReadingsStateInputs extends Pick<HiddenState, 'id' | 'text' | 'undoText'> {
  readonly rows: readonly ReadingRow[];
  /** The option that the undo sets. */
  readonly undoOption: (row: ReadingRow) => string;
}

function readingsState({ appId }: App, { rows, undoOption, ...shown }: ReadingsStateInputs): readonly HiddenState[] {
  if (rows.length === 0) return [];
  const place: PlaceInput = { view: 'apps', opened: appId, parameters: { section: 'readings' } };
  const undo = async () => {
    const params = { path: { appId } };
    const body = { readings: Object.fromEntries(rows.map((row) => [row.id, undoOption(row)])) };
    await answerOf(control.PATCH('/_mock/apps/{appId}', { params, body }));
    await apps.reload();
  };
  return [{ ...shown, place, undo }];
}
