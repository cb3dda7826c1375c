/** Calls of a client: rotation of secrets, signing modes, time and msgid, and concurrent calls. */
import { describe, expect, test } from 'vitest';
import { ConfigurationError, DecryptionError, SecretUnavailableError } from '../../../src/index.js';
import { parseTimestamp } from '../../../src/protocol/timestamp.js';
import {
  APP,
  answering,
  clientOf,
  loginText,
  MSG_ID,
  OWN,
  rejection,
  TOKEN,
  verifyText,
} from '../../support/client.js';
import { TEST_KEYS } from '../../support/keys.js';
import { keysOf, newScene } from './scene.js';

describe('rotation', () => {
  test('the appSecret is read before each call, so that it can change at the portal', async () => {
    const { app, login, clientWith } = await newScene();
    const secret = { current: app.appSecret };
    const client = clientWith({ appSecret: () => secret.current });
    expect((await login(client)).kind).toBe('phoneNumber');
    await app.update({ appSecret: 'B61D2E94A7C84F03925E6D1AF08C3B7E' });
    expect(await login(client)).toMatchObject({ resultCode: '103101' });
    secret.current = app.appSecret;
    expect((await login(client)).kind).toBe('phoneNumber');
  });

  test('functions return the RSA keys of both operations', async () => {
    const { app, login, verify, clientWith } = await newScene({ generateKeys: true });
    const { appSignPrivateKey, appDecryptPrivateKey, platformPublicKey } = keysOf(app);
    const called: string[] = [];
    const keyFunction = (name: string, key: string) => async () => {
      called.push(name);
      return key;
    };
    const client = clientWith({
      keys: {
        appSignPrivateKey: keyFunction('sign', appSignPrivateKey),
        appDecryptPrivateKey: keyFunction('decrypt', appDecryptPrivateKey),
        platformPublicKey: keyFunction('platform', platformPublicKey),
      },
    });
    expect(await login(client)).toMatchObject({ kind: 'phoneNumber', phoneNumber: OWN });
    expect(called.splice(0).toSorted()).toEqual(['decrypt', 'sign']);
    expect((await verify(OWN, client)).kind).toBe('ownNumber');
    expect(called.toSorted()).toEqual(['platform', 'sign']);
  });

  test('the function of a secret that the call does not need is not called', async () => {
    const { fetch } = answering();
    const appKey = () => Promise.reject(new Error('called'));
    expect((await clientOf(fetch, { appKey }).getPhoneNumber(TOKEN)).kind).toBe('phoneNumber');
  });

  test.each([
    { description: 'fails', secret: () => Promise.reject(new Error('the vault is sealed')) },
    {
      description: 'throws',
      secret: () => {
        throw new Error('the vault is sealed');
      },
    },
  ])('if a function $description, nothing is sent', async ({ secret }) => {
    const { fetch, calls } = answering();
    const error = await rejection(
      clientOf(fetch, { appSecret: secret }).getPhoneNumber(TOKEN),
      SecretUnavailableError,
    );
    expect(error).toMatchObject({ code: 'ERR_SECRET_UNAVAILABLE', field: 'appSecret' });
    expect(error.cause).toMatchObject({ message: 'the vault is sealed' });
    expect(calls).toEqual([]);
  });

  test.each([
    {
      field: 'appSecret',
      changes: { appSecret: () => `${APP.appSecret}\n` },
      found: 'white space around it',
    },
    {
      field: 'appSecret',
      changes: { appSecret: () => undefined as never },
      found: 'its function returned nothing',
    },
    {
      field: 'keys.appDecryptPrivateKey',
      changes: {
        keys: {
          appSignPrivateKey: TEST_KEYS.demoAppSign.privateKey,
          appDecryptPrivateKey: () => undefined as never,
        },
      },
      found: 'its function returned nothing',
    },
    {
      field: 'keys.appSignPrivateKey',
      changes: {
        keys: {
          appSignPrivateKey: () => TEST_KEYS.demoAppSign.publicKey,
          appDecryptPrivateKey: TEST_KEYS.demoAppDecrypt.privateKey,
        },
      },
      found: 'a public key',
    },
    {
      field: 'keys.appSignPrivateKey',
      changes: {
        keys: {
          appSignPrivateKey: () => TEST_KEYS.demoAppDecrypt.privateKey,
          appDecryptPrivateKey: () => TEST_KEYS.demoAppSign.privateKey,
          appVerifyKey: TEST_KEYS.demoAppSign.publicKey,
          appEncryptKey: TEST_KEYS.demoAppDecrypt.publicKey,
        },
      },
      found: 'are swapped',
    },
  ])(
    'the value that a function returns is checked: $field, $found',
    async ({ field, changes, found }) => {
      const { fetch, calls } = answering();
      const error = await rejection(
        clientOf(fetch, changes).getPhoneNumber(TOKEN),
        ConfigurationError,
      );
      expect(error.field).toBe(field);
      expect(error.message).toContain(found);
      expect(calls).toEqual([]);
    },
  );
});

