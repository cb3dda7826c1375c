/** /_mock/apps/:appId/tokens: issues tokens as for the SDK on a phone, and shows their state. */

import { appNowMs } from '../carrier/apps/app-clock.js';
import { type MintInput, mint } from '../carrier/apps/mint.js';
import { isTokenLive, type TokenRecord } from '../carrier/engine/state.js';
import { ONLY } from '../carrier/store/state-store.js';
import { Problem } from './problem.js';
import { type AppCall, json, routes } from './route.js';

export const TOKENS_ROUTES = routes('Tokens', [
  {
    call: 'POST /_mock/apps/:appId/tokens',
    who: 'path',
    id: 'mintTokens',
    summary: 'Issues one token, or a list if count is given',
    input: 'mint',
    output: json('Minted', 201),
    problems: [409],
    handle: mintTokens,
  },
  {
    call: 'GET /_mock/apps/:appId/tokens/:token',
    who: 'path',
    id: 'getToken',
    summary: 'A token and its status',
    output: json('Token'),
    handle: async ({ carrier: { store, clock }, params: { appId, token } }) => {
      const entry = await store.get(appId, 'token', token);
      if (entry === undefined)
        throw new Problem(404, {
          en: `app ${JSON.stringify(appId)} has no token ${JSON.stringify(token)}`,
          zh: `应用 ${JSON.stringify(appId)} 没有 token ${JSON.stringify(token)}`,
        });
      const nowMs = appNowMs((await store.get(appId, 'clock', ONLY))?.value, clock.nowMs());
      const { value: record } = entry;
      return { ...tokenView(token, record), status: tokenStatus(record, nowMs), usedBy: record.usedBy ?? null };
    },
  },
]);

async function mintTokens({ carrier, app, input }: AppCall<MintInput>) {
  const minted = await mint(carrier, app, input);
  if (minted === 'exists') {
    const token = JSON.stringify(input.token);
    const detail = {
      en: `token ${token} already exists: omit "token" to generate one`,
      zh: `token ${token} 已经存在：去掉 "token" 会生成新的`,
    };
    throw new Problem(409, detail, '/token');
  }
  const tokens = minted.map(({ token, record }) => tokenView(token, record));
  return input.count === undefined ? tokens[0] : { tokens };
}

function tokenView(token: string, { phoneNumber, capability, operator, issuedAtMs, expiresAtMs }: TokenRecord) {
  return { token, phoneNumber, capability, operator, issuedAtMs, expiresAtMs };
}

function tokenStatus(record: TokenRecord, nowMs: number): 'live' | 'used' | 'expired' {
  if (record.usedBy !== undefined) return 'used';
  return isTokenLive(record, nowMs) ? 'live' : 'expired';
}
