/** /_mock/apps/:appId/tokens and /access-tokens: the tokens of the SDK on a phone, and the SMS credential of a 001 response. */

import { nowOfApp } from '../carrier/apps/app-clock.js';
import { commitToApp } from '../carrier/apps/apps.js';
import { mint } from '../carrier/apps/mint.js';
import { isTokenLive, type TokenRecord } from '../carrier/engine/state.js';
import { tokenOf } from '../carrier/load.js';
import type { AccessTokenRecord } from '../carrier/store/state-store.js';
import { problem } from './problem.js';
import type { Call, Handlers } from './route.js';

export const TOKENS_HANDLERS = {
  mintTokens,
  getToken: async ({ carrier, params: { appId, token } }) => {
    const entry = await carrier.store.get(appId, 'token', token);
    if (entry === undefined) throw problem('token.not-found', { app: appId, token });
    const record = tokenOf(entry.value);
    const status = tokenStatus(record, await nowOfApp(carrier, appId));
    return { ...tokenView(token, record), status, usedBy: record.usedBy ?? null };
  },
  // The document, 2.3 accessToken: five minutes, once.
  getAccessToken: async (call) => {
    const { value, nowMs } = await findAccessToken(call);
    return accessTokenView(call.params.accessToken, value, nowMs);
  },
  redeemAccessToken: redeem,
} satisfies Partial<Handlers>;

async function mintTokens({ carrier, app, body }: Call<'mintTokens'>) {
  const minted = await mint(carrier, app, body);
  if (minted === 'exists') throw problem('token.exists', { token: body.token });
  const tokens = minted.map(({ token, record }) => tokenView(token, record));
  const [token] = tokens;
  return body.count === undefined && token !== undefined ? token : { tokens };
}

function tokenView(token: string, { usedBy: _, ...record }: TokenRecord) {
  return { token, ...record };
}

function tokenStatus(record: TokenRecord, nowMs: number): 'live' | 'used' | 'expired' {
  if (record.usedBy !== undefined) return 'used';
  return isTokenLive(record, nowMs) ? 'live' : 'expired';
}

async function redeem(call: Call<'redeemAccessToken'>) {
  const { appId, accessToken } = call.params;
  const { value: record, revision: expectedRevision, nowMs } = await findAccessToken(call);
  const before = accessTokenStatus(record, nowMs);
  if (before !== 'live') throw problem(`access-token.${before}`, { accessToken });
  const value = { ...record, redeemed: true };
  const put = {
    kind: 'put',
    collection: 'accessToken',
    id: accessToken,
    expectedRevision,
    value,
  } as const;
  if ((await commitToApp(call.carrier.store, appId, [put])) === 'stale')
    throw problem('access-token.redeemed', { accessToken });
  return accessTokenView(accessToken, value, nowMs);
}

async function findAccessToken({
  carrier,
  params: { appId, accessToken },
}: Pick<Call<'getAccessToken'>, 'carrier' | 'params'>) {
  const entry = await carrier.store.get(appId, 'accessToken', accessToken);
  if (entry === undefined) throw problem('access-token.not-found', { app: appId, accessToken });
  return { ...entry, nowMs: await nowOfApp(carrier, appId) };
}

/** Expired at exactly five minutes, like a token. */
function accessTokenStatus(
  { redeemed, issuedAtMs, expiresAtMs }: AccessTokenRecord,
  nowMs: number,
): 'live' | 'redeemed' | 'expired' {
  if (redeemed) return 'redeemed';
  return nowMs >= issuedAtMs && nowMs < expiresAtMs ? 'live' : 'expired';
}

function accessTokenView(accessToken: string, record: AccessTokenRecord, nowMs: number) {
  const { taskId, issuedAtMs, expiresAtMs } = record;
  return { accessToken, taskId, status: accessTokenStatus(record, nowMs), issuedAtMs, expiresAtMs };
}
