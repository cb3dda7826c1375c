/** The exact replies. The document, 1.3 and 2.4. */
import { describe, expect, test } from 'vitest';
import { type App, compileApp } from '../../../mock-server/carrier/engine/app-settings.js';
import { ENGINE } from '../../../mock-server/carrier/engine/engine.js';
import type { RenderInputs } from '../../../mock-server/carrier/engine/operations/operation.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { DEFAULT_READINGS } from '../../../src/protocol/readings.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import {
  loginBody,
  loginRsaBody,
  NOW_MS,
  requestOf,
  type Scene,
  settingsOf,
  verifyBody,
} from '../../support/engine.js';
import { privateKeyOf, TEST_KEYS } from '../../support/keys.js';
import { MSG_ID } from '../../support/requests.js';

const TASK_ID = '188b0744159f413e9bfe7ecc5d5bcc71';
const ACCESS_TOKEN = 'b62585d15ee34869bd3c7e6ad62688e2';

function appOf(scene: Pick<Scene, 'settings' | 'readings'> = {}): App {
  return compileApp(settingsOf(scene));
}

interface ReplyInputs {
  readonly body: unknown;
  readonly resultCode: string;
  readonly phoneNumber?: string;
  readonly accessToken?: string;
  readonly app?: RenderInputs['app'];
}

function render(
  operation: Operation,
  { body, resultCode, phoneNumber, accessToken, ...rest }: ReplyInputs,
): string {
  const app = 'app' in rest ? rest.app : appOf();
  const decision = { resultCode, phoneNumber };
  const readings = app?.settings.readings ?? DEFAULT_READINGS;
  return ENGINE.render(requestOf(operation, body), {
    decision,
    app,
    readings,
    nowMs: NOW_MS,
    taskId: TASK_ID,
    accessToken,
  }).body;
}

const login = (inputs: ReplyInputs) => render('loginTokenValidate', inputs);
const verify = (inputs: ReplyInputs) => render('tokenValidate', inputs);

describe('login', () => {
  const refused = `{"inresponseto":"${MSG_ID}","resultCode":"103101","desc":"sign error","systemtime":"20261125093620000","taskId":"${TASK_ID}"}`;
  const withoutMsgId = refused.replace(MSG_ID, '');

  test.each([
    {
      description: 'success',
      inputs: { body: loginBody(), resultCode: '103000', phoneNumber: '13800138000' },
      expected: `{"inresponseto":"${MSG_ID}","resultCode":"103000","msisdn":"13800138000","systemtime":"20261125093620000","taskId":"${TASK_ID}"}`,
    },
    {
      description: 'a refusal',
      inputs: { body: loginBody(), resultCode: '103101' },
      expected: refused,
    },
    {
      description: 'a refusal of an RSA request',
      inputs: { body: loginRsaBody(), resultCode: '103101' },
      expected: refused,
    },
    {
      description: 'a refusal of an unknown app',
      inputs: { body: loginBody(), resultCode: '103101', app: undefined },
      expected: refused,
    },
    {
      description: 'a refusal without desc',
      inputs: {
        body: loginBody(),
        resultCode: '103101',
        app: appOf({ readings: { 'login-error-desc': 'absent' } }),
      },
      expected: refused.replace('"desc":"sign error",', ''),
    },
    {
      description: 'invalid JSON',
      inputs: { body: '{', resultCode: '103101' },
      expected: withoutMsgId,
    },
    {
      description: 'an absent msgid',
      inputs: { body: {}, resultCode: '103101' },
      expected: withoutMsgId,
    },
    {
      description: 'a number as msgid',
      inputs: { body: { msgid: 1 }, resultCode: '103101' },
      expected: withoutMsgId,
    },
    {
      description: 'a code that login does not have',
      inputs: { body: loginBody(), resultCode: '999' },
      expected: refused.replace('103101', '999').replace('"desc":"sign error",', ''),
    },
  ])('$description', ({ inputs, expected }) => {
    expect(login(inputs)).toBe(expected);
  });

  test.each(RESULTS.loginTokenValidate.filter(({ code }) => code !== '103000'))(
    '$code has no msisdn, and its desc right after resultCode',
    ({ code, descEn }) => {
      const text = login({ body: loginBody(), resultCode: code });
      expect(text).toContain(`"resultCode":"${code}","desc":"${descEn}","systemtime"`);
      expect(text).not.toContain('msisdn');
    },
  );

  test('success has no desc with either reading', () => {
    const app = appOf({ readings: { 'login-error-desc': 'absent' } });
    const inputs = { body: loginBody(), resultCode: '103000', phoneNumber: '13800138000' };
    expect(login({ ...inputs, app })).toBe(login(inputs));
    expect(login(inputs)).not.toContain('desc');
  });

  test('an RSA request gets the number encrypted with 应用公钥2, in upper-case hex', () => {
    const { msisdn } = JSON.parse(
      login({ body: loginRsaBody(), resultCode: '103000', phoneNumber: '13800138000' }),
    );
    expect(msisdn).toMatch(/^[0-9A-F]{256}$/);
    const key = privateKeyOf(TEST_KEYS.demoAppDecrypt.privateKey);
    expect(decryptPkcs1(Buffer.from(msisdn, 'hex'), key)).toBe('13800138000');
  });

  test.each([
    {
      description: 'the app has no 应用公钥2',
      body: loginRsaBody(),
      app: appOf({ settings: { appEncryptKey: null } }),
    },
    { description: 'the app is unknown', body: loginRsaBody(), app: undefined },
    {
      description: 'the request is not for RSA',
      body: loginBody({ encryptionalgorithm: 'rsa' }),
      app: appOf(),
    },
  ])('the number is in plain text if $description', ({ body, app }) => {
    const text = login({ body, resultCode: '103000', phoneNumber: '13800138000', app });
    expect(text).toContain('"msisdn":"13800138000"');
  });
});

