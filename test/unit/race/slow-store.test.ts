/** Requests that all load before any of them commits, as can happen with a store on another machine. */
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import type { AppInput } from '../../../mock-server/carrier/engine/app-settings.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type { AppRecord } from '../../../mock-server/carrier/store/state-store.js';
import { addApp, credentialsOf, newCarrier, slowStore } from '../../support/carrier.js';
import { type Endpoint, LOGIN, VERIFY } from '../../support/endpoints.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { tally } from '../../support/race.js';

const AT_ONCE = 50;

async function setUp(input: AppInput = {}) {
  const { carrier } = newCarrier({ nowMs: NOW_MS, store: slowStore(createMemoryStore()) });
  return { carrier, app: await addApp(carrier, input) };
}

async function tokens(carrier: Carrier, app: AppRecord, count: number, { operation } = LOGIN) {
  const minted = await mint(carrier, app, { count, capability: operation });
  return minted === 'exists' ? [] : minted.map(({ token }) => token);
}

async function exchangeAll(carrier: Carrier, app: AppRecord, presented: readonly string[], endpoint: Endpoint = LOGIN) {
  const handle = createAnswer(carrier);
  const credentials = credentialsOf(app, carrier);
  const replies = await Promise.all(
    presented.map((token) => handle(exchangeOf(endpoint.operation, endpoint.request(credentials, token)))),
  );
  return tally(replies.map((reply) => reply?.resultCode ?? 'none'));
}

async function expectLogs(carrier: Carrier, app: AppRecord, expected: { ledger: number; journal: number }) {
  const ledger = await carrier.store.log(app.settings.appId, 'ledger');
  const journal = await carrier.store.log(app.settings.appId, 'journal');
  expect({ ledger: ledger.appended, journal: journal.appended }).toEqual(expected);
}

test('one of 1000 requests with the same token succeeds', async () => {
  const { carrier, app } = await setUp();
  const [token = ''] = await tokens(carrier, app, 1);
  const codes = await exchangeAll(carrier, app, Array<string>(1000).fill(token));
  expect(codes).toEqual({ 103000: 1, 104201: 999 });
  await expectLogs(carrier, app, { ledger: 1, journal: 1000 });
});

const FORTY: readonly { readonly description: string; readonly input: AppInput }[] = [
  { description: 'a callPackage of 40', input: { contracted: true, callPackage: 40 } },
  { description: 'a dailyQuota of 40', input: { dailyQuota: 40 } },
];

describe.each(FORTY)('of requests at once, $description lets 40 succeed', ({ input }) => {
  test.each([
    { endpoint: LOGIN, codes: { 103000: 40, 105312: 10 } },
    { endpoint: VERIFY, codes: { '000': 40, 103420: 10 } },
  ])('$endpoint.operation', async ({ endpoint, codes }) => {
    const { carrier, app } = await setUp(input);
    const presented = await tokens(carrier, app, AT_ONCE, endpoint);
    expect(await exchangeAll(carrier, app, presented, endpoint)).toEqual(codes);
    await expectLogs(carrier, app, { ledger: 40, journal: AT_ONCE });
  });
});

test('one of 50 requests with the same msgid succeeds if a msgid may not repeat', async () => {
  const { carrier, app } = await setUp({ readings: { 'msgid-replay': 'refused' } });
  const codes = await exchangeAll(carrier, app, await tokens(carrier, app, AT_ONCE));
  expect(codes).toEqual({ 103000: 1, 103414: AT_ONCE - 1 });
  await expectLogs(carrier, app, { ledger: 1, journal: AT_ONCE });
});

test('a token that both operations present at the same time succeeds at its own operation', async () => {
  const { carrier, app } = await setUp();
  const handle = createAnswer(carrier);
  const credentials = credentialsOf(app, carrier);
  const [token = ''] = await tokens(carrier, app, 1);
  const replies = await Promise.all(
    [LOGIN, VERIFY].map((endpoint) => handle(exchangeOf(endpoint.operation, endpoint.request(credentials, token)))),
  );
  expect(replies.map((reply) => reply?.resultCode)).toEqual(['103000', '606']);
});
