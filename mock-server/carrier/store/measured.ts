/** Wraps a shared store and measures the duration and outcome of each call, except snapshots and watching. */
import type { StoreOutcome, StoreTallies } from '../tallies.js';
import type { StateStore } from './state-store.js';

export function measured(
  store: StateStore,
  { tallies, elapsedMs }: { readonly tallies: StoreTallies; readonly elapsedMs: () => number },
): StateStore {
  function timed<Args extends readonly unknown[], T>(
    name: string,
    call: (...args: Args) => T | Promise<T>,
  ) {
    return async (...args: Args): Promise<T> => {
      const startedMs = elapsedMs();
      const end = (outcome: StoreOutcome) => tallies.add(name, outcome, elapsedMs() - startedMs);
      try {
        const answer: unknown = await call(...args);
        // Only a commit returns an outcome.
        end(answer === 'committed' || answer === 'stale' ? answer : 'done');
        return answer as T;
      } catch (error) {
        end('failed');
        throw error;
      }
    };
  }
  return {
    ...store,
    // The names are labels of the metrics, so this one keeps its former name.
    readPartition: timed('readWorld', store.readPartition),
    get: timed('get', store.get) as StateStore['get'],
    list: timed('list', store.list) as StateStore['list'],
    size: timed('size', store.size),
    log: timed('log', store.log) as StateStore['log'],
    commit: timed('commit', store.commit),
    take: timed('take', store.take),
    drop: timed('drop', store.drop),
  };
}
