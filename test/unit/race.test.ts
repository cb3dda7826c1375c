/**
 * Simultaneous requests with one script: each uses one step, no step is used twice or skipped. Requests that all load
 * before any of them commits, as can happen with a store on another machine. An app is removed between the load of its
 * state and the commit: nothing is left for the next app of that id.
 */
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../mock-server/carrier/answer.js';
import { removeApp } from '../../mock-server/carrier/apps/apps.js';
import { mint } from '../../mock-server/carrier/apps/mint.js';
import { setScript, viewScript } from '../../mock-server/carrier/apps/scripts.js';
import { restoreSnapshot, saveSnapshot } from '../../mock-server/carrier/apps/snapshots.js';
import type { Carrier } from '../../mock-server/carrier/carrier.js';
import type { AppInput } from '../../mock-server/carrier/engine/app-settings.js';
import { parseScript } from '../../mock-server/carrier/outcomes/script.js';
import { createMemoryStore } from '../../mock-server/carrier/store/memory.js';
import {
  type AppRecord,
  SERVER_PARTITION,
  type StateStore,
} from '../../mock-server/carrier/store/state-store.js';
import { addApp, credentialsOf, newCarrier, slowStore } from '../support/carrier.js';
import { directApi } from '../support/direct-api.js';
import { type Endpoint, LOGIN, VERIFY } from '../support/endpoints.js';
import { exchangeOf, NOW_MS } from '../support/engine.js';
import { tally } from '../support/race.js';
import { loginRequest } from '../support/requests.js';

const AT_ONCE = 50;

/** A carrier whose store completes all reads before the first write. */
async function setUp(input: AppInput = {}) {
  const { carrier } = newCarrier({ nowMs: NOW_MS, store: slowStore(createMemoryStore()) });
  return { carrier, app: await addApp(carrier, input) };
}

async function tokens(carrier: Carrier, app: AppRecord, count: number, { operation } = LOGIN) {
  const minted = await mint(carrier, app, { count, capability: operation });
  return minted === 'exists' ? [] : minted.map(({ token }) => token);
}

async function exchangeAll(
  carrier: Carrier,
  app: AppRecord,
  presented: readonly string[],
  endpoint: Endpoint = LOGIN,
) {
  const handle = createAnswer(carrier);
  const credentials = credentialsOf(app, carrier);
  const replies = await Promise.all(
    presented.map((token) =>
      handle(exchangeOf(endpoint.operation, endpoint.request(credentials, token))),
    ),
  );
  return tally(replies.map((reply) => reply?.resultCode ?? 'undecided'));
}

/** A script for an app of such a carrier. */
async function slowScene(script: string) {
  const { carrier, app } = await setUp();
  const { appId } = app.settings;
  const steps = parseScript('loginTokenValidate', script);
  if ('problem' in steps) throw new Error(steps.problem.en);
  const place = { appId, operation: 'loginTokenValidate' } as const;
  const writeScript = () => setScript(carrier, place, { text: script, steps });
  await writeScript();
  return {
    carrier,
    appId,
    tokens: await tokens(carrier, app, AT_ONCE),
    writeScript,
    callAll: (presented: readonly string[]) => exchangeAll(carrier, app, presented),
    remaining: async () => (await viewScript(carrier, place)).remaining,
    outcomes: async () => {
      const { records } = await carrier.store.log(appId, 'journal');
      return tally(records.map(({ outcome }) => outcome?.outcome.kind ?? 'none'));
    },
  };
}

