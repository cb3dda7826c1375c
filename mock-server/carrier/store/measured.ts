/** Wraps a store and measures the duration and outcome of each call. */
import type { StoreOutcome, StoreTallies } from '../tallies.js';
import type { StateStore } from './state-store.js';

interface Meter {
  readonly tallies: StoreTallies;
  readonly elapsedMs: () => number;
}

/**
 * A synchronous store stays synchronous: each call costs two reads of the clock and an addition. Snapshots and watching
 * are not measured.
 */
export function measured(store: StateStore, meter: Meter): StateStore {
  return {
    ...store,
    // The names are labels of the metrics, so this one keeps its former name.
    readPartition: timed('readWorld', store.readPartition, meter),
    get: timed('get', store.get, meter) as StateStore['get'],
    list: timed('list', store.list, meter) as StateStore['list'],
    size: timed('size', store.size, meter) as StateStore['size'],
    log: timed('log', store.log, meter) as StateStore['log'],
    commit: timed('commit', store.commit, meter),
    take: timed('take', store.take, meter),
    drop: timed('drop', store.drop, meter),
  };
}

function timed<Args extends readonly unknown[], Result>(
  name: string,
  call: (...args: Args) => Result,
  { elapsedMs, tallies }: Meter,
): (...args: Args) => Result {
  const durations = tallies.durationsOf(name);
  const end = (outcome: StoreOutcome, startedMs: number) => durations[outcome].add(elapsedMs() - startedMs);
  const settle = (answer: Promise<unknown>, startedMs: number) =>
    answer.then(
      (value) => end(outcomeOf(value), startedMs),
      () => end('failed', startedMs),
    );
  return (...args) => {
    const startedMs = elapsedMs();
    let answer: Result;
    try {
      answer = call(...args);
    } catch (error) {
      end('failed', startedMs);
      throw error;
    }
    if (answer instanceof Promise) void settle(answer, startedMs);
    else end(outcomeOf(answer), startedMs);
    return answer;
  };
}

/** A commit returns its outcome; every other call that returns is `done`. */
function outcomeOf(answer: unknown): StoreOutcome {
  return answer === 'committed' || answer === 'stale' ? answer : 'done';
}
