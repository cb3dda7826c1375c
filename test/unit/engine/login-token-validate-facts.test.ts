/** The facts of loginTokenValidate, on both sides of each boundary. The document, 1.2. */
import { describe, expect, test } from 'vitest';
import { usesRsa } from '../../../mock-server/carrier/engine/facts/login-token-validate.js';
import type { LoginTokenRequest } from '../../../mock-server/carrier/engine/request.js';
import {
  judge,
  login,
  loginBody,
  loginRsa,
  loginRsaBody,
  requestOf,
  type Scene,
  SETTINGS,
  TOKEN,
  verdict,
} from '../../support/engine.js';
import { longPair, TEST_KEYS } from '../../support/keys.js';
import { loginRequest, loginRsaRequest } from '../../support/requests.js';

describe('a field', () => {
  test.each([
    { description: 'token absent', changes: { token: undefined }, expected: '103811 tokenPresent' },
    { description: 'token empty', changes: { token: '' }, expected: '103811 tokenPresent' },
    { description: 'token null', changes: { token: null }, expected: '103211 valuesAreStrings' },
    { description: 'version absent', changes: { version: undefined }, expected: '103414 parametersValid' },
    { description: 'version empty', changes: { version: '' }, expected: '103414 parametersValid' },
    { description: 'version 2', changes: { version: '2' }, expected: '103414 parametersValid' },
    { description: 'version null', changes: { version: null }, expected: '103211 valuesAreStrings' },
    { description: 'strictcheck 0', changes: { strictcheck: '0' }, expected: '103000 allMet' },
    { description: 'strictcheck 1', changes: { strictcheck: '1' }, expected: '103000 allMet' },
    { description: 'strictcheck 2', changes: { strictcheck: '2' }, expected: '103414 parametersValid' },
    { description: 'strictcheck 00', changes: { strictcheck: '00' }, expected: '103414 parametersValid' },
    { description: 'strictcheck empty', changes: { strictcheck: '' }, expected: '103414 parametersValid' },
    { description: 'strictcheck absent', changes: { strictcheck: undefined }, expected: '103414 parametersValid' },
    { description: 'strictcheck null', changes: { strictcheck: null }, expected: '103211 valuesAreStrings' },
    { description: 'strictcheck the number 0', changes: { strictcheck: 0 }, expected: '103211 valuesAreStrings' },
    { description: 'appid empty', changes: { appid: '' }, expected: '103414 parametersValid' },
    { description: 'appid absent', changes: { appid: undefined }, expected: '103414 parametersValid' },
    { description: 'appid null', changes: { appid: null }, expected: '103211 valuesAreStrings' },
    { description: 'sign empty', changes: { sign: '' }, expected: '103414 parametersValid' },
    { description: 'sign absent', changes: { sign: undefined }, expected: '103414 parametersValid' },
    { description: 'sign null', changes: { sign: null }, expected: '103211 valuesAreStrings' },
    { description: 'expandparams absent', changes: { expandparams: undefined }, expected: '103000 allMet' },
    { description: 'expandparams empty', changes: { expandparams: '' }, expected: '103000 allMet' },
    { description: 'expandparams null', changes: { expandparams: null }, expected: '103211 valuesAreStrings' },
    { description: 'expandparams an object', changes: { expandparams: {} }, expected: '103211 valuesAreStrings' },
    { description: 'expandparams true', changes: { expandparams: true }, expected: '103211 valuesAreStrings' },
    {
      description: 'encryptionalgorithm null',
      changes: { encryptionalgorithm: null },
      expected: '103211 valuesAreStrings',
    },
    { description: 'systemtime null', changes: { systemtime: null }, expected: '103211 valuesAreStrings' },
    { description: 'msgid null', changes: { msgid: null }, expected: '103211 valuesAreStrings' },
    { description: 'an unknown field null', changes: { other: null }, expected: '103000 allMet' },
    { description: 'a field of verify', changes: { keyType: 1 }, expected: '103000 allMet' },
  ])('$description is $expected', ({ changes, expected }) => {
    expect(verdict(login(changes))).toBe(expected);
  });
});

describe('encryptionalgorithm is RSA only with exactly this value', () => {
  test.each([
    { encryptionalgorithm: 'RSA', expected: true },
    { encryptionalgorithm: 'rsa', expected: false },
    { encryptionalgorithm: 'RSA ', expected: false },
    { encryptionalgorithm: 'RSA2', expected: false },
    { encryptionalgorithm: 'SM', expected: false },
    { encryptionalgorithm: 'MD5', expected: false },
    { encryptionalgorithm: '', expected: false },
    { encryptionalgorithm: undefined, expected: false },
  ])('"$encryptionalgorithm": $expected', ({ encryptionalgorithm, expected }) => {
    expect(usesRsa(requestOf('loginTokenValidate', loginBody({ encryptionalgorithm })) as LoginTokenRequest)).toBe(
      expected,
    );
    expect(verdict(loginRsa({ encryptionalgorithm }))).toBe(expected ? '103000 allMet' : '103101 signValid');
    expect(verdict(login({ encryptionalgorithm }))).toBe(expected ? '103101 signValid' : '103000 allMet');
  });

  test('without RSA no key is needed', () => {
    expect(verdict(login({}, { settings: { appVerifyKey: null, appEncryptKey: null } }))).toBe('103000 allMet');
  });
});

