/** The requests that the builders return: their content, refused input, and what logs hide. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  ArgumentError,
  buildLoginTokenValidateRequest,
  buildTokenValidateRequest,
  ConfigurationError,
  type LoginTokenValidateInput,
  MockError,
  type TokenValidateInput,
} from '../../../src/index.js';
import { APP, MSG_ID, OWN, SENT_AT_MS, TOKEN, thrown } from '../../support/client.js';
import { publicKeyOfBits, TEST_KEYS } from '../../support/keys.js';

const LOGIN: LoginTokenValidateInput = {
  appId: APP.appId,
  token: TOKEN,
  signing: { by: 'md5', secret: APP.appSecret },
  msgId: MSG_ID,
  sentAtMs: SENT_AT_MS,
};

const VERIFY: TokenValidateInput = {
  appId: APP.appId,
  appKey: APP.appKey,
  token: TOKEN,
  phoneNumber: OWN,
  signing: { by: 'hmac' },
  msgId: MSG_ID,
  sentAtMs: SENT_AT_MS,
};

const MINTED = `STsid000000${'1'.repeat(13)}MOCKabcdef${'0'.repeat(22)}`;

function verifyBody(changes: Partial<TokenValidateInput>) {
  return JSON.parse(buildTokenValidateRequest({ ...VERIFY, ...changes }).body).body;
}

test('empty expandParams and an empty message are sent', () => {
  const login = JSON.parse(buildLoginTokenValidateRequest({ ...LOGIN, expandParams: '' }).body);
  expect(login, 'the login request').toHaveProperty('expandparams', '');
  expect(verifyBody({ message: '' }), 'the verify request').toHaveProperty('message', '');
  expect(verifyBody({ expandParams: {} }), 'the verify request').toHaveProperty('expandParams', '');
});

test('a login request has its path, JSON and Beijing time', () => {
  const { url, method, headers, body, msgId, operation, signing } =
    buildLoginTokenValidateRequest(LOGIN);
  expect({ url, method, msgId, operation, signing }).toEqual({
    url: 'https://www.cmpassport.com/unisdk/rsapi/loginTokenValidate',
    method: 'POST',
    msgId: MSG_ID,
    operation: 'loginTokenValidate',
    signing: 'md5',
  });
  expect(headers['content-type']).toBe('application/json');
  expect(JSON.parse(body)).toMatchObject({
    systemtime: '20261125093619762',
    version: '2.0',
    strictcheck: '0',
  });
});

test('a verify request has its path, and not the number', () => {
  const { url, body } = buildTokenValidateRequest(VERIFY);
  expect(url).toBe('https://www.cmpassport.com/openapi/rs/tokenValidate');
  expect(body).not.toContain(OWN);
  expect(JSON.parse(body).header).toEqual({
    version: '1.0',
    msgId: MSG_ID,
    timestamp: '20261125093619762',
    appId: APP.appId,
  });
});

test.each([
  {
    description: 'an app sends openType',
    changes: {},
    expected: { openType: '0', requesterType: '0' },
  },
  { description: 'mobile is 1', changes: { operator: 'mobile' }, expected: { openType: '1' } },
  { description: 'unicom is 2', changes: { operator: 'unicom' }, expected: { openType: '2' } },
  { description: 'telecom is 3', changes: { operator: 'telecom' }, expected: { openType: '3' } },
  { description: 'unknown is 0', changes: { operator: 'unknown' }, expected: { openType: '0' } },
  {
    description: 'wap is 1',
    changes: { requesterType: 'wap', operator: 'mobile' },
    expected: { requesterType: '1' },
  },
  {
    description: 'a message is URL-encoded',
    changes: { message: '你好 &1' },
    expected: { message: '%E4%BD%A0%E5%A5%BD%20%261' },
  },
  {
    description: 'expandParams are URL-encoded as a whole',
    changes: { expandParams: { a: '1', b: 'x=y' } },
    expected: { expandParams: 'a%3D1%7Cb%3Dx%3Dy' },
  },
] as const)('$description', ({ changes, expected }) => {
  expect(verifyBody(changes)).toMatchObject(expected);
});

test('wap without an operator sends no openType', () => {
  expect(verifyBody({ requesterType: 'wap' })).not.toHaveProperty('openType');
});

test('the hints are not signed', () => {
  expect(verifyBody({ message: 'm', operator: 'telecom', expandParams: { a: 'b' } }).sign).toBe(
    verifyBody({}).sign,
  );
});

test.each([
  {
    url: 'https://gateway.test/carrier/',
    expected: 'https://gateway.test/carrier/openapi/rs/tokenValidate',
  },
  {
    url: 'https://gateway.test:8443',
    expected: 'https://gateway.test:8443/openapi/rs/tokenValidate',
  },
  { url: 'http://127.0.0.1:10086', expected: 'http://127.0.0.1:10086/openapi/rs/tokenValidate' },
  { url: 'http://[::1]:10086/', expected: 'http://[::1]:10086/openapi/rs/tokenValidate' },
])('with baseUrl $url, the URL is $expected', ({ url, expected }) => {
  expect(buildTokenValidateRequest({ ...VERIFY, baseUrl: url }).url).toBe(expected);
});

test.each(['http://gateway.test', 'http://127.0.0.1.test'])(
  '%s is refused only in production',
  (baseUrl) => {
    expect(
      thrown(() => buildLoginTokenValidateRequest({ ...LOGIN, baseUrl }), ConfigurationError).field,
    ).toBe('baseUrl');
    expect(buildLoginTokenValidateRequest({ ...LOGIN, baseUrl, production: false }).url).toContain(
      baseUrl,
    );
  },
);

describe('refused input', () => {
  const many = 'x'.repeat(36);
  test.each([
    { description: 'an empty token', changes: { token: '' }, found: 'an empty text' },
    {
      description: 'a token with a line break',
      changes: { token: `${TOKEN}\n` },
      found: 'white space in it',
    },
    { description: 'a token with a NUL', changes: { token: `a\0b` }, found: 'white space in it' },
    {
      description: 'a token of 4097 characters',
      changes: { token: 'x'.repeat(4097) },
      found: '4097 characters',
    },
    { description: 'no token', changes: { token: undefined as never }, found: 'nothing' },
    { description: 'a token that is null', changes: { token: null as never }, found: 'null' },
    { description: 'an empty msgId', changes: { msgId: '' }, found: '0' },
    { description: 'a msgId of 37 characters', changes: { msgId: `${many}x` }, found: '37' },
    { description: 'half a millisecond', changes: { sentAtMs: 0.5 }, found: 'whole number' },
    { description: 'a time before 1970', changes: { sentAtMs: -1 }, found: 'whole number' },
    { description: 'a time that is NaN', changes: { sentAtMs: Number.NaN }, found: 'whole number' },
    {
      description: 'the year 10000',
      changes: { sentAtMs: Date.UTC(9999, 11, 31, 16) },
      found: 'whole number',
    },
    {
      description: 'signing by HMAC',
      changes: { signing: { by: 'hmac' as never, secret: 's' } },
      found: 'one of md5, rsa',
    },
    {
      description: 'another strictCheck',
      changes: { strictCheck: '2' as never },
      found: 'one of 0, 1',
    },
  ])('login refuses $description', ({ changes, found }) => {
    const error = thrown(
      () => buildLoginTokenValidateRequest({ ...LOGIN, ...changes }),
      ArgumentError,
    );
    expect(error.field).toContain(Object.keys(changes)[0]);
    expect(error.code).toBe('ERR_ARGUMENT');
    expect(error.message).toContain(found);
  });

  test.each([
    { description: 'a token of 4096 characters', changes: { token: 'x'.repeat(4096) } },
    { description: 'a msgId of 36 characters', changes: { msgId: many } },
    { description: 'the first moment', changes: { sentAtMs: 0 } },
    { description: 'the last moment', changes: { sentAtMs: Date.UTC(9999, 11, 31, 16) - 1 } },
    { description: 'strictCheck 1', changes: { strictCheck: '1' as const } },
  ])('login accepts $description', ({ changes }) => {
    expect(buildLoginTokenValidateRequest({ ...LOGIN, ...changes }).body).toContain('"sign"');
  });

  test.each([
    { given: '', found: 'an empty text' },
    { given: '+8613800138000', found: 'a country code' },
    { given: '008613800138000', found: 'a country code' },
    { given: '8613800138000', found: 'a country code' },
    { given: '86-13800138000', found: 'a country code' },
    { given: '138 0013 8000', found: 'spaces, dashes, dots or brackets' },
    { given: '138-0013-8000', found: 'spaces, dashes, dots or brackets' },
    { given: ' 13800138000', found: 'spaces, dashes, dots or brackets' },
    { given: '13800138000\n', found: 'spaces, dashes, dots or brackets' },
    { given: '１３８００１３８０００', found: 'full-width digits' },
    { given: '138xxxx8000', found: 'masked digits' },
    { given: '138****8000', found: 'masked digits' },
    { given: '1380013800a', found: 'characters that are not digits' },
    { given: '23800138000', found: 'a first digit other than 1' },
    { given: '1380013800', found: '10 digits' },
    { given: '138001380000', found: '12 digits' },
    { given: 13_800_138_000, found: 'a value of type number' },
    { given: undefined, found: 'nothing' },
    { given: ['13800138000'], found: 'an array' },
  ])('the phone number $given is refused: found $found', ({ given, found }) => {
    const error = thrown(
      () => buildTokenValidateRequest({ ...VERIFY, phoneNumber: given as string }),
      ArgumentError,
    );
    expect(error.message).toBe(
      `phoneNumber must be eleven digits that begin with 1, found ${found}`,
    );
  });

  test.each([
    { field: 'operator', changes: { operator: 'china' as never } },
    { field: 'operator', changes: { operator: 'toString' as never } },
    { field: 'requesterType', changes: { requesterType: '0' as never } },
    { field: 'message', changes: { message: '\ud800' } },
    { field: 'expandParams', changes: { expandParams: { 'a|b': '1' } } },
    { field: 'expandParams', changes: { expandParams: { 'a=b': '1' } } },
    { field: 'expandParams', changes: { expandParams: { '': '1' } } },
    { field: 'expandParams', changes: { expandParams: { a: '1|2' } } },
    { field: 'signing.by', changes: { signing: { by: 'md5' as never } } },
  ])('verify refuses $field of $changes', ({ field, changes }) => {
    expect(
      thrown(() => buildTokenValidateRequest({ ...VERIFY, ...changes }), ArgumentError).field,
    ).toBe(field);
  });

  test.each([
    { field: 'appId', changes: { appId: '' } },
    { field: 'appId', changes: { appId: ' 300011223344' } },
    { field: 'appKey', changes: { appKey: `${APP.appKey}\n` } },
    { field: 'appKey', changes: { appKey: TEST_KEYS.demoAppSign.privateKey } },
    { field: 'baseUrl', changes: { baseUrl: 'www.cmpassport.com' } },
    { field: 'baseUrl', changes: { baseUrl: 'ftp://www.cmpassport.com' } },
    { field: 'baseUrl', changes: { baseUrl: 'https://user:pass@www.cmpassport.com' } },
    { field: 'baseUrl', changes: { baseUrl: 'https://www.cmpassport.com?a=1' } },
    { field: 'baseUrl', changes: { baseUrl: 'https://www.cmpassport.com#a' } },
  ])('verify refuses the setting $field of $changes', ({ field, changes }) => {
    const error = thrown(
      () => buildTokenValidateRequest({ ...VERIFY, ...changes }),
      ConfigurationError,
    );
    expect([error.field, error.code]).toEqual([field, 'ERR_CONFIGURATION']);
  });

  test('a platform key of 1023 bits is refused, one of 1024 is accepted', () => {
    const { demoAppSign } = TEST_KEYS;
    const build = (bits: number) => () =>
      buildTokenValidateRequest({
        ...VERIFY,
        signing: {
          by: 'rsa',
          appSignPrivateKey: demoAppSign.privateKey,
          platformPublicKey: publicKeyOfBits(bits),
        },
      });
    expect(thrown(build(1023), ConfigurationError).message).toContain('a key of 1023 bits');
    expect(build(1024)().signing).toBe('rsa');
  });
});

describe('a token of the mock', () => {
  test.each([
    { description: 'a minted token is refused in production', token: MINTED, refused: true },
    {
      description: 'a magic token is refused in production',
      token: `STsid${'0'.repeat(19)}MOCKRESULTCODE${'103000'.padStart(18, '0')}`,
      refused: true,
    },
    { description: 'the document’s token is accepted', token: TOKEN, refused: false },
    {
      description: 'a token with the mark at another position is accepted',
      token: MINTED.replace('MOCKab', 'aMOCKb'),
      refused: false,
    },
    {
      description: 'a token with the mark in lower case is accepted',
      token: MINTED.replace('MOCK', 'mock'),
      refused: false,
    },
    { description: 'a longer token is accepted', token: `${MINTED}0`, refused: false },
  ])('$description', ({ token, refused }) => {
    const builds = [
      (production?: false) => buildLoginTokenValidateRequest({ ...LOGIN, token, production }),
      (production?: false) => buildTokenValidateRequest({ ...VERIFY, token, production }),
    ];
    for (const build of builds) {
      expect(build(false).body).toContain(token);
      if (!refused) expect(build().body).toContain(token);
      else
        expect(thrown(() => build(), MockError)).toMatchObject({
          code: 'ERR_MOCK',
          maybeSent: false,
        });
    }
  });
});

test('a logged request hides its body, and a copy has it', () => {
  const request = buildLoginTokenValidateRequest(LOGIN);
  const { token, sign } = JSON.parse(request.body);
  const seen = inspect({ a: [request] }, { showHidden: true, depth: 9 });
  for (const hidden of [token, sign]) expect(`${seen} ${request}`).not.toContain(hidden);
  expect(seen).toContain(MSG_ID);
  expect(JSON.parse(JSON.stringify(request))).toEqual({ ...request, body: '[hidden]' });
  expect([Object.isFrozen(request), Object.isFrozen(request.headers)]).toEqual([true, true]);
});
