/** Servers over one Redis are one carrier: they share all state, and no token works twice. */
import { beforeAll, describe, expect, test } from 'vitest';
import { controlOver } from '../../../contracts/kit/control.js';
import { httpSubject } from '../../../contracts/kit/http.js';
import type { Subject } from '../../../contracts/kit/wire.js';
import { mockProvider } from '../../../contracts/provider/mock-provider.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { connectMock } from '../../../src/control/index.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { SOURCES, TIMEOUT_MS } from '../../kit/provider/engine-subject.js';
import { CASES } from '../../kit/wrong-carriers/run.js';
import { LOGIN_PATH, send } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { tally } from '../../support/race.js';
import { loginRequest } from '../../support/requests.js';
import { exchangeAll, redisProgram, type Scene, startReplicas, successes } from './replicas.js';

const TOKENS = 300;
const REQUESTS = 3_000;
const AT_ONCE = 60;

describe.skipIf(redisProgram === undefined)('three servers over one Redis', () => {
  let urls: Scene['urls'];
  beforeAll(async () => {
    const stops: (() => Promise<void>)[] = [];
    ({ urls } = await startReplicas([], (stop) => stops.unshift(stop)));
    return async () => {
      for (const stop of stops) await stop();
    };
  });

  test('share an app: created on one, its token issued on the second and used on the third', async () => {
    const [first, second, third] = urls;
    const { json: app } = await send(first, 'POST', '/_mock/apps', { dailyQuota: 5 });
    const path = `/_mock/apps/${app.appId}`;
    const { json: minted } = await send(second, 'POST', `${path}/tokens`, {
      phoneNumber: '13800138001',
    });
    const exchange = (url: string) =>
      send(url, 'POST', LOGIN_PATH, loginRequest(app, minted.token));
    const answers = [await exchange(third), await exchange(first), await exchange(second)];
    expect(answers.map(({ json }) => json.resultCode)).toEqual(['103000', '104201', '104201']);
    expect(answers[0]?.json.msisdn).toBe('13800138001');

    const requestId = answers[0]?.headers.get('x-mock-request-id');
    for (const url of urls) {
      const { json: token } = await send(url, 'GET', `${path}/tokens/${minted.token}`);
      expect([token.status, token.usedBy]).toEqual(['used', requestId]);
      const { json: ledger } = await send(url, 'GET', `${path}/ledger`);
      expect([ledger.charged, ledger.remaining, ledger.records.length]).toEqual([1, 4, 1]);
      const { json: journal } = await send(url, 'GET', `/_mock/requests?appId=${app.appId}`);
      expect(journal.requests.map((request: { resultCode: string }) => request.resultCode)).toEqual(
        ['104201', '104201', '103000'],
      );
      const { json: explained } = await send(
        url,
        'GET',
        `/_mock/requests/${journal.requests[0].id}/explanation`,
      );
      expect([explained.resultCode, explained.decidedBy, explained.findings[0].id]).toEqual([
        '104201',
        'tokenUnused',
        'token.used',
      ]);
    }
  });

  test('let as many simultaneous calls succeed as the contract states', async () => {
    const subjects = urls.map((baseUrl) => httpSubject({ baseUrl, timeoutMs: TIMEOUT_MS }));
    let sent = 0;
    const inTurn: Subject = {
      send: (request) => (subjects[sent++ % subjects.length] as Subject).send(request),
    };
    const control = controlOver(inTurn, { url: urls[0] });
    const provider = mockProvider({ url: urls[0], subject: inTurn, control, lang: 'en' });
    const races = CASES.filter(({ testCase }) => testCase.simultaneous !== undefined);
    for (const { operation, testCase } of races) {
      const { id, status, differences } = await runCase(operation, testCase, {
        provider,
        sources: SOURCES,
      });
      expect({ id, status, differences }).toEqual({
        id: testCase.id,
        status: 'pass',
        differences: [],
      });
    }
    const raced = new Set(races.map(({ operation }) => operation));
    expect([...raced]).toEqual(OPERATIONS.map(({ operation }) => operation));
  });

  test('share clocks, scripts, settings, resets and deletions', async () => {
    const [first, second, third] = urls;
    const { json: app } = await send(first, 'POST', '/_mock/apps', {});
    const path = `/_mock/apps/${app.appId}`;
    const mint = async (url: string) => (await send(url, 'POST', `${path}/tokens`, {})).json.token;
    const exchange = async (url: string, token: string) =>
      (await send(url, 'POST', LOGIN_PATH, loginRequest(app, token))).json.resultCode;

    const token = await mint(first);
    await send(second, 'POST', `${path}/clock/advance`, { by: '2m' });
    expect(await exchange(third, token)).toBe('104201');

    await send(third, 'PUT', `${path}/outcomes/loginTokenValidate`, { script: '103511, 105312' });
    expect([await exchange(first, token), await exchange(second, token)]).toEqual([
      '103511',
      '105312',
    ]);
    expect((await send(first, 'GET', `${path}/outcomes/loginTokenValidate`)).json.remaining).toBe(
      '',
    );

    await send(second, 'PATCH', path, { capabilities: ['tokenValidate'] });
    expect(await exchange(third, await mint(third))).toBe('105019');
    expect(await exchange(first, token)).toBe('105019');

    await send(first, 'POST', `${path}/reset`);
    expect((await send(second, 'GET', path)).json.capabilities).toEqual(app.capabilities);
    expect((await send(third, 'GET', `/_mock/requests?appId=${app.appId}`)).json.requests).toEqual(
      [],
    );
    expect((await send(second, 'GET', `${path}/tokens/${token}`)).status).toBe(404);

    await send(third, 'DELETE', path);
    for (const url of urls) expect((await send(url, 'GET', path)).status).toBe(404);
    expect(await exchange(first, token)).toBe('103119');
  });

  test('have the requests of other servers in their event streams', async () => {
    const [first, second] = urls;
    const { json: app } = await send(first, 'POST', '/_mock/apps', {});
    const stream = await fetch(`${first}/_mock/events?appId=${app.appId}`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let received = '';
    const readEvents = async () => {
      for (;;) {
        const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
        if (done) return;
        received += value;
      }
    };
    void readEvents();
    await eventually('an event of the other server', async () => {
      await send(second, 'POST', LOGIN_PATH, loginRequest(app, 'no token'));
      return received.includes('"resultCode":"103113"') || undefined;
    });
    await reader?.cancel();
  });

  test(`exactly ${TOKENS} of ${REQUESTS} simultaneous exchanges of ${TOKENS} tokens succeed`, async () => {
    const mock = connectMock({ url: urls[0] });
    const app = await mock.createApp({ dailyQuota: 1_000_000 });
    const minted = await app.mintMany(TOKENS);
    const tokens = minted.map(({ token }) => token);
    const results = await exchangeAll(urls, { app, tokens, requests: REQUESTS, atOnce: AT_ONCE });
    expect(successes(results)).toBe(TOKENS);
    expect(tally([...results.values()].flat())).toEqual({
      103000: TOKENS,
      104201: REQUESTS - TOKENS,
    });
    const { charged, remaining } = await app.ledger();
    expect([charged, remaining]).toEqual([TOKENS, 1_000_000 - TOKENS]);
    const counted = await send(urls[2], 'POST', '/_mock/requests/count', { appId: app.appId });
    expect(counted.json).toEqual({ count: REQUESTS, complete: true });
  });

  test('a daily quota of 137 permits exactly 137 simultaneous calls', async () => {
    const app = await connectMock({ url: urls[1] }).createApp({ dailyQuota: 137 });
    const tokens = (await app.mintMany(400)).map(({ token }) => token);
    const results = await exchangeAll(urls, { app, tokens, requests: 400, atOnce: AT_ONCE });
    const codes = tally([...results.values()].flat());
    expect(codes['103000']).toBe(137);
    expect((await app.ledger()).charged).toBe(137);
  });
});
