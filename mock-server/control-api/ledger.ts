/** /_mock/apps/:appId/ledger: 话单, the charged calls and the remaining calls. */

import { appNowMs } from '../carrier/apps/app-clock.js';
import type { Carrier } from '../carrier/carrier.js';
import { callLimit } from '../carrier/engine/quota.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import { limitQuery } from './query.js';
import { json, routes } from './route.js';

export const LEDGER_ROUTES = routes('Ledger', [
  {
    call: 'GET /_mock/apps/:appId/ledger',
    who: 'path',
    id: 'getLedger',
    summary: 'The charged calls, newest first',
    query: ['limit'],
    output: json('Ledger'),
    handle: async ({ carrier, app, params: { appId }, query }) => {
      const { records, appended } = await carrier.store.log(appId, 'ledger', limitQuery(query));
      return { charged: appended, remaining: await remaining(carrier, app), records };
    },
  },
]);

/** The remaining calls of today's quota or of the package; null without a limit. */
async function remaining({ store, clock }: Carrier, { settings, packageNumber }: AppRecord): Promise<number | null> {
  const view = await store.readPartition(settings.appId, { token: undefined, msgId: undefined });
  const nowMs = appNowMs(view.clock?.value, clock.nowMs());
  const limited = callLimit('tokenValidate', { settings, packageNumber, nowMs });
  if (limited === undefined || limited.limit === null) return null;
  return Math.max(0, limited.limit - (view.counters.get(limited.counter) ?? 0));
}
