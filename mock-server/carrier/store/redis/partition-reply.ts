/** What a decision needs from a partition, as the scripts return it, and the token of another app. */
import {
  type AppRecord,
  type At,
  type ClockRecord,
  type Entry,
  type ForeignView,
  type PartitionId,
  type PartitionView,
  SERVER_PARTITION,
  type StoredToken,
} from '../state-store.js';
import type { RedisCalls } from './calls.js';
import { fieldOf } from './keys.js';

export type PartitionReply = readonly [
  app: string | null,
  clock: string | null,
  token: string | null,
  msgIdSeen: number | null,
  counters: readonly string[],
];

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

export interface ForeignTokensInputs {
  readonly calls: RedisCalls;
  readonly prefixOf: (partition: PartitionId) => string;
  /** The short id of an app, if this server has cached it. */
  readonly shortIdOf: (partition: PartitionId) => string | undefined;
}

type Reply = readonly [token: string | null, clock: string | null];

/** Called at the same time as the calling app is loaded, not after it. */
export function foreignTokens({ calls, prefixOf, shortIdOf }: ForeignTokensInputs) {
  return async (
    partition: PartitionId,
    { token, shortIdOf: idIn }: At,
  ): Promise<ForeignView | undefined> => {
    const shortId = token === undefined ? undefined : idIn?.(token);
    if (token === undefined || shortId === undefined || shortId === shortIdOf(partition))
      return undefined;
    const appId = entryOf<PartitionId>(
      await calls.hget(`${prefixOf(SERVER_PARTITION)}shortId`, shortId),
    )?.value;
    if (appId === undefined || appId === partition) return undefined;
    const [text, clock] = (await calls.readToken(prefixOf(appId), [fieldOf(token)])) as Reply;
    const stored = entryOf<StoredToken>(text)?.value;
    return stored && { appId, token: stored, clock: entryOf<ClockRecord>(clock)?.value };
  };
}