describe('the MD5 secret depends on the app’s signSecret', () => {
  const signedWith = (secret: string) => loginRequest({ ...SETTINGS, appSecret: secret }, TOKEN);
  const appKeyScene: Scene = { settings: { signSecret: 'appKey' } };

  test.each([
    { description: 'APPSecret', secret: SETTINGS.appSecret, scene: {}, expected: '103000 allMet' },
    { description: 'appKey instead of APPSecret', secret: SETTINGS.appKey, scene: {}, expected: '103101 signValid' },
    {
      description: 'appKey with signSecret appKey',
      secret: SETTINGS.appKey,
      scene: appKeyScene,
      expected: '103000 allMet',
    },
    {
      description: 'APPSecret with signSecret appKey',
      secret: SETTINGS.appSecret,
      scene: appKeyScene,
      expected: '103101 signValid',
    },
    { description: 'no secret', secret: '', scene: {}, expected: '103101 signValid' },
  ])('$description is $expected', ({ secret, scene, expected }) => {
    expect(verdict(judge('loginTokenValidate', signedWith(secret), scene).decision)).toBe(expected);
  });

  test('RSA does not depend on signSecret', () => {
    expect(verdict(loginRsa({}, appKeyScene))).toBe('103000 allMet');
  });
});

describe('exactly the fields of the MD5 string to sign are signed', () => {
  test.each([
    { field: 'msgid', value: 'other', expected: '103101 signValid' },
    { field: 'systemtime', value: '20121227180001165', expected: '103101 signValid' },
    { field: 'strictcheck', value: '1', expected: '103101 signValid' },
    { field: 'token', value: TOKEN.replace(/.$/, 'Q'), expected: '103101 signValid' },
    { field: 'appid', value: '300000000003', expected: '103101 signValid' },
    { field: 'expandparams', value: 'k=v', expected: '103000 allMet' },
    { field: 'encryptionalgorithm', value: 'SM', expected: '103000 allMet' },
  ])('$field changed after signing is $expected', ({ field, value, expected }) => {
    const body = { ...loginBody(), [field]: value };
    expect(verdict(judge('loginTokenValidate', body).decision)).toBe(expected);
  });

  test('the version is signed', () => {
    const body = { ...loginBody({ version: '1.0' }), version: '2.0' };
    expect(verdict(judge('loginTokenValidate', body).decision)).toBe('103101 signValid');
  });
});

describe('the RSA signature', () => {
  const { demoAppSign, demoAppDecrypt } = TEST_KEYS;
  const hex = String(loginRsaBody()['sign']);
  const long = longPair();
  const longBody = loginRsaRequest(SETTINGS.appId, long.privateKey, TOKEN);

  test.each([
    { description: 'upper-case hex', body: loginRsaBody(), scene: {}, expected: '103000 allMet' },
    {
      description: 'lower-case hex',
      body: loginRsaBody({ sign: hex.toLowerCase() }),
      scene: {},
      expected: '103000 allMet',
    },
    {
      description: 'Base64',
      body: loginRsaBody({ sign: Buffer.from(hex, 'hex').toString('base64') }),
      scene: {},
      expected: '103101 signValid',
    },
    {
      description: 'hex with a space',
      body: loginRsaBody({ sign: `${hex} ` }),
      scene: {},
      expected: '103101 signValid',
    },
    {
      description: 'the other key pair',
      body: loginRsaRequest(SETTINGS.appId, demoAppDecrypt.privateKey, TOKEN),
      scene: {},
      expected: '103101 signValid',
    },
    {
      description: 'one key pair for both roles',
      body: loginRsaBody(),
      scene: { settings: { appEncryptKey: demoAppSign.publicKey } },
      expected: '103000 allMet',
    },
    {
      description: 'a key of 2048 bits',
      body: longBody,
      scene: { settings: { appVerifyKey: long.publicKey } },
      expected: '103000 allMet',
    },
    {
      description: 'another msgid, which is not signed',
      body: loginRsaBody({ msgid: 'other' }),
      scene: {},
      expected: '103000 allMet',
    },
    {
      description: 'another token, which is signed',
      body: loginRsaBody({ token: TOKEN.replace(/.$/, 'Q') }),
      scene: {},
      expected: '103101 signValid',
    },
    {
      description: 'another appid, which is signed',
      body: loginRsaBody({ appid: '30000000000' }),
      scene: {},
      expected: '103101 signValid',
    },
  ])('$description: $expected', ({ body, scene, expected }) => {
    expect(verdict(judge('loginTokenValidate', body, scene).decision)).toBe(expected);
  });
});

describe('the whitelist applies with strictcheck 1 only', () => {
  test.each([
    { strictcheck: '0', clientIp: '10.0.0.1', expected: '103000 allMet' },
    { strictcheck: '1', clientIp: '10.0.0.1', expected: '103511 ipAllowed' },
    { strictcheck: '1', clientIp: '127.0.0.1', expected: '103000 allMet' },
  ])('strictcheck $strictcheck from $clientIp is $expected', ({ strictcheck, clientIp, expected }) => {
    expect(verdict(login({ strictcheck }, { exchange: { clientIp } }))).toBe(expected);
  });
});