describe('verify', () => {
  const headerOf = (code: string, appId = '300000000001', msgId = MSG_ID) =>
    `"header":{"appId":"${appId}","msgId":"${msgId}","resultCode":"${code}","timestamp":"20261125093620000"}`;
  const header = headerOf('000');
  const own = `{"body":{"message":"","resultDesc":"是本机号码","taskId":"${TASK_ID}"},${header}}`;

  test.each([
    {
      description: 'the own number',
      inputs: { body: verifyBody(), resultCode: '000' },
      expected: own,
    },
    {
      description: 'message and expandParams are echoed unchanged',
      inputs: {
        body: verifyBody({ body: { message: 'a%20b', expandParams: 'a%3D1%7Cb%3D2' } }),
        resultCode: '000',
      },
      expected: `{"body":{"message":"a%20b","resultDesc":"是本机号码","taskId":"${TASK_ID}","expandParams":"a%3D1%7Cb%3D2"},${header}}`,
    },
    {
      description: 'an empty expandParams is echoed too',
      inputs: { body: verifyBody({ body: { expandParams: '' } }), resultCode: '000' },
      expected: own.replace(`"${TASK_ID}"`, `"${TASK_ID}","expandParams":""`),
    },
    {
      description: 'not the own number, with an accessToken at the end of the body',
      inputs: {
        body: verifyBody({ body: { expandParams: 'e' } }),
        resultCode: '001',
        accessToken: ACCESS_TOKEN,
      },
      expected: `{"body":{"message":"","resultDesc":"非本机号码","taskId":"${TASK_ID}","expandParams":"e","accessToken":"${ACCESS_TOKEN}"},${headerOf('001')}}`,
    },
    {
      description: 'invalid JSON',
      inputs: { body: '{', resultCode: '303', app: undefined },
      expected: `{"body":{"message":"","resultDesc":"参数解析错误","taskId":"${TASK_ID}"},${headerOf('303', '', '')}}`,
    },
    {
      description: 'values that are not Strings',
      inputs: {
        body: { header: { appId: 1, msgId: null }, body: { message: 2, expandParams: {} } },
        resultCode: '102',
      },
      expected: `{"body":{"message":"","resultDesc":"参数无效","taskId":"${TASK_ID}"},${headerOf('102', '', '')}}`,
    },
    {
      description: 'the former code',
      inputs: { body: verifyBody(), resultCode: '102315' },
      expected: own
        .replace('是本机号码', '次数已用完')
        .replace('"resultCode":"000"', '"resultCode":"102315"'),
    },
    {
      description: 'a code that verify does not have',
      inputs: { body: verifyBody(), resultCode: '103000' },
      expected: own
        .replace('是本机号码', '')
        .replace('"resultCode":"000"', '"resultCode":"103000"'),
    },
  ])('$description', ({ inputs, expected }) => {
    expect(verify(inputs)).toBe(expected);
  });

  test.each([
    { reading: 'echoed', message: 'a%20b+c', echo: '"message":"a%20b+c",' },
    { reading: 'decoded', message: 'a%20b+c', echo: '"message":"a b c",' },
    { reading: 'decoded', message: '100%', echo: '"message":"100%",' },
    { reading: 'empty', message: 'a%20b+c', echo: '"message":"",' },
    { reading: 'absent', message: 'a%20b+c', echo: '' },
  ] as const)(
    'with the reading verify-echo $reading, the message $message gives $echo',
    ({ reading, message, echo }) => {
      const app = appOf({ readings: { 'verify-echo': reading } });
      const text = verify({ body: verifyBody({ body: { message } }), resultCode: '000', app });
      expect(text).toBe(own.replace('"message":"",', echo));
    },
  );

  test.each([
    { reading: 'echoed', expected: 'a%20b' },
    { reading: 'decoded', expected: 'a b' },
    { reading: 'empty', expected: undefined },
    { reading: 'absent', expected: undefined },
  ] as const)(
    'with the reading verify-echo $reading, expandParams a%20b comes back as $expected',
    ({ reading, expected }) => {
      const app = appOf({ readings: { 'verify-echo': reading } });
      const body = verifyBody({ body: { expandParams: 'a%20b' } });
      const sent = JSON.parse(verify({ body, resultCode: '000', app }));
      expect(sent.body.expandParams).toBe(expected);
    },
  );

  test.each(RESULTS.tokenValidate)('$code has the text $desc', ({ code, desc }) => {
    expect(JSON.parse(verify({ body: verifyBody(), resultCode: code }))).toMatchObject({
      body: { resultDesc: desc },
      header: { resultCode: code },
    });
  });
});

