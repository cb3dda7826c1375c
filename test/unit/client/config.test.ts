/** The configuration of a client: refused settings and their messages. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConfigurationError, createCmpassportClient } from '../../../src/index.js';
import { APP, thrown } from '../../support/client.js';
import { TEST_KEYS } from '../../support/keys.js';
import { KEYS, make, pemOf, refusal } from './configured.js';

const { demoAppSign: SIGN } = TEST_KEYS;

describe('settings', () => {
  test.each([
    { field: 'appId', config: { appId: '' }, found: 'an empty text' },
    { field: 'appId', config: { appId: undefined }, found: 'nothing' },
    { field: 'appId', config: { appId: 300_011_223_344 }, found: 'a value of type number' },
    { field: 'appKey', config: { appKey: `${APP.appKey}\n` }, found: 'white space around it' },
    { field: 'appKey', config: { appKey: `\uFEFF${APP.appKey}` }, found: 'white space around it' },
    {
      field: 'appSecret',
      config: { appSecret: ` ${APP.appSecret}` },
      found: 'white space around it',
    },
    { field: 'appSecret', config: { appSecret: 'a b' }, found: 'white space in it' },
    { field: 'appSecret', config: { appSecret: '' }, found: 'an empty text' },
    { field: 'appSecret', config: { appSecret: null }, found: 'null' },
    {
      field: 'appSecret',
      config: { appSecret: SIGN.privateKey },
      found: 'an RSA key, which belongs in keys',
    },
    {
      field: 'appSecret',
      config: { appSecret: pemOf(SIGN.privateKey).trim() },
      found: 'white space in it',
    },
    { field: 'baseUrl', config: { baseUrl: 'cmpassport' }, found: 'must be a URL' },
    {
      field: 'baseUrl',
      config: { baseUrl: 'http://10.0.0.1' },
      found: 'must be https: in production',
    },
    { field: 'production', config: { production: 'false' }, found: 'true or false' },
    { field: 'timeoutMs', config: { timeoutMs: 0 }, found: 'from 1 to 2147483647' },
    { field: 'timeoutMs', config: { timeoutMs: 2 ** 31 }, found: 'from 1 to 2147483647' },
    { field: 'timeoutMs', config: { timeoutMs: Number.POSITIVE_INFINITY }, found: 'whole number' },
    { field: 'connectAttempts', config: { connectAttempts: 0 }, found: 'from 1 to 10' },
    { field: 'connectAttempts', config: { connectAttempts: 11 }, found: 'from 1 to 10' },
    { field: 'signSecret', config: { signSecret: 'appsecret' }, found: 'appSecret or appKey' },
    {
      field: 'signing.loginTokenValidate',
      config: { signing: { loginTokenValidate: 'hmac' } },
      found: 'md5 or rsa',
    },
    {
      field: 'signing.tokenValidate',
      config: { signing: { tokenValidate: 'md5' } },
      found: 'hmac or rsa',
    },
    {
      field: 'signing',
      config: { signing: 'rsa' },
      found: 'must be an object, found a value of type string',
    },
    {
      field: 'signing.login',
      config: { signing: { login: 'rsa' } },
      found: 'Known settings: loginTokenValidate, tokenValidate',
    },
    {
      field: 'signing.h5TokenValidate',
      config: { signing: { h5TokenValidate: 'rsa' } },
      found: 'Known settings: loginTokenValidate, tokenValidate.',
    },
    { field: 'keys', config: { keys: null }, found: 'must be an object, found null' },
    { field: 'keys', config: { keys: [SIGN.privateKey] }, found: 'found an array' },
    {
      field: 'keys.appSignKey',
      config: { keys: { appSignKey: SIGN.privateKey } },
      found: 'Known settings: appSignPrivateKey',
    },
    {
      field: 'apiKey',
      config: { apiKey: APP.appKey },
      found: 'is not a setting. Known settings: appId, appKey, appSecret',
    },
    { field: 'baseURL', config: { baseURL: 'http://localhost' }, found: 'is not a setting' },
    { field: 'fetch', config: { fetch: 'fetch' }, found: 'must be a function' },
    { field: 'nowMs', config: { nowMs: 0 }, found: 'must be a function' },
    { field: 'newMsgId', config: { newMsgId: '1' }, found: 'must be a function' },
  ])('$field is refused: $found', ({ field, config, found }) => {
    const error = refusal({ ...APP, ...config });
    expect([error.field, error.code, error.name]).toEqual([
      field,
      'ERR_CONFIGURATION',
      'ConfigurationError',
    ]);
    expect(error.message).toContain(found);
    expect(inspect(error)).not.toMatch(new RegExp(`${APP.appKey}|${APP.appSecret}`));
  });

  test.each([
    { description: 'the maximum delay of a timer', config: { timeoutMs: 2 ** 31 - 1 } },
    { description: 'ten attempts', config: { connectAttempts: 10 } },
    { description: 'plain HTTP to this machine', config: { baseUrl: 'http://localhost:10086' } },
    {
      description: 'plain HTTP outside production',
      config: { baseUrl: 'http://10.0.0.1', production: false },
    },
  ])('$description is accepted', ({ config }) => {
    expect(make({ ...APP, ...config })).toHaveProperty('getPhoneNumber');
  });
});

describe('missing credentials', () => {
  test.each([
    { description: 'no credentials', config: {}, field: 'appSecret' },
    { description: 'empty keys', config: { keys: {} }, field: 'appSecret' },
    {
      description: 'one key of three',
      config: { keys: { appSignPrivateKey: SIGN.privateKey } },
      field: 'appSecret',
    },
    {
      description: 'signSecret appKey without an appKey',
      config: { appSecret: APP.appSecret, signSecret: 'appKey' },
      field: 'appKey',
    },
    {
      description: 'login by MD5 without a secret',
      config: { keys: KEYS, signing: { loginTokenValidate: 'md5' } },
      field: 'appSecret',
    },
    {
      description: 'login by RSA without keys',
      config: { ...APP, signing: { loginTokenValidate: 'rsa' } },
      field: 'keys.appSignPrivateKey',
    },
    {
      description: 'login by RSA without the second key',
      config: {
        ...APP,
        keys: { ...KEYS, appDecryptPrivateKey: undefined },
        signing: { loginTokenValidate: 'rsa' },
      },
      field: 'keys.appDecryptPrivateKey',
    },
    {
      description: 'verify by HMAC without appKey',
      config: { keys: KEYS, signing: { tokenValidate: 'hmac' } },
      field: 'appKey',
    },
    {
      description: 'verify by RSA without the platform’s key',
      config: {
        ...APP,
        keys: { ...KEYS, platformPublicKey: undefined },
        signing: { tokenValidate: 'rsa' },
      },
      field: 'keys.platformPublicKey',
    },
  ])('$description', ({ config, field }) => {
    const error = refusal(config);
    expect(error.field).toBe(field);
    expect(error.message).toContain('is missing');
  });

  test('a credential that only one operation needs is reported when the operation is called', async () => {
    const login = make({ appSecret: APP.appSecret });
    await expect(
      login.verifyPhoneNumber({ token: 't', phoneNumber: '13800138000' }),
    ).rejects.toMatchObject({
      code: 'ERR_CONFIGURATION',
      message: 'appKey is missing. verifyPhoneNumber needs it to sign with hmac.',
    });
    const verify = make({ appKey: APP.appKey });
    await expect(verify.getPhoneNumber('t')).rejects.toMatchObject({
      message: 'appSecret is missing. getPhoneNumber needs it to sign with md5.',
    });
  });
});

test.each([undefined, null, 'appId', []])('a configuration that is %j is refused', (config) => {
  const error = thrown(() => createCmpassportClient(config as never), ConfigurationError);
  expect([error.field, error.message]).toEqual([
    'config',
    expect.stringContaining('must be an object, found '),
  ]);
});

test('the client shows none of its secrets', () => {
  const client = make({ ...APP, keys: KEYS });
  const seen =
    inspect(client, { showHidden: true, depth: 9 }) + JSON.stringify(client) + String(client);
  for (const secret of [APP.appKey, APP.appSecret, SIGN.privateKey])
    expect(seen).not.toContain(secret);
  expect(Object.isFrozen(client)).toBe(true);
});
