/** createCarrierHandlers: its app, its options and its addresses. */
import { HttpResponse, http } from 'msw';
import { describe, expect, test } from 'vitest';
import { type CarrierHandlersOptions, createCarrierHandlers } from '../../../mock-server/msw.js';
import { ENDPOINTS, LOGIN, resultCodeOf, VERIFY } from '../../support/endpoints.js';
import { HEALTHY } from '../../support/health.js';
import { longPair, TEST_KEYS } from '../../support/keys.js';
import { loginRsaRequest } from '../../support/requests.js';
import { network, useNetwork } from './network.js';
import { call, carrierOnNetwork, HOST } from './scene.js';

useNetwork();

const codeOf = async (response: Promise<Response>) => resultCodeOf(await (await response).text());

describe('the carrier’s own app', () => {
  test('is the demo app, available at once, and works without a set-up', async () => {
    const carrier = carrierOnNetwork();
    expect(carrier).toMatchObject({
      appId: '300000000001',
      appKey: '5A1E0C9B7D3F4826B1907E6C42D8AF35',
    });
    expect(carrier.settings).toEqual(await carrier.read());
    for (const endpoint of ENDPOINTS)
      expect(await codeOf(call(carrier, endpoint))).toBe(endpoint.success);
  });

  test('has its private keys and signs with them', async () => {
    const carrier = carrierOnNetwork();
    const { appId, appSignPrivateKey = '', appDecryptPrivateKey = '' } = carrier;
    const login = loginRsaRequest(appId, appSignPrivateKey, (await carrier.mint()).token);
    const body = JSON.stringify(login);
    const response = await fetch(HOST + LOGIN.path, { method: 'POST', body });
    expect(await response.json()).toMatchObject({
      resultCode: '103000',
      msisdn: expect.stringMatching(/^[0-9A-F]{256}$/i),
    });
    expect(appDecryptPrivateKey).toBe(TEST_KEYS.demoAppDecrypt.privateKey);
  });

  test.each([
    { description: 'other keys', app: { appVerifyKey: longPair().publicKey, appEncryptKey: null } },
    {
      description: 'an app of the configuration without keys',
      configuration: { apps: [{ appId: 'mine' }] },
    },
  ])('has no private keys with $description', ({ description: _, ...options }) => {
    const { appSignPrivateKey, appDecryptPrivateKey } = createCarrierHandlers(options);
    expect([appSignPrivateKey, appDecryptPrivateKey]).toEqual([undefined, undefined]);
  });

  test('has the private keys of those public keys that are the demo app’s', () => {
    const { appSignPrivateKey, appDecryptPrivateKey } = createCarrierHandlers({
      app: { appVerifyKey: null },
    });
    expect([appSignPrivateKey, appDecryptPrivateKey]).toEqual([
      undefined,
      TEST_KEYS.demoAppDecrypt.privateKey,
    ]);
  });

  test('merges given settings into the demo app’s', async () => {
    const app = {
      appId: '300000009999',
      appSecret: 'S3CRET',
      dailyQuota: 1,
      readings: { 'login-ip-check': 'always' },
    } as const;
    const carrier = carrierOnNetwork({ app });
    const { readings, ...plain } = app;
    expect(carrier.settings).toMatchObject({
      ...plain,
      appKey: '5A1E0C9B7D3F4826B1907E6C42D8AF35',
    });
    expect(carrier.settings.readings).toMatchObject(readings);
    expect(carrier.settings).toEqual(await carrier.read());
    expect(await codeOf(call(carrier, LOGIN))).toBe('103000');
    expect(await codeOf(call(carrier, LOGIN))).toBe('105312');
  });

  test('ignores undefined fields, and null is the default of an app', async () => {
    const carrier = carrierOnNetwork({ app: { appKey: undefined as never, appSecret: null } });
    expect(carrier.appKey).toBe('5A1E0C9B7D3F4826B1907E6C42D8AF35');
    expect(carrier.appSecret).toMatch(/^[0-9A-F]{32}$/);
    expect(carrier.appSecret).not.toBe('C7B2094E1F6D4A58803A95E7D2146BFC');
    expect(carrier.settings).toEqual(await carrier.read());
    expect(await codeOf(call(carrier, LOGIN))).toBe('103000');
  });

  test('is the first app of the configuration, and the other apps exist too', async () => {
    const configuration = { apps: [{ appId: 'mine', appSecret: 'a' }, { appId: 'theirs' }] };
    const carrier = carrierOnNetwork({ configuration, app: { appSecret: 'b' } });
    expect([carrier.appId, carrier.appSecret]).toEqual(['mine', 'b']);
    expect((await carrier.mock.apps()).map(({ appId }) => appId)).toEqual(['mine', 'theirs']);
    expect(await codeOf(call(carrier, VERIFY))).toBe('000');
  });

  test('is restored by a reset of all, including credentials', async () => {
    const carrier = carrierOnNetwork({ app: { appSecret: null } });
    await carrier.update({ appSecret: 'changed' });
    await carrier.mock.createApp();
    await carrier.mock.reset();
    const { appSecret } = await carrier.read();
    expect(appSecret).toMatch(/^[0-9A-F]{32}$/);
    expect(await carrier.mock.apps()).toHaveLength(1);
    expect(await codeOf(call(carrier, LOGIN))).toBe('103000');
  });

  test('stays after `await using`, and its handlers still work', async () => {
    const { appId, mock } = await (async () => {
      await using carrier = carrierOnNetwork();
      return carrier;
    })();
    const app = await mock.app(appId);
    expect(await codeOf(call(app, LOGIN))).toBe('103000');
  });
});