describe('an echoed text stays valid JSON', () => {
  test.each([
    { description: 'quotes and backslashes', text: '"\\/', json: '"\\"\\\\/"' },
    { description: 'control characters', text: '\u0000\n\u007f', json: '"\\u0000\\n\u007f"' },
    { description: 'astral characters', text: '😀', json: '"😀"' },
    { description: 'a lone high surrogate', text: '\ud83d', json: '"\\ud83d"' },
    { description: 'a lone low surrogate', text: 'a\ude00', json: '"a\\ude00"' },
    { description: 'line separators', text: '\u2028', json: '"\u2028"' },
    { description: 'markup', text: '<b>&', json: '"<b>&"' },
  ])('$description', ({ text, json }) => {
    expect(login({ body: loginBody({ msgid: text }), resultCode: '103101' })).toContain(
      `"inresponseto":${json},`,
    );
    const body = verifyBody({
      header: { msgId: text, appId: text },
      body: { message: text, expandParams: text },
    });
    const reply = verify({ body, resultCode: '302' });
    expect(reply.split(json)).toHaveLength(5);
    expect(Buffer.from(reply).toString()).toBe(reply);
  });
});

test('the timestamp is the given time in Beijing', () => {
  const inputs = {
    decision: { resultCode: '000', phoneNumber: undefined },
    app: undefined,
    readings: DEFAULT_READINGS,
    taskId: '',
    accessToken: undefined,
  };
  const request = requestOf('tokenValidate', verifyBody());
  expect(ENGINE.render(request, { ...inputs, nowMs: 0 }).body).toContain(
    '"timestamp":"19700101080000000"',
  );
});
