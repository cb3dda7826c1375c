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

/** What the server has since the last known record. */
interface CaughtUp<R> {
  readonly fresh: readonly R[];
  readonly lastKnownId: string | undefined;
  /** Whether the server still has the last known record. If not, it was restarted or cleared, and older records are dropped. */
  readonly isJoined: boolean;
}

/** Inserts the fresh records before the last known one, below those that arrived by an event in the meantime. */
export function joinRecords<R extends Identified>(
  current: readonly R[],
  { fresh, lastKnownId, isJoined }: CaughtUp<R>,
  max: number,
): readonly R[] {
  const at = current.findIndex(({ id }) => id === lastKnownId);
  const live = at === -1 ? current : current.slice(0, at);
  const older = isJoined ? current.slice(live.length) : [];
  return mergeRecords([...fresh, ...older], live, max);
}
