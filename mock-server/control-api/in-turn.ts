/** Calls that read a journal in a shared store run one at a time: each holds copies of a page of records. */
import type { Carrier } from '../carrier/carrier.js';

const last = new WeakMap<Carrier, Promise<unknown>>();

/** A memory store copies nothing, so its calls do not wait. */
export function inTurn<T>(carrier: Carrier, run: () => Promise<T>): Promise<T> {
  if (!carrier.store.shared) return run();
  const result = (last.get(carrier) ?? Promise.resolve()).then(run, run);
  last.set(carrier, result);
  return result;
}
