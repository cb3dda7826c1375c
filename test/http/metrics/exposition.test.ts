/** /_mock/metrics after a mixed run: read by the test's own parser, and compared with the journal. */
import { createServer } from 'node:http';
import fc from 'fast-check';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type { StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { newCarrier } from '../../support/carrier.js';
import { controlOf } from '../../support/control.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import {
  LOGIN_PATH,
  login,
  mintToken,
  newApp,
  send,
  startMock,
  VERIFY_PATH,
  verify,
} from '../../support/mock.js';
import { readMetrics, sumsBy } from '../../support/prometheus.js';
import { loginRequest, verifyRequest } from '../../support/requests.js';

const REQUESTS = 'cmpassport_mock_requests_total';
const PHONE_NUMBER = '13800138000';
const SEED = 20261125;

async function scrape(url: string) {
  const { status, text, headers } = await send(url, 'GET', '/_mock/metrics');
  expect({ status, type: headers.get('content-type') }).toEqual({
    status: 200,
    type: 'text/plain; version=0.0.4; charset=utf-8',
  });
  return readMetrics(text);
}

/** Real, forced, scripted and refused requests, at both operations. */
async function mixedRun(url: string) {
  const app = await newApp(url, { dailyQuota: 3 });
  const path = `/_mock/apps/${app.appId}`;
  const token = (capability = 'loginTokenValidate') =>
    mintToken(url, app.appId, { capability, phoneNumber: PHONE_NUMBER });
  for (let at = 0; at < 4; at += 1) await login(url, loginRequest(app, await token()));
  await login(url, loginRequest({ ...app, appSecret: 'wrong' }, await token()));
  await send(url, 'POST', LOGIN_PATH, 'no JSON');
  await send(url, 'POST', LOGIN_PATH, '{}', { 'x-mock-result-code': '103000' });
  await send(url, 'POST', VERIFY_PATH, '{}', { 'x-mock-outcome': 'status(503)' });
  await login(url, loginRequest(app, 'STsid0000000000000000000MOCKRESULTCODE000000000000103211'));
  const used = await token('tokenValidate');
  for (let at = 0; at < 2; at += 1)
    await verify(url, verifyRequest(app, { token: used, phoneNumber: PHONE_NUMBER }));
  await send(url, 'PUT', `${path}/outcomes/tokenValidate`, { script: '001, malformed, pass' });
  for (let at = 0; at < 3; at += 1)
    await verify(url, verifyRequest(app, { token: used, phoneNumber: PHONE_NUMBER }));
  // A control call and an unknown path: the carrier answered neither.
  await send(url, 'POST', LOGIN_PATH, '{}', { 'x-mock-outcome': 'explode' });
  await send(url, 'POST', '/elsewhere', '{}');
  return app;
}

interface Row {
  readonly operation: string;
  readonly resultCode: string | null;
  readonly forced: boolean;
}

const keyOf = ({ operation, result_code, forced }: Readonly<Record<string, string>>) =>
  `${operation} ${result_code} ${forced}`;