describe('an invalid option is an error of one sentence that names it', () => {
  test.each<readonly [description: string, options: unknown, sentence: RegExp]>([
    ['a mistyped name', { base: [HOST] }, /^unknown option "base"; did you mean "bases"\?$/],
    [
      'another name',
      { port: 1 },
      /^unknown option "port"; known: app, configuration, bases, seed, clientIp$/,
    ],
    [
      'bases that are not an array',
      { bases: HOST },
      /^bases must be a list of addresses, found "https:/,
    ],
    ['no bases', { bases: [] }, /^bases must contain at least one address/],
    [
      'a base without a scheme',
      { bases: ['www.cmpassport.com'] },
      /^bases .*found "www\.cmpassport\.com"$/,
    ],
    ['a base with another scheme', { bases: ['ftp://a.test'] }, /^bases .*found "ftp:/],
    [
      'a base with a query',
      { bases: ['http://a.test/?b=c'] },
      /^bases .*found "http:\/\/a\.test\/\?b=c"$/,
    ],
    [
      'a base with a password',
      { bases: ['http://:secret@a.test'] },
      /^bases must be http or https addresses/,
    ],
    [
      'a base that ends with /_mock',
      { bases: ['http://a.test/_mock'] },
      /^bases must not end with \/_mock, .*found/,
    ],
    [
      'a base that ends with /_mock/',
      { bases: ['http://a.test/cm/_mock/'] },
      /^bases must not end with \/_mock, .*found/,
    ],
    ['a base that is a number', { bases: [1] }, /^bases .*found 1$/],
    [
      'a clientIp that is not an address',
      { clientIp: 'localhost' },
      /^clientIp must be an address .*found "localhost"$/,
    ],
    ['a seed that is a number', { seed: 7 }, /^seed must be a string, found 7$/],
    [
      'an app that is a string',
      { app: '300000000001' },
      /^app must be settings of an app, found "300000000001"$/,
    ],
    ['a field of the app', { app: { dailyQuota: -1 } }, /^app \/dailyQuota .*found -1$/],
    [
      'a field that apps do not have',
      { app: { appsecret: 'a' } },
      /^app \/appsecret unknown field.*"appSecret"\?$/,
    ],
    ['an invalid key', { app: { appVerifyKey: 'AAAA' } }, /^app \/appVerifyKey /],
    [
      'the configuration',
      { configuration: { lifetimes: { tokenTtlMs: 'x' } } },
      /^\/lifetimes\/tokenTtlMs /,
    ],
    [
      'an app of the configuration',
      { configuration: { apps: [{ appId: 1 }] }, app: { appId: 'a' } },
      /^\/apps\/0\/appId /,
    ],
    [
      'no app',
      { configuration: { apps: [] } },
      /^configuration \/apps must contain at least one app/,
    ],
    [
      'an appId of another app',
      { configuration: { apps: [{ appId: 'a' }, { appId: 'b' }] }, app: { appId: 'b' } },
      /^\/apps\/1\/appId has the duplicate value "b"$/,
    ],
  ])('%s', (_description, options, sentence) => {
    expect(() => createCarrierHandlers(options as CarrierHandlersOptions)).toThrow(sentence);
  });
});

describe('addresses', () => {
  test.each(['https://www.cmpassport.com', 'https://onekey2.cmpassport.com'])(
    '%s is an address of the carrier by default',
    async (base) => {
      expect(await codeOf(call(carrierOnNetwork(), LOGIN, { base }))).toBe('103000');
    },
  );

  test.each([
    'http://www.cmpassport.com',
    'https://www.cmpassport.com.evil.test',
    'https://cmpassport.com',
    'https://www.cmpassport.com:8443',
    'https://wwwxcmpassport.com',
  ])('%s is not an address of the carrier', async (base) => {
    const carrier = carrierOnNetwork();
    network.use(http.all(`${base}/*`, () => HttpResponse.text('another handler')));
    network.use(...carrier.handlers);
    expect(await (await call(carrier, LOGIN, { base })).text()).toBe('another handler');
  });

  test.each([
    'http://gateway.test/cm/',
    'http://gateway.test:8080/a%20b/c',
    'http://[::1]:9000',
    'https://WWW.Gateway.test/(x):y',
  ])('the carrier and the control API are below the base %s', async (base) => {
    const carrier = carrierOnNetwork({ bases: [base] });
    const below = base.replace(/\/$/, '');
    expect(await codeOf(call(carrier, LOGIN, { base: below }))).toBe('103000');
    expect(await carrier.requests()).toMatchObject([{ path: LOGIN.path }]);
    const health = await fetch(`${below}/_mock/health`);
    expect(await health.json()).toEqual(HEALTHY);
    const unknownPath = await fetch(`${below}/nothing?x=y`);
    expect([unknownPath.status, unknownPath.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect((await unknownPath.json()) as object).toMatchObject({
      detail: expect.stringContaining('nothing is at /nothing'),
    });
    expect((await fetch(below)).status).toBe(404);
  });

  test('a path that starts with the same characters as a base is not below it', async () => {
    const carrier = carrierOnNetwork({ bases: ['http://gateway.test/pay'] });
    network.use(http.all('http://gateway.test/*', () => HttpResponse.text('another handler')));
    network.use(...carrier.handlers);
    expect(
      await (await call(carrier, LOGIN, { base: 'http://gateway.test/payments' })).text(),
    ).toBe('another handler');
  });

  test('the longer of two nested bases applies', async () => {
    const carrier = carrierOnNetwork({ bases: ['http://nested.test', 'http://nested.test/cm'] });
    for (const base of ['http://nested.test/cm', 'http://nested.test']) {
      expect(await codeOf(call(carrier, LOGIN, { base }))).toBe('103000');
    }
  });

  test.each([
    { clientIp: undefined, code: '000' },
    { clientIp: '203.0.113.7', code: '124' },
    { clientIp: '::1', code: '000' },
  ])('the whitelist checks the clientIp $clientIp', async ({ clientIp, code }) => {
    const carrier = carrierOnNetwork(clientIp === undefined ? {} : { clientIp });
    expect(await codeOf(call(carrier, VERIFY))).toBe(code);
    expect(await carrier.requests()).toMatchObject([{ clientIp: clientIp ?? '127.0.0.1' }]);
  });
});
