/** Merges journal records from pages and events, newest first. */

interface Identified {
  readonly id: string;
}

/** `incoming` is newest first too. Drops duplicates, and the oldest records beyond `max`. */
export function mergeRecords<R extends Identified>(
  known: readonly R[],
  incoming: readonly R[],
  max: number,
): readonly R[] {
  const ids = new Set(known.map(({ id }) => id));
  const added = incoming.filter(({ id }) => !ids.has(id));
  return added.length === 0 ? known : [...added, ...known].slice(0, max);
}
