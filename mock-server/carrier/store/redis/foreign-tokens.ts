/** Loads tokens of other apps, which a token's text identifies. */
import type { TokenRecord } from '../../engine/state.js';
import { BoundedMap } from '../bounded-map.js';
import { type At, type ClockRecord, type ForeignView, SERVER_WORLD, type WorldId } from '../state-store.js';
import type { RedisCalls } from './calls.js';
import { entryOf } from './entry-text.js';
import { fieldOf } from './keys.js';

export interface ForeignTokensInputs {
  readonly calls: RedisCalls;
  readonly prefixOf: (world: WorldId) => string;
  /** The short id of an app, if this server has cached it. */
  readonly shortIdOf: (world: WorldId) => string | undefined;
  readonly worldsMax: number;
}

type Reply = readonly [token: string | null, clock: string | null];

/**
 * Called at the same time as the calling app is loaded, not after it. The appId of a short id is cached: it does not change
 * while the app exists, and a deleted app has no tokens.
 */
export function foreignTokens({ calls, prefixOf, shortIdOf, worldsMax }: ForeignTokensInputs) {
  const worlds = new BoundedMap<WorldId>(worldsMax);

  async function worldNamed(shortId: string): Promise<WorldId | undefined> {
    const known = worlds.get(shortId);
    if (known !== undefined) return known;
    const named = entryOf<WorldId>(await calls.hget(`${prefixOf(SERVER_WORLD)}shortId`, shortId))?.value;
    if (named !== undefined) worlds.set(shortId, named);
    return named;
  }

  return async (world: WorldId, { token, tokenShortId }: At): Promise<ForeignView | undefined> => {
    if (token === undefined || tokenShortId === undefined || tokenShortId === shortIdOf(world)) return undefined;
    const appId = await worldNamed(tokenShortId);
    if (appId === undefined || appId === world) return undefined;
    const [text, clock] = (await calls.readToken(prefixOf(appId), [fieldOf(token)])) as Reply;
    const record = entryOf<TokenRecord>(text)?.value;
    return record && { appId, token: record, clock: entryOf<ClockRecord>(clock)?.value };
  };
}
