/** /_mock/apps/:appId/signed-requests: the created requests succeed when they are sent unchanged. */
import { createHash, createHmac } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Bench,
  controlBench,
  createApp,
  mint,
  NOON_MS,
  PHONE_NUMBER,
} from '../../support/control.js';
import { LOGIN_PATH, VERIFY_PATH } from '../../support/mock.js';
import {
  KEYS,
  LOGIN,
  pathOf,
  RSA,
  resultOf,
  type SigningInput,
  sendSigned,
  signRequest,
  VERIFY,
} from './signed-request-scene.js';

/** The strictest option of every reading. */
const STRICT = {
  'login-md5-case': 'upper',
  'content-type': 'json',
  'json-numbers': 'refused',
  'system-time': 'window:1ms',
  'msgid-replay': 'refused',
  'login-ip-check': 'always',
  'verify-key-size': '1024',
};

interface Mode {
  readonly mode: string;
  readonly operation: string;
  readonly input?: SigningInput;
  readonly settings?: SigningInput;
}

const MODES: readonly Mode[] = [
  { mode: 'MD5 by default', operation: LOGIN },
  { mode: 'MD5', operation: LOGIN, input: { signing: 'md5' } },
  {
    mode: 'MD5 of an app that signs with appKey',
    operation: LOGIN,
    settings: { signSecret: 'appKey' },
  },
  { mode: 'RSA', operation: LOGIN, input: RSA, settings: KEYS },
  { mode: 'HMAC by default', operation: VERIFY },
  { mode: 'HMAC', operation: VERIFY, input: { signing: 'hmac' } },
  { mode: 'RSA', operation: VERIFY, input: RSA, settings: KEYS },
  {
    mode: 'RSA in hex',
    operation: VERIFY,
    input: RSA,
    settings: { ...KEYS, readings: { 'verify-rsa-encoding': 'hex' } },
  },
];

describe.each(MODES)('$operation, $mode', ({ operation, input = {}, settings = {} }) => {
  const success = operation === LOGIN ? '103000' : '000';

  async function scene(readings = {}) {
    const bench = await controlBench();
    const app = await createApp(bench, {
      ...settings,
      readings: { ...Object(settings['readings']), ...readings },
    });
    return {
      bench,
      app,
      options: { operation, token: await mint(bench, app, { capability: operation }), ...input },
    };
  }

  test('a request has the string to sign and its signature, and succeeds unchanged', async () => {
    const { bench, app, options } = await scene();
    const request = await signRequest(bench, app, options);
    expect(request).toMatchObject({
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(request.path).toBe(operation === LOGIN ? LOGIN_PATH : VERIFY_PATH);
    const body = JSON.parse(request.body);
    expect((body.body ?? body).sign).toBe(request.sign);
    expect(request.stringToSign).toContain(app.appId);
    expect(request.stringToSign).toContain(options.token);
    expect(await sendSigned(bench, request)).toBe(success);
  });

  test('with the strictest readings, it has the time of the app’s clock and a new msgid each time', async () => {
    const { bench, app, options } = await scene(STRICT);
    await bench.api
      .put(`/_mock/apps/${app.appId}/clock`)
      .send({ atMs: NOON_MS + 86_400_000, frozen: true })
      .expect(200);
    const token = await mint(bench, app, { capability: operation });
    const [one, two] = [
      await signRequest(bench, app, { ...options, token }),
      await signRequest(bench, app, { ...options, token }),
    ];
    expect(one.body).toContain('"20261126120000000"');
    expect(one.body).not.toBe(two.body);
    expect(await sendSigned(bench, two)).toBe(success);
  });
});

describe('the fields of a request', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await controlBench();
  });

  async function request(operation: string, fields: SigningInput, more: SigningInput = {}) {
    const app = await createApp(bench, KEYS);
    const token = await mint(bench, app, { capability: operation, operator: 'telecom' });
    const answer = await signRequest(bench, app, { operation, token, fields, ...more });
    return { app, token, answer, body: JSON.parse(answer.body) };
  }

  test('login has only the required fields of the document', async () => {
    const { body, app, token } = await request(LOGIN, {});
    expect(body).toEqual({
      version: '2.0',
      msgid: expect.stringMatching(/^[0-9a-f]{32}$/),
      systemtime: '20261125120000000',
      strictcheck: '0',
      appid: app.appId,
      token,
      sign: expect.stringMatching(/^[0-9A-F]{32}$/),
    });
  });

  test('verify has the fields of the document, and openType is the operator of the SIM card', async () => {
    const { body, app, token } = await request(VERIFY, {});
    const timestamp = '20261125120000000';
    expect(body).toEqual({
      header: {
        version: '1.0',
        msgId: expect.stringMatching(/^[0-9a-f]{32}$/),
        timestamp,
        appId: app.appId,
      },
      body: {
        openType: '3',
        requesterType: '0',
        keyType: '0',
        phoneNum: createHash('sha256')
          .update(`${PHONE_NUMBER}${app.appKey}${timestamp}`)
          .digest('hex')
          .toUpperCase(),
        token,
        sign: expect.stringMatching(/^[0-9A-F]{64}$/),
      },
    });
  });

  test('given fields are signed at login', async () => {
    const { answer, app } = await request(LOGIN, {
      strictcheck: '1',
      msgid: 'mine',
      expandparams: 'a=1',
    });
    const text = `${app.appId}2.0mine202611251200000001${JSON.parse(answer.body).token}${app.appSecret}`;
    expect(answer.stringToSign).toBe(text);
    expect(answer.sign).toBe(createHash('md5').update(text).digest('hex').toUpperCase());
    expect(await sendSigned(bench, answer)).toBe('103000');
  });

  test('given fields are sent: verify returns message and expandParams', async () => {
    const { answer } = await request(VERIFY, {
      message: 'a%20b',
      expandParams: 'p1%3D1',
      requesterType: '1',
    });
    const { body } = await bench.api.post(VERIFY_PATH).send(answer.body);
    expect(body).toMatchObject({
      header: { resultCode: '000' },
      body: { message: 'a%20b', expandParams: 'p1%3D1' },
    });
  });

  test('a given timestamp is also used in phoneNum, hashed or encrypted', async () => {
    const fields = { timestamp: '20121227180001165' };
    for (const more of [{}, RSA]) {
      const { answer } = await request(VERIFY, fields, more);
      expect(answer.body).toContain(fields.timestamp);
      expect(await sendSigned(bench, answer)).toBe('000');
    }
  });

  test('a given phoneNum is signed unchanged', async () => {
    const { answer, app } = await request(VERIFY, { phoneNum: 'F'.repeat(64), msgId: 'mine' });
    const text = `${app.appId}mine${'F'.repeat(64)}20261125120000000${JSON.parse(answer.body).body.token}1.0`;
    expect(answer.sign).toBe(
      createHmac('sha256', app.appKey).update(text).digest('hex').toUpperCase(),
    );
    expect(await sendSigned(bench, answer)).toBe('001');
  });

  test('a token in the fields replaces the other token', async () => {
    const app = await createApp(bench);
    const token = await mint(bench, app, { capability: VERIFY });
    expect(
      await resultOf(bench, app, { operation: VERIFY, token: 'another', fields: { token } }),
    ).toBe('000');
  });

  test('a wrong value is signed correctly, so that its own code is returned', async () => {
    const codes = [
      { operation: LOGIN, fields: { strictcheck: '2' }, code: '103414' },
      { operation: LOGIN, fields: { encryptionalgorithm: 'rsa' }, code: '103000' },
      { operation: LOGIN, fields: { appid: 'nobody' }, code: '103119' },
      { operation: LOGIN, fields: { token: '' }, code: '103811' },
      { operation: VERIFY, fields: { version: '1.1' }, code: '102' },
      { operation: VERIFY, fields: { keyType: '7' }, code: '000' },
      { operation: VERIFY, fields: { openType: '' }, code: '102' },
    ];
    for (const { operation, fields, code } of codes) {
      const { answer } = await request(operation, fields);
      expect({ fields, code: await sendSigned(bench, answer) }).toEqual({ fields, code });
    }
  });

  test('texts in every script are signed as they are parsed', async () => {
    const { answer } = await request(LOGIN, { msgid: '编号 🙂 "\\\u0000\ud800' });
    expect(await sendSigned(bench, answer)).toBe('103000');
  });
});

