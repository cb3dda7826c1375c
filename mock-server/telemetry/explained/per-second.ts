/** Limits the lines of the log, because an explanation takes time, and no one reads hundreds of lines. */

const SECOND_MS = 1000;

/** Returns whether one more is allowed in the current second, and counts it. */
export function perSecond(max: number, elapsedMs: () => number): () => boolean {
  let startedMs = Number.NEGATIVE_INFINITY;
  let count = 0;
  return () => {
    const nowMs = elapsedMs();
    if (nowMs - startedMs >= SECOND_MS) {
      startedMs = nowMs;
      count = 0;
    }
    count += 1;
    return count <= max;
  };
}
