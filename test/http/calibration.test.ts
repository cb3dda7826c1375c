/** A mock with a calibration: the observed readings, texts and latency are its defaults, and its explanations name the observed readings. */
import { expect, test } from 'vitest';
import { createAnswer } from '../../mock-server/carrier/answer.js';
import type { Explanation } from '../../mock-server/explain/explain.js';
import { toConfiguration } from '../../mock-server/options/configuration.js';
import { loadConfiguration } from '../../mock-server/options/configuration-files.js';
import { callServe } from '../support/called-command.js';
import { newCarrier } from '../support/carrier.js';
import { LOGIN, VERIFY } from '../support/endpoints.js';
import { exchangeOf, NOW_MS } from '../support/engine.js';
import { temporaryFile } from '../support/files.js';
import { login, mintToken, newApp, send, startMock, VERIFY_PATH } from '../support/mock.js';
import { loginRequest } from '../support/requests.js';

const CALIBRATION = {
  format: 1,
  target: 'staging',
  calibratedAt: '2026-11-27T10:00:00.000Z',
  paidCalls: 3,
  readings: {
    'login-md5-case': { option: 'upper', observedOn: '2026-11-27', evidence: ['a'] },
    'verify-echo': { option: 'empty', observedOn: '2026-11-27', evidence: [] },
    'daily-quota-covers': { notSettled: { en: 'another day', zh: '再等一天' }, evidence: [] },
  },
  precedence: {},
  codes: {},
  statuses: {},
  contentTypes: {},
  texts: { loginTokenValidate: { '103101': 'SIGN WRONG' }, tokenValidate: { '102': '参数不对' } },
  latencyMs: { loginTokenValidate: { count: 9, p50: 0, p90: 0, p99: 0 } },
  beyond: [],
  evidence: {},
} as const;

const lowerSign = (request: Record<string, unknown>) => ({
  ...request,
  sign: String(request['sign']).toLowerCase(),
});

test('readings and texts are the observed ones', async () => {
  const { url } = await startMock({ configuration: { calibration: CALIBRATION } });
  const app = await newApp(url);
  const refused = await login(url, lowerSign(loginRequest(app, await mintToken(url, app.appId))));
  expect(refused.json).toMatchObject({ resultCode: '103101', desc: 'SIGN WRONG' });
  const invalid = await send(url, 'POST', VERIFY_PATH, { header: {}, body: {} });
  expect(invalid.json).toMatchObject({
    body: { resultDesc: '参数不对' },
    header: { resultCode: '102' },
  });
});

test('the members of a response are the observed ones, also those of one check and of a code that was not received', async () => {
  const refusal = {
    resultCode: '{resultCode}',
    desc: '{text}',
    msgid: '{msgId|null}',
    taskId: null,
  };
  const calibration = {
    ...CALIBRATION,
    forms: { loginTokenValidate: { 103101: refusal } },
    precedence: {
      loginTokenValidate: [
        {
          check: 'bodyReadable/json',
          outcome: '103412',
          response: { status: 400, form: { resultCode: '{resultCode}', desc: 'broken' } },
        },
      ],
    },
  };
  const { url } = await startMock({ configuration: { calibration } });
  const app = await newApp(url);
  const token = await mintToken(url, app.appId);
  const sent = loginRequest(app, token);
  const refused = await login(url, lowerSign(sent));
  const { msgid } = sent as Record<string, unknown>;
  expect(refused.json).toEqual({ resultCode: '103101', desc: 'SIGN WRONG', msgid, taskId: null });
  expect((await login(url, '{}')).json).toMatchObject({ resultCode: '103811', msgid: null });
  const broken = await login(url, '{');
  expect([broken.status, broken.json]).toEqual([400, { resultCode: '103412', desc: 'broken' }]);
  const other = await newApp(url, { readings: { 'refusal-task-id': 'absent' } });
  const own = loginRequest(other, await mintToken(url, other.appId));
  expect(Object.keys((await login(url, { ...own, sign: 'x' })).json)).not.toContain('taskId');
});

test('an app and a configuration override the observed options', async () => {
  const configuration = {
    calibration: CALIBRATION,
    readings: { 'verify-echo': 'echoed' },
  } as const;
  const { url } = await startMock({ configuration });
  const app = await newApp(url, { readings: { 'login-md5-case': 'any' } });
  const response = await login(url, lowerSign(loginRequest(app, await mintToken(url, app.appId))));
  expect(response.json).toMatchObject({ resultCode: '103000' });
  const { readings } = (await send(url, 'GET', '/_mock/readings')).json;
  const observed = Object.fromEntries(
    readings.map(({ id, observed }: { id: string; observed: unknown }) => [id, observed]),
  );
  expect(observed).toMatchObject({
    'login-md5-case': { id: 'login-md5-case', option: 'upper', observedOn: '2026-11-27' },
    'verify-echo': null,
    'daily-quota-covers': null,
    'json-null': null,
  });
});