describe('signing', () => {
  const RSA = {
    appSignPrivateKey: TEST_KEYS.demoAppSign.privateKey,
    appDecryptPrivateKey: TEST_KEYS.demoAppDecrypt.privateKey,
  };
  const ALL = { ...RSA, platformPublicKey: TEST_KEYS.platform.publicKey };
  const modesOf = async (changes: object) => {
    const { fetch, calls } = answering(loginText({ resultCode: '104201' }));
    const verified = answering(verifyText());
    await clientOf(fetch, changes).getPhoneNumber(TOKEN);
    await clientOf(verified.fetch, changes).verifyPhoneNumber({ token: TOKEN, phoneNumber: OWN });
    const [login, verify] = [calls, verified.calls].map(([call]) => JSON.parse(call?.body ?? ''));
    return [login.encryptionalgorithm ?? 'MD5', verify.body.keyType];
  };

  test.each([
    { description: 'only secrets', changes: {}, expected: ['MD5', '0'] },
    { description: 'both keys of the app', changes: { keys: RSA }, expected: ['RSA', '0'] },
    { description: 'all keys', changes: { keys: ALL }, expected: ['RSA', '1'] },
    {
      description: 'no second key',
      changes: { keys: { ...ALL, appDecryptPrivateKey: undefined } },
      expected: ['MD5', '1'],
    },
    {
      description: 'all keys, and the setting MD5',
      changes: { keys: ALL, signing: { loginTokenValidate: 'md5' } },
      expected: ['MD5', '1'],
    },
    {
      description: 'all keys, and the setting HMAC',
      changes: { keys: ALL, signing: { tokenValidate: 'hmac' } },
      expected: ['RSA', '0'],
    },
  ])('$description: signs with $expected', async ({ changes, expected }) => {
    expect(await modesOf(changes)).toEqual(expected);
  });

  test('a number that is encrypted for the signing key is reported', async () => {
    const { app, login, clientWith } = await newScene({ generateKeys: true });
    const { appSignPrivateKey, appDecryptPrivateKey } = keysOf(app);
    await app.update({ appEncryptKey: app.settings.appVerifyKey });
    const error = await rejection(
      login(clientWith({ keys: { appSignPrivateKey, appDecryptPrivateKey } })),
      DecryptionError,
    );
    expect(error).toMatchObject({ code: 'ERR_DECRYPTION', maybeSent: true });
    expect(error.message).toContain('are swapped, or the portal has 应用公钥1 as 应用公钥2');
  });

  test('an app that never switched signs login with its appKey', async () => {
    const { login, clientWith } = await newScene({ signSecret: 'appKey' });
    expect(await login()).toMatchObject({ resultCode: '103101' });
    expect((await login(clientWith({ signSecret: 'appKey' }))).kind).toBe('phoneNumber');
  });
});

describe('time and msgid', () => {
  test('by default, each call has the time in Beijing and a new UUID', async () => {
    const { app, login, verify } = await newScene();
    const before = Date.now();
    await login();
    await login();
    await verify();
    const after = Date.now();
    const sent = (await app.requests()).map(({ request }) => JSON.parse(request.body));
    const [{ header }, ...logins] = sent;
    const times = [header.timestamp, ...logins.map(({ systemtime }) => systemtime)].map((time) =>
      parseTimestamp(time),
    );
    for (const time of times) {
      expect(time).toBeGreaterThanOrEqual(before);
      expect(time).toBeLessThanOrEqual(after);
    }
    const ids = [header.msgId, ...logins.map(({ msgid }) => msgid)];
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(3);
  });

  test('options set both', async () => {
    const { fetch, calls } = answering();
    await clientOf(fetch, { nowMs: () => Date.UTC(2020, 1, 28, 16) }).getPhoneNumber(TOKEN);
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
      msgid: MSG_ID,
      systemtime: '20200229000000000',
    });
  });

  test('a msgid that the carrier would refuse is refused', async () => {
    const { fetch, calls } = answering();
    const client = clientOf(fetch, { newMsgId: () => 'x'.repeat(37) });
    await expect(client.getPhoneNumber(TOKEN)).rejects.toMatchObject({
      code: 'ERR_ARGUMENT',
      field: 'msgId',
    });
    expect(calls).toEqual([]);
  });

  test('the time of the request is read after its secrets are loaded', async () => {
    const { fetch, calls } = answering();
    let nowMs = 0;
    const appSecret = async () => {
      nowMs = 60_000;
      return APP.appSecret;
    };
    await clientOf(fetch, { appSecret, nowMs: () => nowMs }).getPhoneNumber(TOKEN);
    expect(JSON.parse(calls[0]?.body ?? '').systemtime).toBe('19700101080100000');
  });
});
