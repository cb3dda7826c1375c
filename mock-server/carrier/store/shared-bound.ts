/** One bound for the journals of all worlds: each has its own, and ten thousand of them would not fit into memory. */

/** A log as the bound looks at it. */
export interface WeighedLog {
  readonly bytes: number;
  /** Drops its older half, but never its newest record. */
  halve(): void;
}

/** Room for a while: making some looks at every world. */
export const FILLED_AFTER = 0.9;

/**
 * To be told of each record's bytes. Beyond the bound the heaviest log loses its older half, again and again until nine
 * tenths are left: a client gone wild loses its own requests, and not those of the other apps.
 */
export function sharedBound(bytesMax: number, logs: () => Iterable<WeighedLog>): (bytes: number) => void {
  // What is dropped elsewhere is not told: the sum is never more than this, and taken anew where it may be too much.
  let atMost = 0;
  return (bytes) => {
    atMost += bytes;
    if (atMost <= bytesMax) return;
    const all = [...logs()];
    atMost = bytesOf(all);
    if (atMost > bytesMax) atMost = halveHeaviest(all, bytesMax * FILLED_AFTER);
  };
}

/** Returns the sum that is left: more than the target only where the heaviest log is down to its newest record. */
export function halveHeaviest(logs: readonly WeighedLog[], target: number): number {
  let left = bytesOf(logs);
  while (left > target) {
    const heaviest = logs.reduce((one, other) => (other.bytes > one.bytes ? other : one));
    const before = heaviest.bytes;
    heaviest.halve();
    if (heaviest.bytes === before) break;
    left -= before - heaviest.bytes;
  }
  return left;
}

export function bytesOf(logs: readonly WeighedLog[]): number {
  return logs.reduce((bytes, log) => bytes + log.bytes, 0);
}
