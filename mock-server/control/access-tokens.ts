/** /_mock/apps/:appId/access-tokens: the SMS credential that comes with 001. The document, 2.3 accessToken: five minutes, once. */
import { Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import { type AccessTokenRecord, type Entry, ONLY } from '../state-store.js';
import * as validators from '../validators.js';
import { appNowMs } from '../worlds/app-clock.js';
import { appAt } from './app-view.js';
import { checked, Problem } from './problem.js';

interface Found {
  readonly entry: Entry<AccessTokenRecord>;
  readonly nowMs: number;
}

export function accessTokensRoutes(carrier: Carrier): Router {
  const routes = Router();
  const path = '/apps/:appId/access-tokens/:accessToken';

  routes.get(path, async (req, res) => {
    const { appId, accessToken } = req.params;
    const { entry, nowMs } = await find(carrier, appId, accessToken);
    res.json(view(accessToken, entry.value, nowMs));
  });

  routes.post(`${path}/redeem`, async (req, res) => {
    const { appId, accessToken } = req.params;
    checked(validators.nothing, req.body);
    const { entry, nowMs } = await find(carrier, appId, accessToken);
    const before = statusOf(entry.value, nowMs);
    if (before !== 'live') throw cannotRedeem(accessToken, before);
    const value = { ...entry.value, redeemed: true };
    const outcome = await carrier.store.commit(appId, [
      { kind: 'put', collection: 'accessToken', id: accessToken, expectedRevision: entry.revision, value },
    ]);
    if (outcome === 'stale') throw cannotRedeem(accessToken, 'redeemed');
    res.json(view(accessToken, value, nowMs));
  });

  return routes;
}

async function find(carrier: Carrier, appId: string, accessToken: string): Promise<Found> {
  await appAt(carrier, appId);
  const entry = await carrier.store.get(appId, 'accessToken', accessToken);
  if (entry === undefined) {
    throw new Problem(404, `app ${JSON.stringify(appId)} has no accessToken ${JSON.stringify(accessToken)}`);
  }
  const clock = await carrier.store.get(appId, 'clock', ONLY);
  return { entry, nowMs: appNowMs(clock?.value, carrier.clock.nowMs()) };
}

/** Half-open, as tokens are: at exactly five minutes it is too old. */
function statusOf(
  { redeemed, issuedAtMs, expiresAtMs }: AccessTokenRecord,
  nowMs: number,
): 'live' | 'redeemed' | 'expired' {
  if (redeemed) return 'redeemed';
  return nowMs >= issuedAtMs && nowMs < expiresAtMs ? 'live' : 'expired';
}

function view(accessToken: string, record: AccessTokenRecord, nowMs: number) {
  const { taskId, issuedAtMs, expiresAtMs } = record;
  return { accessToken, taskId, status: statusOf(record, nowMs), issuedAtMs, expiresAtMs };
}

function cannotRedeem(accessToken: string, status: 'redeemed' | 'expired'): Problem {
  return new Problem(409, `accessToken ${JSON.stringify(accessToken)} is ${status}: it works once, for five minutes`);
}
