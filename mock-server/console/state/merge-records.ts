/** Records of the journal, newest first, put together from pages and events. */

interface Identified {
  readonly id: string;
}

/** `incoming` is newest first, too. What is there already is taken once; beyond the bound the oldest go. */
export function mergeRecords<R extends Identified>(
  known: readonly R[],
  incoming: readonly R[],
  max: number,
): readonly R[] {
  const ids = new Set(known.map(({ id }) => id));
  const added = incoming.filter(({ id }) => !ids.has(id));
  return added.length === 0 ? known : [...added, ...known].slice(0, max);
}