test('an explanation names the observed readings of its operation, as JSON and as text', async () => {
  const { url } = await startMock({ configuration: { calibration: CALIBRATION } });
  const app = await newApp(url);
  const { headers } = await login(
    url,
    lowerSign(loginRequest(app, await mintToken(url, app.appId))),
  );
  const page = `/_mock/requests/${headers.get('x-mock-request-id')}/explanation`;
  expect((await send(url, 'GET', page)).json).toMatchObject({
    observed: [{ id: 'login-md5-case', option: 'upper', observedOn: '2026-11-27' }],
  });
  const text = async (lang: string) =>
    (await send(url, 'GET', `${page}?lang=${lang}`, undefined, { accept: 'text/plain' })).text;
  expect(await text('en')).toMatch(
    /From your calibration\n +login-md5-case +upper {2}\(observed on 2026-11-27\)\n/,
  );
  expect(await text('zh')).toMatch(
    /来自校准结果\n +login-md5-case +upper {2}（2026-11-27 观测）\n/,
  );
});

test('a reply has the observed latency if it is applied, except with a forced delay or fault', async () => {
  const latencyMs = { loginTokenValidate: { p50: 40, p90: 40, p99: 40 } };
  const { carrier } = newCarrier({ nowMs: NOW_MS });
  const { settings } = toConfiguration({ calibration: { ...CALIBRATION, latencyMs } }, '127.0.0.1');
  const answer = createAnswer({ ...carrier, settings: { ...settings, appliesLatency: true } });
  const atOnce = await createAnswer({ ...carrier, settings })(exchangeOf(LOGIN.operation, '{}'));
  expect(atOnce.delivery).toBeUndefined();
  const deliveryOf = async (
    operation: 'loginTokenValidate' | 'tokenValidate',
    outcome?: string,
  ) => {
    const rawHeaders = outcome === undefined ? [] : ['X-Mock-Outcome', outcome];
    return (await answer(exchangeOf(operation, '{}', { rawHeaders }))).delivery;
  };
  expect(await deliveryOf(LOGIN.operation)).toEqual({ delayMs: 40, fault: undefined });
  expect(await deliveryOf(VERIFY.operation)).toBeUndefined();
  expect(await deliveryOf(LOGIN.operation, '103211')).toEqual({ delayMs: 40, fault: undefined });
  expect(await deliveryOf(LOGIN.operation, 'delay(7ms) 103211')).toEqual({
    delayMs: 7,
    fault: undefined,
  });
  expect(await deliveryOf(LOGIN.operation, 'reset')).toMatchObject({
    delayMs: 0,
    fault: { kind: 'reset' },
  });
});

test('the flag sets the file, and the banner summarizes it', async () => {
  const file = temporaryFile('calibration.json', CALIBRATION);
  const { banner } = await callServe(['--port', '0', '--calibration', file]);
  expect(banner).toContain(
    'calibration         staging, 2026-11-27T10:00:00.000Z: 2 of 24 readings observed, without its latency (--calibration-latency)\n',
  );
  const inChinese = ['--port', '0', '--lang', 'zh', '--calibration-latency'];
  const { banner: chinese } = await callServe(inChinese, { CMPASSPORT_CALIBRATION: file });
  expect(chinese).toContain(
    '校准                staging，2026-11-27T10:00:00.000Z：24 项解释口径中 2 项有观测结果，按测得的耗时延迟\n',
  );
});

const PRECEDENCE = {
  loginTokenValidate: [
    {
      check: 'urlRight/path',
      outcome: 'reply',
      reply: { status: 404, contentType: 'text/html', body: '<h1>404</h1>' },
    },
    { check: 'appKnown', outcome: '103119' },
    { check: 'parametersValid/version.missing', outcome: '103211' },
    { check: 'signValid', outcome: '103101' },
    { check: 'parametersValid/version.value', outcome: 'accepted' },
  ],
} as const;

test('checks are in the order of the carrier, with its codes, statuses and pages', async () => {
  const calibration = {
    ...CALIBRATION,
    precedence: PRECEDENCE,
    statuses: { loginTokenValidate: { '103119': 403 } },
    contentTypes: { loginTokenValidate: 'text/plain' },
  } as const;
  const { url } = await startMock({ configuration: { calibration } });
  const app = await newApp(url);
  const lost = await send(url, 'POST', '/unisdk/rsapi/login', '{}');
  expect({ status: lost.status, text: lost.text, type: lost.headers.get('content-type') }).toEqual({
    ...{ status: 404, text: '<h1>404</h1>', type: 'text/html' },
  });
  const request = loginRequest(app, await mintToken(url, app.appId));
  const { version: _, ...missing } = request;
  const unknown = await login(url, { ...missing, appid: '300009' });
  expect({
    status: unknown.status,
    type: unknown.headers.get('content-type'),
    json: unknown.json,
  }).toMatchObject({
    ...{ status: 403, type: 'text/plain', json: { resultCode: '103119' } },
  });
  expect((await login(url, missing)).json).toMatchObject({ resultCode: '103211' });
  const other = await login(
    url,
    loginRequest(app, await mintToken(url, app.appId), { version: '9.9' }),
  );
  expect(other.json).toMatchObject({ resultCode: '103000' });
  const page = `/_mock/requests/${lost.headers.get('x-mock-request-id')}/explanation`;
  expect((await send(url, 'GET', page)).json).toMatchObject({
    resultCode: null,
    decidedBy: 'urlRight',
  });
});

