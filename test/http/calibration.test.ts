/** A mock with a calibration: the observed readings and texts are its defaults, and its explanations name the observed readings. */
import { expect, test } from 'vitest';
import type { Explanation } from '../../mock-server/explain/explain.js';
import { loadConfiguration } from '../../mock-server/options/configuration-files.js';
import { callServe } from '../support/called-command.js';
import { temporaryFile } from '../support/files.js';
import { login, mintToken, newApp, send, startMock, VERIFY_PATH } from '../support/mock.js';
import { loginRequest } from '../support/requests.js';

const CALIBRATION = {
  format: 2,
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
  texts: { loginTokenValidate: { '103101': 'SIGN WRONG' }, tokenValidate: { '102': '参数不对' } },
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

test('the flag sets the file, and the banner summarizes it', async () => {
  const file = temporaryFile('calibration.json', CALIBRATION);
  const { banner } = await callServe(['--port', '0', '--calibration', file]);
  expect(banner).toContain(
    'calibration         staging, 2026-11-27T10:00:00.000Z: 2 of 24 readings observed\n',
  );
  const inChinese = ['--port', '0', '--lang', 'zh'];
  const { banner: chinese } = await callServe(inChinese, { CMPASSPORT_CALIBRATION: file });
  expect(chinese).toContain(
    '校准                staging，2026-11-27T10:00:00.000Z：24 项解释口径中 2 项有观测结果\n',
  );
});

const PRECEDENCE = {
  loginTokenValidate: [
    { check: 'urlRight/path', outcome: 'http-404' },
    { check: 'appKnown', outcome: '103119' },
    { check: 'parametersValid/version.missing', outcome: '103211' },
    { check: 'signValid', outcome: '103101' },
    { check: 'parametersValid/version.value', outcome: 'accepted' },
  ],
} as const;

test('checks are in the order of the carrier, with its codes and statuses', async () => {
  const calibration = {
    ...CALIBRATION,
    precedence: PRECEDENCE,
    statuses: { loginTokenValidate: { '103119': 403 } },
  } as const;
  const { url } = await startMock({ configuration: { calibration } });
  const app = await newApp(url);
  const lost = await send(url, 'POST', '/unisdk/rsapi/login', '{}');
  expect([lost.status, lost.text]).toEqual([404, '']);
  const request = loginRequest(app, await mintToken(url, app.appId));
  const { version: _, ...missing } = request;
  const unknown = await login(url, { ...missing, appid: '300009' });
  expect(unknown).toMatchObject({ status: 403, json: { resultCode: '103119' } });
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
  {
    file: changed({ format: 1 }),
    message:
      /^calibration \S+: \/format must be 2: another release wrote the file, record it again with contract calibrate, found 1$/,
  },
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
    file: changed({ statuses: { tokenValidate: { '102': 99 } } }),
    message: /\/statuses\/tokenValidate\/102 must/,
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
