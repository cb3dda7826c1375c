/** Decides a recorded request again, as if its app had other interpretations. Pure. */
import type { Readings } from '../../../src/protocol/readings.js';
import type { Carrier } from '../../carrier/carrier.js';
import { type App, compileApp } from '../../carrier/engine/app-settings.js';
import { type Draft, parseDraft } from '../../carrier/engine/request.js';
import type { State } from '../../carrier/engine/state.js';
import { magicStep } from '../../carrier/outcomes/forced-outcome.js';
import { type Result, resultOf } from '../../carrier/result.js';
import { exchangeOf } from '../../carrier/store/journal-exchange.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';

/** What decides in addition to the record. */
export type Deciding = Pick<Carrier, 'engine' | 'settings'>;

// Two decisions of one request differ only in what the readings change.
const SAME_EACH_TIME = { hex: (length: number) => '0'.repeat(length) };

/** A recorded request, parsed once. */
export interface Recorded {
  readonly record: JournalRecord;
  readonly draft: Draft;
}

export function recordedOf(record: JournalRecord): Recorded {
  return { record, draft: parseDraft(exchangeOf(record)) };
}

export function decideAgain(
  { engine, settings }: Deciding,
  { record, draft }: Recorded,
  state: State = record.state,
): Result {
  const { id: requestNumber, taskId = SAME_EACH_TIME.hex(32), atMs: nowMs, outcomeBy } = record;
  const magic = outcomeBy === 'token' ? magicStep(record.operation, draft.token) : undefined;
  return resultOf(
    { engine, settings, random: SAME_EACH_TIME },
    { draft, taskId, requestNumber },
    { app: undefined, state, nowMs },
    record.outcome ?? magic,
  );
}

export type ReadingsChange = (readings: Readings) => Readings;

/** The state as if its app, or the carrier, had other interpretations. */
export function withReadings(state: State, change: ReadingsChange): State {
  const { app, carrierReadings } = state;
  return {
    ...state,
    app: app && withAppReadings(app, change),
    carrierReadings: change(carrierReadings),
  };
}

function withAppReadings({ settings }: App, change: ReadingsChange): App {
  return compileApp({ ...settings, readings: change(settings.readings) });
}
