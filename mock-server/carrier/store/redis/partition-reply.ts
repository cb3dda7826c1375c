/** What a decision needs from a partition, as the scripts return it. */
import type {
  AppRecord,
  ClockRecord,
  Entry,
  ForeignView,
  PartitionId,
  PartitionView,
  StoredToken,
} from '../state-store.js';

export type PartitionReply = readonly [
  app: string | null,
  clock: string | null,
  token: string | null,
  msgIdSeen: number | null,
  counters: readonly string[],
];

export type TokenReply = readonly [token: string | null, clock: string | null];

/** The script returns this if the app has the cached revision. */
const SAME = '=';

/** `known` is the cached app from before the call. */
export function toPartitionView(
  [app, clock, token, msgIdSeen, counters]: PartitionReply,
  known: Entry<AppRecord> | undefined,
): Omit<PartitionView, 'foreign'> {
  return {
    app: app === SAME ? known : entryOf<AppRecord>(app),
    clock: entryOf<ClockRecord>(clock),
    token: entryOf<StoredToken>(token),
    msgIdSeen: msgIdSeen === 1,
    counters: pairsOf(counters),
  };
}

export function toForeignView(
  appId: PartitionId,
  [token, clock]: TokenReply,
): ForeignView | undefined {
  const stored = entryOf<StoredToken>(token)?.value;
  return stored && { appId, token: stored, clock: entryOf<ClockRecord>(clock)?.value };
}

function pairsOf(flat: readonly string[]): ReadonlyMap<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.set(flat[at] ?? '', Number(flat[at + 1]));
  return pairs;
}

/** A value and its revision, as the scripts store them: "revision value". */
export function readEntry<T>(text: string): Entry<T> {
  const end = text.indexOf(' ');
  return { revision: Number(text.slice(0, end)), value: JSON.parse(text.slice(end + 1)) };
}

export function entryOf<T>(text: string | null): Entry<T> | undefined {
  return text === null ? undefined : readEntry(text);
}