describe('all requests read before the first write', () => {
  test('a rate passes exactly its number of calls, and each of its steps is used once', async () => {
    const { callAll, tokens, remaining } = await slowScene(
      '103511*3, frequency(30/10m) 103911*5, 103133*4',
    );
    expect(await callAll(tokens)).toEqual({ 103511: 3, 103911: 5, 103133: 4, 103000: 38 });
    expect(await remaining()).toBe('');
  });

  test('each step is used once', async () => {
    const { callAll, tokens, remaining } = await slowScene('103511*20, 103133*7, status(503)*3');
    expect(await callAll(tokens)).toEqual({ 103511: 20, 103133: 7, undecided: 3, 103000: 20 });
    expect(await remaining()).toBe('');
  });

  test('unused steps remain', async () => {
    const { callAll, tokens, remaining } = await slowScene('103511*49, 103133*3, 105018*');
    expect(await callAll(tokens)).toEqual({ 103511: 49, 103133: 1 });
    expect(await remaining()).toBe('103133*2, 105018*');
    expect(await callAll(tokens)).toEqual({ 103133: 2, 105018: 48 });
  });

  test('a request that is decided again keeps its step', async () => {
    const { callAll, tokens, remaining, outcomes } = await slowScene(
      'pass*30, 103511*10, lose*10, 103133',
    );
    const [token = ''] = tokens;
    // Of the 40 requests without a forced code, one uses the token and the others are decided again.
    expect(await callAll(Array<string>(AT_ONCE).fill(token))).toEqual({
      103000: 1,
      104201: 39,
      103511: 10,
    });
    expect(await outcomes()).toEqual({ pass: 30, code: 10, lose: 10 });
    expect(await remaining()).toBe('103133');
  });

  test('a script that is replaced meanwhile has all its own steps', async () => {
    const { callAll, tokens, remaining, writeScript } = await slowScene('103511*60');
    const [codes] = await Promise.all([callAll(tokens), writeScript()]);
    expect(codes).toEqual({ 103511: AT_ONCE });
    const used = 60 - Number(/\*(\d+)/.exec(await remaining())?.[1]);
    expect(used).toBeLessThanOrEqual(AT_ONCE);
    expect(await callAll(tokens.slice(used))).toEqual({ 103511: AT_ONCE - used });
    expect(await remaining()).toBe('103511*10');
  });

  test('a snapshot restores the remaining steps, and each is used once again', async () => {
    const { callAll, tokens, remaining, carrier, appId } = await slowScene('103511*50, 103133*50');
    await callAll(tokens.slice(0, 10));
    const id = (await saveSnapshot(carrier, appId)) ?? '';
    for (let round = 0; round < 2; round += 1) {
      expect(await callAll(tokens)).toEqual({ 103511: 40, 103133: 10 });
      await restoreSnapshot(carrier, appId, id);
      expect(await remaining()).toBe('103511*40, 103133*50');
    }
  });
});

async function expectLogs(
  carrier: Carrier,
  app: AppRecord,
  expected: { ledger: number; journal: number },
) {
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
    [LOGIN, VERIFY].map((endpoint) =>
      handle(exchangeOf(endpoint.operation, endpoint.request(credentials, token))),
    ),
  );
  expect(replies.map((reply) => reply?.resultCode)).toEqual(['103000', '606']);
});

const APP_ID = '300000000042';
const APP_PATH = `/_mock/apps/${APP_ID}`;

/** An app that is removed during the next call of its store. */
async function removedDuring(
  methods: (memory: StateStore, remove: () => Promise<void>) => Partial<StateStore>,
) {
  const memory = createMemoryStore();
  let remove = async () => {};
  const store = { ...memory, ...methods(memory, () => remove()) };
  const { carrier } = newCarrier({ nowMs: NOW_MS, store });
  const app = await addApp(carrier, { appId: APP_ID });
  remove = async () => {
    remove = async () => {};
    await removeApp(carrier, APP_ID);
  };
  return { carrier, store, credentials: credentialsOf(app, carrier) };
}

test('a request that was loaded before its app was removed is not in the journal of the next app of that id', async () => {
  const { carrier, store, credentials } = await removedDuring((memory, remove) => ({
    readPartition: async (partition, at) => {
      const view = await memory.readPartition(partition, at);
      await remove();
      return view;
    },
  }));
  const reply = await createAnswer(carrier)(
    exchangeOf('loginTokenValidate', loginRequest(credentials, 'x')),
  );
  expect(reply.resultCode).toBe('103119');
  await addApp(carrier, { appId: APP_ID });
  expect((await store.log(APP_ID, 'journal')).records).toEqual([]);
  const [record] = (await store.log(SERVER_PARTITION, 'journal')).records;
  expect([record?.id, record?.appId]).toEqual([reply.requestId, APP_ID]);
});

test.each([
  { method: 'post', path: '/tokens', body: {} },
  { method: 'put', path: '/clock', body: { frozen: true } },
  { method: 'put', path: '/outcomes/tokenValidate', body: { script: '999' } },
  { method: 'delete', path: '/outcomes/tokenValidate', body: {} },
  { method: 'post', path: '/snapshots', body: {} },
] as const)('$method $path is a 404', async ({ method, path, body }) => {
  const { carrier, store } = await removedDuring((memory, remove) => ({
    commit: async (partition, writes) => {
      if (partition === APP_ID) await remove();
      return memory.commit(partition, writes);
    },
  }));
  const api = directApi(carrier);
  await api[method](`${APP_PATH}${path}`).send(body).expect(404);
  await addApp(carrier, { appId: APP_ID });
  expect(await store.size(APP_ID, 'token')).toBe(0);
  await api.get(`${APP_PATH}/snapshots`).expect(200, { snapshots: [] });
  expect((await api.get(`${APP_PATH}/clock`)).body.frozen).toBe(false);
  expect((await api.get(`${APP_PATH}/outcomes/tokenValidate`)).body.script).toBe('');
});
