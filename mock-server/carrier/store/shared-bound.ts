/** One limit for all journals together. Each journal has its own limit, but ten thousand full ones would not fit in memory. */

export interface WeighedLog {
  readonly bytes: number;
  /** Drops its older half, but never its newest record. */
  halve(): void;
}

/** Leaves some room, because making room reads the size of every journal. */
export const TARGET_SHARE = 0.9;

/**
 * The returned function is called with the bytes of each new record. Above the limit, the largest log drops its older
 * half, repeatedly, until nine tenths of the limit are left. So a client in an endless loop loses its own requests, not
 * those of other apps.
 */
export function sharedBound(bytesMax: number, logs: () => Iterable<WeighedLog>): (bytes: number) => void {
  // An upper bound of the sum: records dropped elsewhere are not subtracted. Recalculated when it exceeds the limit.
  let atMost = 0;
  return (bytes) => {
    atMost += bytes;
    if (atMost <= bytesMax) return;
    const all = [...logs()];
    atMost = bytesOf(all);
    if (atMost > bytesMax) atMost = halveHeaviest(all, bytesMax * TARGET_SHARE);
  };
}

/** Returns the remaining sum. It exceeds the target only if the largest log has just one record left. */
export function halveHeaviest(logs: readonly WeighedLog[], target: number): number {
  let bytes = bytesOf(logs);
  while (bytes > target) {
    const heaviest = logs.reduce((one, other) => (other.bytes > one.bytes ? other : one));
    const before = heaviest.bytes;
    heaviest.halve();
    if (heaviest.bytes === before) break;
    bytes -= before - heaviest.bytes;
  }
  return bytes;
}

export function bytesOf(logs: readonly WeighedLog[]): number {
  return logs.reduce((bytes, log) => bytes + log.bytes, 0);
}