describe('verify’s phone number', () => {
  test.each([
    {
      description: 'is the token’s own',
      mint: { phoneNumber: '13911112222' },
      input: {},
      code: '000',
    },
    {
      description: 'is the given number',
      mint: {},
      input: { phoneNumber: PHONE_NUMBER },
      code: '000',
    },
    {
      description: 'may be another number',
      mint: {},
      input: { phoneNumber: '13911112222' },
      code: '001',
    },
  ])('$description', async ({ mint: mintOptions, input, code }) => {
    const bench = await controlBench();
    const app = await createApp(bench);
    const token = await mint(bench, app, { capability: VERIFY, ...mintOptions });
    expect(await resultOf(bench, app, { operation: VERIFY, token, ...input })).toBe(code);
  });

  test('is required for a token that is not of this app', async () => {
    const bench = await controlBench();
    const [app, other] = [await createApp(bench), await createApp(bench)];
    for (const token of ['STsid', await mint(bench, other, { capability: VERIFY })]) {
      const { body } = await bench.api
        .post(pathOf(app))
        .send({ operation: VERIFY, token })
        .expect(400);
      expect(body).toMatchObject({
        pointer: '/phoneNumber',
        detail: expect.stringContaining(token),
      });
      expect(
        await resultOf(bench, app, { operation: VERIFY, token, phoneNumber: PHONE_NUMBER }),
      ).toBe('606');
    }
  });

  test('is known even if the token is expired', async () => {
    const bench = await controlBench();
    const app = await createApp(bench);
    const token = await mint(bench, app, { capability: VERIFY, ageMs: 120_000 });
    expect(await resultOf(bench, app, { operation: VERIFY, token })).toBe('606');
  });
});

test('signing a request changes neither the journal nor the token', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = await mint(bench, app);
  await signRequest(bench, app, { operation: LOGIN, token });
  expect((await bench.api.get('/_mock/requests')).body.requests).toEqual([]);
  expect((await bench.api.get(`/_mock/apps/${app.appId}/tokens/${token}`)).body.status).toBe(
    'live',
  );
});