describe('after a mixed run', () => {
  test('the counted requests are those of the journal, by operation, code and forced', async () => {
    const { url } = await startMock();
    await mixedRun(url);
    const { json } = await send(url, 'GET', '/_mock/requests?limit=1000');
    const journal: Record<string, number> = {};
    // The carrier did not answer the request to an unknown path.
    const answered = (json.requests as readonly Row[]).filter(
      ({ resultCode, forced }) => forced || resultCode !== null,
    );
    expect(answered).toHaveLength(json.requests.length - 1);
    for (const { operation, resultCode, forced } of answered) {
      const key = `${operation} ${resultCode ?? 'none'} ${forced}`;
      journal[key] = (journal[key] ?? 0) + 1;
    }
    expect(Object.keys(journal).length).toBeGreaterThan(8);
    const scraped = await scrape(url);
    expect(sumsBy(scraped, REQUESTS, keyOf)).toEqual(journal);
    const count = Object.values(journal).reduce((sum, each) => sum + each, 0);
    const durations = sumsBy(
      scraped,
      'cmpassport_mock_request_duration_seconds_count',
      () => 'all',
    );
    expect(durations).toEqual({ all: count });
  });

  test('tokens are counted by the clocks of their apps', async () => {
    const { url } = await startMock();
    const [app, other] = [await newApp(url), await newApp(url)];
    await mintToken(url, app.appId, { count: 5 });
    await mintToken(url, other.appId, { count: 7 });
    await login(url, loginRequest(app, await mintToken(url, app.appId)));
    await send(url, 'POST', `/_mock/apps/${other.appId}/clock/advance`, { by: '2m' });
    const scraped = await scrape(url);
    expect(sumsBy(scraped, 'cmpassport_mock_tokens_kept', () => 'all')).toEqual({ all: 13 });
    expect(sumsBy(scraped, 'cmpassport_mock_tokens_live', () => 'all')).toEqual({ all: 5 });
  });

  test('journal evictions stay counted when the app is reset', async () => {
    const { url } = await startMock({ configuration: { limits: { journalRecordsMax: 2 } } });
    const { appId } = await mixedRun(url);
    const before = sumsBy(
      await scrape(url),
      'cmpassport_mock_journal_evictions_total',
      () => 'all',
    );
    await send(url, 'POST', `/_mock/apps/${appId}/reset`);
    expect(before['all']).toBeGreaterThan(5);
    expect(
      sumsBy(await scrape(url), 'cmpassport_mock_journal_evictions_total', () => 'all'),
    ).toEqual(before);
  });

  test('the process has metrics of its memory, event loop and garbage collection', async () => {
    const { url } = await startMock();
    await scrape(url);
    // So soon after another request that the event loop has no delay to report.
    const { samples, types } = await scrape(url);
    const lags = samples.filter(({ name }) => name.startsWith('nodejs_eventloop_lag'));
    expect(lags.filter(({ value }) => !(value < 60))).toEqual([]);
    for (const name of [
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_gc_duration_seconds',
      'nodejs_heap_size_used_bytes',
      'process_cpu_seconds_total',
    ])
      expect(types.has(name), name).toBe(true);
  });
});

test('no request creates a new series', async () => {
  const { url } = await startMock();
  const seriesOf = async () =>
    (await scrape(url)).samples
      .filter(({ name }) => name.startsWith('cmpassport_mock_'))
      .map(({ name, labels }) => JSON.stringify([name, labels]));
  await mixedRun(url);
  await scrape(url);
  const before = await seriesOf();
  const hostile = fc.record({
    path: fc.stringMatching(/^(?:\/[\w.~!$-]{0,8}){0,4}$/),
    appid: fc.string(),
    header: fc.stringMatching(/^[a-z]{1,20}$/),
  });
  await fc.assert(
    fc.asyncProperty(hostile, async ({ path, appid, header }) => {
      await send(
        url,
        'POST',
        `/unisdk/${path}`,
        { appid, token: 'x' },
        { [`x-${header}`]: header },
      );
      await send(url, 'POST', VERIFY_PATH, {
        header: { appId: appid },
        body: { [header]: header },
      });
    }),
    { seed: SEED, numRuns: 30 },
  );
  expect(await seriesOf()).toEqual(before);
});

describe('without its store', () => {
  const unreachable = () => Promise.reject(new Error('connection refused'));
  const scene = (changes: Partial<StateStore>) => {
    const { carrier } = newCarrier({
      nowMs: NOW_MS,
      store: { ...createMemoryStore(), ...changes },
    });
    const app = controlOf(carrier);
    const metrics = async () =>
      readMetrics((await request(createServer(app)).get('/_mock/metrics').expect(200)).text);
    return { carrier, metrics };
  };

  test('requests are counted, and the metrics of the store are missing', async () => {
    const { carrier, metrics } = scene({ readPartition: unreachable, list: unreachable });
    const body = verifyRequest(
      { appId: 'a', appKey: 'k', appSecret: 's' },
      { token: 't', phoneNumber: PHONE_NUMBER },
    );
    await createAnswer(carrier)(exchangeOf('tokenValidate', body, { path: VERIFY_PATH }));
    const scraped = await metrics();
    expect(sumsBy(scraped, REQUESTS, keyOf)).toEqual({ 'tokenValidate 999 false': 1 });
    expect([...scraped.types.keys()].filter((name) => /tokens|evictions/.test(name))).toEqual([]);
  });
});
