/**
 * The mock accepts generated configurations, and generated requests in every mode.
 * The generated response for each code has the shape of the mock’s forced response, which matches the schema.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { createFixtures, DEMO_APP, type FixtureApp } from '../../fixtures/generate/index.js';
import { loadConfiguration } from '../../mock-server/options/configuration-files.js';
import { createMockServer, type MockServer } from '../../mock-server/server.js';
import { connectMock, type MockApp } from '../../src/control/index.js';
import { RESULTS } from '../../src/protocol/result-codes.js';
import { temporaryFile } from '../support/files.js';
import {
  LOGIN_PATH,
  login,
  mintToken,
  newApp,
  send,
  sharedMock,
  startMock,
  VERIFY_PATH,
  verify,
} from '../support/mock.js';
import { problemsOf } from '../unit/contracts/validators.js';
import { LOGIN_MODES, VERIFY_MODES } from '../unit/fixtures/every-builder.js';

describe('generated requests and configurations', () => {
  const fixtures = createFixtures({ seed: 'over-http' });
  const { apps, configuration } = fixtures.world({ apps: 3, subscribers: 6 });

  let server: MockServer;

  beforeAll(async () => {
    server = await createMockServer({ configuration });
    return () => server.close();
  });

  test.each([
    { apps: 0, subscribers: 0 },
    { apps: 3, subscribers: 6 },
    { apps: 40, subscribers: 200 },
  ])('a generated configuration with $apps apps is a valid configuration file', async (size) => {
    const { configuration } = fixtures.world(size);
    const config = temporaryFile('generated.json', configuration);
    const { settings } = await loadConfiguration({ config }, '127.0.0.1');
    expect(settings.apps).toEqual(configuration.apps);
    expect(settings.subscribers).toEqual(configuration.subscribers);
  });

  test('without generated subscribers, a token without a number gets the first demo subscriber', async () => {
    const { configuration } = createFixtures({ seed: 1 }).world({ subscribers: 0 });
    const { mock } = await startMock({ configuration });
    const [listed] = await mock.apps();
    const app = await mock.app(listed?.appId ?? '');
    expect((await app.mint()).phoneNumber).toBe('13800138000');
    expect(configuration.subscribers[0]).not.toHaveProperty('failure');
  });

  test('the control API accepts a generated app, and the app accepts a generated request', async () => {
    const mock = connectMock({ url: server.url });
    const app = fixtures.app({
      keys: true,
      readings: { 'system-time': 'window:5m', 'login-md5-case': 'upper' },
    });
    const created = await mock.createApp(app.settings);
    expect(created.settings).toMatchObject(app.settings);
    const { token } = await created.mint();
    const { nowMs } = await created.clock();
    const { json } = await login(server.url, fixtures.loginRequest(app, { token, nowMs }));
    expect(json.resultCode).toBe('103000');
    await created.dispose();
  });

  /** The codes of a request in every mode. */
  async function codesOf(url: string, app: FixtureApp | MockApp): Promise<readonly string[]> {
    const codes: string[] = [];
    const phoneNumber = '13800138001';
    for (const mode of LOGIN_MODES) {
      const token = await mintToken(url, app.appId);
      codes.push((await login(url, fixtures.loginRequest(app, { token, mode }))).json.resultCode);
    }
    for (const mode of VERIFY_MODES) {
      const token = await mintToken(url, app.appId, { capability: 'tokenValidate', phoneNumber });
      const request = fixtures.verifyRequest(app, { token, mode, phoneNumber });
      codes.push((await verify(url, request)).json.header.resultCode);
    }
    return codes;
  }

  test.each([
    { description: 'each generated app', url: async () => server.url, all: async () => apps },
    {
      description: 'an app from the control API',
      url: async () => server.url,
      all: async () => [
        await connectMock({ url: server.url }).createApp({
          generateKeys: true,
          signSecret: 'appKey',
        }),
      ],
    },
    {
      description: 'the demo app without a configuration',
      url: async () => (await sharedMock()).url,
      all: async () => [DEMO_APP],
    },
  ])('the mock accepts requests of $description, in every mode', async ({ url, all }) => {
    for (const app of await all())
      expect(await codesOf(await url(), app)).toEqual(['103000', '103000', '000', '000']);
  });

  test('an unallocated number can be configured as a test number', async () => {
    const subscriber = fixtures.subscriber({ failure: 'serviceDown', operator: 'telecom' });
    const { apps, configuration } = fixtures.world({ subscribers: [subscriber] });
    const { url } = await startMock({ configuration });
    const app = apps[0] as FixtureApp;
    const minted = await send(url, 'POST', `/_mock/apps/${app.appId}/tokens`, {
      phoneNumber: subscriber.phoneNumber,
    });
    expect(minted.json.operator).toBe('telecom');
    const { json } = await login(url, fixtures.loginRequest(app, { token: minted.json.token }));
    expect(json.resultCode).toBe('103211');
  });
});

const fixtures = createFixtures({ seed: 'every-code' });
const PHONE_NUMBER = '13800138000';
const CAPABILITIES = ['loginTokenValidate', 'tokenValidate', 'smsFallback'] as const;

async function scene(capability: (typeof CAPABILITIES)[number]) {
  const { url } = await sharedMock();
  const app = fixtures.app({ keys: true, capabilities: CAPABILITIES });
  await newApp(url, app.settings);
  const token = await mintToken(url, app.appId, { capability, phoneNumber: PHONE_NUMBER });
  const answerTo = async (path: string, request: object, code: string) =>
    (await send(url, 'POST', path, request, { 'x-mock-result-code': code })).json;
  return { app, token, answerTo };
}

/** The names in order, each with the kind of its value. */
function shapeOf(fields: object): unknown {
  return Object.entries(fields).map(([name, value]) =>
    typeof value === 'string' ? [name, kindOf(value)] : [name, shapeOf(value)],
  );
}

const KINDS = [
  /^$/,
  /^1\d{10}$/,
  /^\d{17}$/,
  /^[0-9a-f]{32}$/,
  /^[0-9A-F]{32}$/,
  /^[0-9A-F]{256}$/,
];

function kindOf(text: string): string {
  return KINDS.find((kind) => kind.test(text))?.source ?? text;
}

describe.each(LOGIN_MODES)('login with %s', (mode) => {
  test.each(RESULTS.loginTokenValidate)('$code', async ({ code }) => {
    const { app, token, answerTo } = await scene('loginTokenValidate');
    const request = fixtures.loginRequest(app, { token, mode });
    const json = await answerTo(LOGIN_PATH, request, code);
    expect(problemsOf('loginTokenValidate', 'response', json)).toEqual([]);
    const response = fixtures.response('loginTokenValidate', code as '103000', { app, request });
    expect(shapeOf(response)).toEqual(shapeOf(json));
  });
});

describe.each(VERIFY_MODES)('verify with %s', (mode) => {
  test.each(RESULTS.tokenValidate)('$code', async ({ code }) => {
    const { app, token, answerTo } = await scene('tokenValidate');
    const request = fixtures.verifyRequest(app, {
      phoneNumber: PHONE_NUMBER,
      token,
      mode,
      message: 'm',
    });
    const json = await answerTo(VERIFY_PATH, request, code);
    expect(problemsOf('tokenValidate', 'response', json)).toEqual([]);
    const response = fixtures.response('tokenValidate', code as '000', { app, request });
    expect(shapeOf(response)).toEqual(shapeOf(json));
  });
});
