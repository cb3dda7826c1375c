/** State of an app that changes its results and that no request shows. Every page about the app shows it in its header, each with its undo. */
import type { App, ReadingRow } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import {
  type AppState,
  appState,
  changeAppState,
  selectedAppId,
  setToRealTime,
} from '../state/app-state.js';
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
  setReadings,
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

function waitingScripts({
  app: { appId },
  state: { outcomes },
}: LoadedApp): readonly HiddenState[] {
  return OPERATIONS.filter((operation) => outcomes[operation].remaining !== '').map(
    (operation) => ({
      text: t('hidden.script', {
        operation: t(`operation.${operation}`),
        steps: outcomes[operation].remaining,
      }),
      place: { view: 'outcomes', parameters: { app: appId } },
      undoText: t('hidden.scriptUndo'),
      undo: () => changeAppState(appId, (app) => app.clearScript(operation)),
    }),
  );
}

function scriptedNumbers({
  app: { appId },
  state: { subscribers },
}: LoadedApp): readonly HiddenState[] {
  const waiting = subscribers.filter(({ outcomes }) =>
    Object.values(outcomes).some(({ remaining }) => remaining !== ''),
  );
  const [first, ...others] = waiting.map(({ phoneNumber }) => phoneNumber);
  if (first === undefined) return [];
  return [
    {
      text:
        others.length === 0
          ? t('hidden.number', { number: first })
          : t('hidden.numbers', { count: 1 + others.length }),
      place: { view: 'outcomes', parameters: { app: appId } },
      undoText: t('hidden.scriptUndo'),
      undo: () =>
        changeAppState(appId, (app) => Promise.all([first, ...others].map(app.clearNumber))),
    },
  ];
}

interface ReadingsKind {
  readonly name: 'calibrated' | 'readings';
  readonly includes: (row: ReadingRow, option: string) => boolean;
  /** The option that the undo sets. */
  readonly undoOption: (row: ReadingRow) => string;
}

const READINGS_KINDS: readonly ReadingsKind[] = [
  {
    name: 'calibrated',
    includes: ({ observed, default: own }, option) => observed?.option === option && option !== own,
    undoOption: (row) => row.default,
  },
  {
    name: 'readings',
    includes: (row, option) => option !== usualOption(row),
    undoOption: usualOption,
  },
];

function setReadings({ app }: LoadedApp): readonly HiddenState[] {
  const { appId } = app;
  return READINGS_KINDS.flatMap(({ name, includes, undoOption }) => {
    const rows = (readings.value ?? []).filter((row) => includes(row, app.readings[row.id]));
    const place: PlaceInput = { view: 'apps', opened: appId, parameters: { section: 'readings' } };
    const undo = async () => {
      await mockApp(appId).update({
        readings: Object.fromEntries(rows.map((row) => [row.id, undoOption(row)])),
      });
      await apps.reload();
    };
    const [text, undoText] = [t(`hidden.${name}`, { count: rows.length }), t(`hidden.${name}Undo`)];
    return rows.length === 0 ? [] : [{ text, undoText, place, undo }];
  });
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
