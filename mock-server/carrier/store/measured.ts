/** Wraps a shared store and measures the duration and outcome of each call, except snapshots and watching. */
import type { StoreOutcome, StoreTallies } from '../tallies.js';
import type { StateStore } from './state-store.js';

export function measured(
  store: StateStore,
  { tallies, elapsedMs }: { readonly tallies: StoreTallies; readonly elapsedMs: () => number },
): StateStore {
  function timed<Args extends readonly unknown[], T>(name: string, call: (...args: Args) => T) {
    return async (...args: Args): Promise<Awaited<T>> => {
      const startedMs = elapsedMs();
      const end = (outcome: StoreOutcome) => tallies.add(name, outcome, elapsedMs() - startedMs);
      try {
        const answer = await call(...args);
        end(outcomeOf(answer));
        return answer;
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
    get: timed('get', store.get),
    list: timed('list', store.list),
    size: timed('size', store.size),
    log: timed('log', store.log),
    commit: timed('commit', store.commit),
    take: timed('take', store.take),
    endDelivery: timed('endDelivery', store.endDelivery),
    drop: timed('drop', store.drop),
  };
}

/** Only a commit returns an outcome. */
function outcomeOf(answer: unknown): StoreOutcome {
  return answer === 'committed' || answer === 'stale' ? answer : 'done';
}
