/** One limit for all journals together. Each journal has its own limit, but ten thousand full ones would not fit in memory. */

// Leaves some room, because each check counts the records of every journal.
const TARGET_SHARE = 15 / 16;

/**
 * The number of records that each journal may keep, so that all together stay below the limit: the largest journals lose
 * their oldest records. So a client in an endless loop loses its own requests, not those of other apps. Infinite if all
 * fit. Each journal keeps at least its newest record.
 */
export function journalShare(counts: readonly number[], totalMax: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= totalMax) return Number.POSITIVE_INFINITY;
  let left = Math.floor(totalMax * TARGET_SHARE);
  const ascending = counts.toSorted((a, b) => a - b);
  for (const [at, count] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - at));
    if (count > share) return Math.max(share, 1);
    left -= count;
  }
  return Number.POSITIVE_INFINITY;
}
