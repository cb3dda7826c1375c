/** /_mock/apps/:appId/access-tokens: the SMS credential of a 001 response. The document, 2.3 accessToken: five minutes, once. */

import { appNowMs } from '../carrier/apps/app-clock.js';
import { commitToApp } from '../carrier/apps/apps.js';
import { type AccessTokenRecord, type Entry, ONLY } from '../carrier/store/state-store.js';
import { Problem } from './problem.js';
import { type AppCall, json, routes } from './route.js';

export const ACCESS_TOKENS_ROUTES = routes('SMS credential', [
  {
    call: 'GET /_mock/apps/:appId/access-tokens/:accessToken',
    who: 'path',
    id: 'getAccessToken',
    summary: 'An accessToken and its status',
    output: json('AccessToken'),
    handle: async (call) => {
      const { entry, nowMs } = await find(call);
      return accessTokenView(call.params.accessToken, entry.value, nowMs);
    },
  },
  {
    call: 'POST /_mock/apps/:appId/access-tokens/:accessToken/redeem',
    who: 'path',
    id: 'redeemAccessToken',
    summary: 'Redeems an accessToken: once, within five minutes',
    input: 'nothing',
    output: json('AccessToken'),
    problems: [409],
    handle: redeem,
  },
]);

async function redeem(call: AppCall) {
  const { appId, accessToken } = call.params;
  const { entry, nowMs } = await find(call);
  const before = accessTokenStatus(entry.value, nowMs);
  if (before !== 'live') throw cannotRedeem(accessToken, before);
  const value = { ...entry.value, redeemed: true };
  const outcome = await commitToApp(call.carrier.store, appId, [
    { kind: 'put', collection: 'accessToken', id: accessToken, expectedRevision: entry.revision, value },
  ]);
  if (outcome === 'stale') throw cannotRedeem(accessToken, 'redeemed');
  return accessTokenView(accessToken, value, nowMs);
}

interface FoundAccessToken {
  readonly entry: Entry<AccessTokenRecord>;
  readonly nowMs: number;
}

async function find({ carrier: { store, clock }, params: { appId, accessToken } }: AppCall): Promise<FoundAccessToken> {
  const entry = await store.get(appId, 'accessToken', accessToken);
  if (entry === undefined) {
    throw new Problem(404, {
      en: `app ${JSON.stringify(appId)} has no accessToken ${JSON.stringify(accessToken)}`,
      zh: `应用 ${JSON.stringify(appId)} 没有 accessToken ${JSON.stringify(accessToken)}`,
    });
  }
  return { entry, nowMs: appNowMs((await store.get(appId, 'clock', ONLY))?.value, clock.nowMs()) };
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

function cannotRedeem(accessToken: string, status: 'redeemed' | 'expired'): Problem {
  const quoted = JSON.stringify(accessToken);
  return new Problem(409, {
    en: `accessToken ${quoted} is ${status}: it works once, for five minutes`,
    zh: `accessToken ${quoted} ${status === 'redeemed' ? '已使用' : '已过期'}：五分钟内有效，只能用一次`,
  });
}
