/** Loads tokens of other apps, which a token's text identifies. */
import type { TokenRecord } from '../../engine/state.js';
import { BoundedMap } from '../bounded-map.js';
import { type At, type ClockRecord, type ForeignView, type PartitionId, SERVER_PARTITION } from '../state-store.js';
import type { RedisCalls } from './calls.js';
import { fieldOf } from './keys.js';
import { entryOf } from './partition-reply.js';

export interface ForeignTokensInputs {
  readonly calls: RedisCalls;
  readonly prefixOf: (partition: PartitionId) => string;
  /** The short id of an app, if this server has cached it. */
  readonly shortIdOf: (partition: PartitionId) => string | undefined;
  readonly partitionsMax: number;
}

type Reply = readonly [token: string | null, clock: string | null];

/**
 * Called at the same time as the calling app is loaded, not after it. The appId of a short id is cached: it does not change
 * while the app exists, and a deleted app has no tokens.
 */
export function foreignTokens({ calls, prefixOf, shortIdOf, partitionsMax }: ForeignTokensInputs) {
  const partitions = new BoundedMap<PartitionId>(partitionsMax);

  async function partitionNamed(shortId: string): Promise<PartitionId | undefined> {
    const known = partitions.get(shortId);
    if (known !== undefined) return known;
    const named = entryOf<PartitionId>(await calls.hget(`${prefixOf(SERVER_PARTITION)}shortId`, shortId))?.value;
    if (named !== undefined) partitions.set(shortId, named);
    return named;
  }

  return async (partition: PartitionId, { token, tokenShortId }: At): Promise<ForeignView | undefined> => {
    if (token === undefined || tokenShortId === undefined || tokenShortId === shortIdOf(partition)) return undefined;
    const appId = await partitionNamed(tokenShortId);
    if (appId === undefined || appId === partition) return undefined;
    const [text, clock] = (await calls.readToken(prefixOf(appId), [fieldOf(token)])) as Reply;
    const record = entryOf<TokenRecord>(text)?.value;
    return record && { appId, token: record, clock: entryOf<ClockRecord>(clock)?.value };
  };
}