test('an explanation names the mistakes of the check that decided, and the code after their repair', async () => {
  const { url } = await startMock({ configuration: { precedence: PRECEDENCE } });
  const app = await newApp(url);
  const explained = async (body: Record<string, unknown>) => {
    const { headers } = await login(url, body);
    const { json } = await send(
      url,
      'GET',
      `/_mock/requests/${headers.get('x-mock-request-id')}/explanation`,
    );
    const { gates, findings, next } = json as unknown as Explanation;
    return {
      next,
      unmet: gates.flatMap(({ requires, otherwise, outcome }) =>
        outcome === 'unmet' ? [[requires, otherwise]] : [],
      ),
      causes: findings.flatMap(({ role, evidence }) => (role === 'cause' ? [evidence.field] : [])),
    };
  };
  const { version: _, ...missing } = loginRequest(app, await mintToken(url, app.appId));
  expect(await explained(missing)).toEqual({
    ...{ next: '103000', unmet: [['parametersValid', '103211']], causes: ['version'] },
  });
  expect(await explained({ ...missing, strictcheck: '7' })).toEqual({
    ...{ next: '103414', unmet: [['parametersValid', '103211']], causes: ['version'] },
  });
});

test('the precedence of a configuration replaces that of the calibration', async () => {
  const precedence = { loginTokenValidate: [{ check: 'appKnown', outcome: '103211' }] } as const;
  const { url } = await startMock({
    configuration: { calibration: { ...CALIBRATION, precedence: PRECEDENCE }, precedence },
  });
  const unknown = loginRequest({ ...(await newApp(url)), appId: '300009' }, 'STsid');
  expect((await login(url, unknown)).json).toMatchObject({ resultCode: '103211' });
});

const changed = (change: object) => ({ ...CALIBRATION, ...change });

test.each([
  { file: {}, message: /^calibration \S+: \/format is missing/ },
  { file: changed({ format: 2 }), message: /^calibration \S+: \/format must be one of 1, found 2/ },
  {
    file: changed({
      readings: { 'login-md5-case': { option: 'lower', observedOn: '2026-11-27' } },
    }),
    message:
      /^calibration \S+: \/readings\/login-md5-case\/option must be one of "any", "upper", null, found "lower"/,
  },
  {
    file: changed({ readings: { 'login-md5-case': { option: null, observedOn: '2026-11-27' } } }),
    message: /^calibration \S+: \/readings\/login-md5-case\/option must be a string, found null/,
  },
  {
    file: changed({ readings: { 'login-md5-case': {} } }),
    message: /^calibration \S+: \/readings\/login-md5-case\/option is missing/,
  },
  {
    file: changed({ readings: { moon: { option: 'full', observedOn: '2026-11-27' } } }),
    message: /^calibration \S+: \/readings.*moon/,
  },
  {
    file: changed({ texts: { loginTokenValidate: { x: 'y' } } }),
    message: /^calibration \S+: \/texts\/loginTokenValidate/,
  },
  {
    file: changed({ precedence: { tokenValidate: [{ check: 'moonVisible', outcome: '102' }] } }),
    message: /\/precedence\/tokenValidate\/0\/check must be one of/,
  },
  {
    file: changed({ latencyMs: { tokenValidate: { p50: -1, p90: 1, p99: 1 } } }),
    message: /\/latencyMs\/tokenValidate\/p50 must/,
  },
])('a mistake in the file is one sentence: $message', async ({ file, message }) => {
  const calibration = temporaryFile('calibration.json', file);
  await expect(loadConfiguration({ calibration }, '127.0.0.1')).rejects.toThrow(message);
});

test('a missing file and two calibrations are refused', async () => {
  await expect(loadConfiguration({ calibration: 'nowhere.json' }, '127.0.0.1')).rejects.toThrow(
    'calibration nowhere.json: the file does not exist: correct the path',
  );
  const files = {
    config: temporaryFile('mock.json', { calibration: CALIBRATION }),
    calibration: temporaryFile('calibration.json', CALIBRATION),
  };
  await expect(loadConfiguration(files, '127.0.0.1')).rejects.toThrow(
    /contains a calibration, and --calibration is set too: omit one of them$/,
  );
});
