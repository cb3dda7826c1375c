/** /_mock/apps/:appId/ledger: 话单, what was charged and what is left. */
import { Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import { callLimit } from '../engine/quota.js';
import type { AppRecord } from '../state-store.js';
import { appNowMs } from '../worlds/app-clock.js';
import { appAt } from './app-view.js';
import { limitQuery } from './query.js';

export function ledgerRoutes(carrier: Carrier): Router {
  const routes = Router();

  routes.get('/apps/:appId/ledger', async (req, res) => {
    const app = await appAt(carrier, req.params.appId);
    const limit = limitQuery(req);
    const { records, appended } = await carrier.store.log(req.params.appId, 'ledger', limit);
    res.json({ charged: appended, remaining: await remaining(carrier, app), records });
  });

  return routes;
}

/** Calls left of today's quota or of the package; null without a limit. */
async function remaining({ store, clock }: Carrier, { settings, packageNumber }: AppRecord): Promise<number | null> {
  const view = await store.readWorld(settings.appId, { token: undefined, msgId: undefined });
  const nowMs = appNowMs(view.clock?.value, clock.nowMs());
  const limited = callLimit('tokenValidate', { settings, packageNumber, nowMs });
  if (limited === undefined || limited.limit === null) return null;
  return Math.max(0, limited.limit - (view.counters.get(limited.counter) ?? 0));
}
