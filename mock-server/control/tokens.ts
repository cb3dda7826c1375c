/** /_mock/apps/:appId/tokens: minted as the phone SDK would get them, and what became of one. */
import { Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import { isTokenLive, type TokenRecord } from '../engine/state.js';
import { ONLY } from '../state-store.js';
import * as validators from '../validators.js';
import { appNowMs } from '../worlds/app-clock.js';
import { type MintInput, mint } from '../worlds/mint.js';
import { appAt } from './app-view.js';
import { checked, Problem } from './problem.js';

export function tokensRoutes(carrier: Carrier): Router {
  const routes = Router();

  routes.post('/apps/:appId/tokens', async (req, res) => {
    const app = await appAt(carrier, req.params.appId);
    const input = checked<MintInput>(validators.mint, req.body);
    const minted = await mint(carrier, app, input);
    if (minted === 'exists') {
      throw new Problem(
        409,
        `token ${JSON.stringify(input.token)} is there already: leave out "token" for a fresh one`,
        '/token',
      );
    }
    const tokens = minted.map(({ token, record }) => tokenView(token, record));
    res.status(201).json(input.count === undefined ? tokens[0] : { tokens });
  });

  routes.get('/apps/:appId/tokens/:token', async (req, res) => {
    const { appId, token } = req.params;
    await appAt(carrier, appId);
    const entry = await carrier.store.get(appId, 'token', token);
    if (entry === undefined)
      throw new Problem(404, `app ${JSON.stringify(appId)} has no token ${JSON.stringify(token)}`);
    const clock = await carrier.store.get(appId, 'clock', ONLY);
    const nowMs = appNowMs(clock?.value, carrier.clock.nowMs());
    const { usedBy } = entry.value;
    res.json({ ...tokenView(token, entry.value), status: tokenStatus(entry.value, nowMs), usedBy: usedBy ?? null });
  });

  return routes;
}

function tokenView(token: string, { phoneNumber, capability, operator, issuedAtMs, expiresAtMs }: TokenRecord) {
  return { token, phoneNumber, capability, operator, issuedAtMs, expiresAtMs };
}

function tokenStatus(record: TokenRecord, nowMs: number): 'live' | 'used' | 'expired' {
  if (record.usedBy !== undefined) return 'used';
  return isTokenLive(record, nowMs) ? 'live' : 'expired';
}
