/** The tokens and journal evictions of all apps, counted when metrics are requested. */

import { appNowMs } from '../../carrier/apps/app-clock.js';
import { listAppIds } from '../../carrier/apps/apps.js';
import type { Carrier } from '../../carrier/carrier.js';
import { type Census, ONLY, type TokenCount } from '../../carrier/store/state-store.js';

export interface StoreCounts {
  readonly tokens: TokenCount;
  readonly journalEvictions: number;
}

/** undefined if the store cannot count, or fails: then the metric is missing, which differs from 0. */
export async function census(carrier: Carrier): Promise<StoreCounts | undefined> {
  const { census: counts } = carrier.store;
  if (counts === undefined) return undefined;
  try {
    return { tokens: await countTokens(carrier, counts), journalEvictions: await counts.journalEvictions() };
  } catch {
    return undefined;
  }
}

async function countTokens(carrier: Carrier, counts: Census): Promise<TokenCount> {
  const { store, clock } = carrier;
  let kept = 0;
  let live: number | undefined = 0;
  for (const appId of await listAppIds(carrier)) {
    const own = await store.get(appId, 'clock', ONLY);
    const counted = await counts.tokens(appId, appNowMs(own?.value, clock.nowMs()));
    kept += counted.kept;
    live = live === undefined || counted.live === undefined ? undefined : live + counted.live;
  }
  return { kept, live };
}
