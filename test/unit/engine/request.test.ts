/** Reading a request: its method and content type, its JSON object, and the fields in it. What the contract cases have is not repeated. */
import { describe, expect, test } from 'vitest';
import { type CarrierRequest, parseDraft } from '../../../mock-server/carrier/engine/request.js';
import { wireNames } from '../../../src/protocol/fields.js';
import { exchangeOf, loginBody, requestOf, TOKEN, verifyBody } from '../../support/engine.js';
import { MSG_ID, SENT_AT } from '../../support/requests.js';

/** Whether the body is one JSON object. */
const isRead = ({ bodyForm }: CarrierRequest) => ['object', 'marked'].includes(bodyForm);

const login = (body: unknown, rest: Parameters<typeof requestOf>[2] = {}) =>
  requestOf('loginTokenValidate', body, rest);
const verify = (body: unknown, rest: Parameters<typeof requestOf>[2] = {}) =>
  requestOf('tokenValidate', body, rest);
const LOGIN_JSON = JSON.stringify(loginBody());
const VERIFY_JSON = JSON.stringify(verifyBody());

const COMPLETE = {
  pathRight: true,
  methodRight: true,
  bodyForm: 'object',
  contentTypeIsJson: true,
  wrongValues: [],
  msgId: MSG_ID,
  sentAt: SENT_AT,
  untexted: [],
  signing: 'rsa',
  appId: '300000000001',
  token: TOKEN,
  sign: 'S',
};

test('a complete login request is read', () => {
  const body = loginBody({ expandparams: 'k=v', encryptionalgorithm: 'RSA', sign: 'S' });
  expect(login(body)).toEqual({
    ...COMPLETE,
    json: body,
    operation: 'loginTokenValidate',
    version: '2.0',
    expandParams: 'k=v',
    strictCheck: '0',
    encryptionAlgorithm: 'RSA',
  });
});

test('a complete verify request is read', () => {
  const changes = {
    message: 'm',
    expandParams: 'a%3D1',
    keyType: '1',
    sign: 'S',
    phoneNum: 'P',
    requesterType: '1',
  };
  const body = verifyBody({ body: changes });
  expect(verify(body)).toEqual({
    ...COMPLETE,
    json: body,
    operation: 'tokenValidate',
    version: '1.0',
    expandParams: 'a%3D1',
    openType: '1',
    requesterType: '1',
    message: 'm',
    keyType: '1',
    phoneNum: 'P',
  });
});

test.each(['GET', 'HEAD', 'post'])('the method %s is wrong', (method) => {
  const exchange = { method };
  expect([
    login(loginBody(), { exchange }).methodRight,
    verify(verifyBody(), { exchange }).methodRight,
  ]).toEqual([false, false]);
});

describe('content-type json checks the first Content-Type', () => {
  test.each([
    [['Content-Type', 'application/json'], true],
    [['content-type', 'application/json'], true],
    [['CONTENT-TYPE', 'Application/JSON'], true],
    [['Content-Type', 'application/json;charset=utf-8'], true],
    [['Content-Type', ' application/json ; charset=utf-8'], true],
    [['Host', 'x', 'Content-Type', 'application/json'], true],
    [['Content-Type', 'application/json', 'Content-Type', 'text/plain'], true],
    [['Content-Type', 'text/plain', 'Content-Type', 'application/json'], false],
    [['Content-Type', 'application/jsonp'], false],
    [['Content-Type', 'text/json'], false],
    [['Content-Type', 'text/plain; application/json'], false],
    [['Content-Type', ''], false],
    [['Content-Type'], false],
    [['application/json', 'application/json'], false],
    // A value equal to the name of the header is not a name.
    [['X-A', 'Content-Type', 'application/json', 'x'], false],
    [[], false],
  ])('%o: %s', (rawHeaders, expected) => {
    const json = { exchange: { rawHeaders }, readings: { 'content-type': 'json' } } as const;
    expect([
      login(loginBody(), json).contentTypeIsJson,
      verify(verifyBody(), json).contentTypeIsJson,
    ]).toEqual([expected, expected]);
    expect(login(loginBody(), { exchange: { rawHeaders } }).contentTypeIsJson).toBe(true);
  });
});

describe('a readable body is one JSON object', () => {
  test.each([
    ['after a byte order mark', `\ufeff${LOGIN_JSON}`, true],
    ['CRLF and tabs', JSON.stringify(loginBody(), undefined, '\t').replaceAll('\n', '\r\n'), true],
    ['an empty object', '{}', true],
    ['after two byte order marks', `\ufeff\ufeff${LOGIN_JSON}`, false],
    ['only a byte order mark', '\ufeff', false],
    ['a byte order mark at the end', `${LOGIN_JSON}\ufeff`, false],
    ['an array', `[${LOGIN_JSON}]`, false],
    ['null', 'null', false],
    ['a string', JSON.stringify(LOGIN_JSON), false],
    ['a number', '1', false],
    ['true', 'true', false],
    ['an empty body', '', false],
    ['white space', ' ', false],
    ['a number as a name', '{1:"x","appid":"a"}', false],
  ])('%s', (_, body, expected) => {
    const readings = { 'json-numbers': 'any' } as const;
    expect([login(body), verify(body)].map(isRead)).toEqual([expected, expected]);
    expect(isRead(login(body, { readings }))).toBe(expected);
  });

  test.each([
    { bodyBytes: 65_536, expected: true },
    { bodyBytes: 65_537, expected: false },
  ])(
    'of $bodyBytes bytes on the wire, whatever its characters: $expected',
    ({ bodyBytes, expected }) => {
      expect(isRead(login(LOGIN_JSON, { exchange: { bodyBytes } }))).toBe(expected);
    },
  );

  test('an unreadable body has no fields', () => {
    const none = { msgId: undefined, appId: undefined, token: undefined, sign: undefined };
    expect(login('[]')).toMatchObject({ ...none, bodyForm: 'list', wrongValues: [] });
    expect(verify('"text"')).toMatchObject({
      ...none,
      bodyForm: 'value',
      signing: 'hmac',
    });
  });
});

describe('the fields', () => {
  test('are ignored if unknown, whatever their value', () => {
    const unknown = {
      extra: 1,
      nested: { appid: 'x' },
      list: [null],
      appId: 'x',
      msgId: 1,
      timestamp: null,
    };
    expect(login({ ...loginBody(), ...unknown })).toEqual({
      ...login(loginBody()),
      json: expect.anything(),
    });
    const { header, body } = verifyBody();
    const sent = {
      header: { ...header, extra: 1, appid: 2 },
      body: { ...body, extra: null, appId: 3 },
      token: 4,
    };
    expect(verify(sent)).toEqual({ ...verify(verifyBody()), json: expect.anything() });
  });

  test('are not inherited: __proto__ and constructor are ordinary fields', () => {
    const proto = '"__proto__":{"appid":"x","appId":"x","header":{"appId":"x"}},"constructor":{}';
    expect(login(`{${proto}}`)).toMatchObject({
      bodyForm: 'object',
      wrongValues: [],
      appId: undefined,
    });
    expect(verify(`{${proto}}`)).toMatchObject({
      bodyForm: 'object',
      appId: undefined,
    });
    expect(login(LOGIN_JSON.replace('{', `{${proto},`))).toEqual({
      ...login(loginBody()),
      json: expect.anything(),
    });
    expect(verify(VERIFY_JSON.replace('{"version"', `{${proto},"version"`))).toEqual({
      ...verify(verifyBody()),
      json: expect.anything(),
    });
  });

  test('have their last value if they are duplicated', () => {
    expect(login(LOGIN_JSON.replace('{', '{"appid":"first",'))).toEqual({
      ...login(loginBody()),
      json: expect.anything(),
    });
    expect(login(LOGIN_JSON.replace(/}$/, ',"appid":"last"}')).appId).toBe('last');
  });

  const NOT_STRINGS = [null, 1, true, {}, []];
  const FIELDS = [
    ...['version', 'msgid', 'systemtime', 'strictcheck', 'appid', 'token', 'sign', 'expandparams'],
    'encryptionalgorithm',
  ].map((field) => ({ field, of: (value: unknown) => login(loginBody({ [field]: value })) }));
  const IN_ENVELOPE = {
    header: ['version', 'msgId', 'timestamp', 'appId'],
    body: ['openType', 'requesterType', 'message', 'expandParams', 'phoneNum', 'token', 'sign'],
  };
  const VERIFY_FIELDS = Object.entries(IN_ENVELOPE).flatMap(([part, fields]) =>
    fields.map((field) => ({
      field: `${part}/${field}`,
      of: (value: unknown) => verify(verifyBody({ [part]: { [field]: value } })),
    })),
  );

  test.each([...FIELDS, ...VERIFY_FIELDS])('$field is a String or absent', ({ of }) => {
    expect(NOT_STRINGS.filter((value) => of(value).wrongValues.length !== 1)).toEqual([]);
    expect(['', undefined].flatMap((value) => of(value).wrongValues)).toEqual([]);
  });

  test.each([
    { reading: 'keyType', expected: [true, true, false] },
    { reading: 'refused', expected: [true, false, false] },
    { reading: 'any', expected: [true, true, false] },
  ] as const)(
    'verify: keyType as string, number and null with json-numbers $reading',
    ({ reading, expected }) => {
      const readings = { 'json-numbers': reading };
      const valid = (keyType: unknown) =>
        verify(verifyBody({ body: { keyType } }), { readings }).wrongValues.length === 0;
      expect(['1', 1, null].map(valid)).toEqual(expected);
    },
  );

  test('by default, a number is not a value', () => {
    expect(login(loginBody({ appid: 1, msgid: 2 }))).toMatchObject({
      appId: undefined,
      msgId: undefined,
    });
  });
});

describe('json-numbers any', () => {
  const readings = { 'json-numbers': 'any' } as const;
  const textsOf = (request: object) =>
    Object.values(request).filter((value) => /^\d+$/.test(value));

  test('reads a number, and nothing else, as its text', () => {
    const sent = Object.fromEntries(
      wireNames('loginTokenValidate').map((field, at) => [field, at]),
    );
    expect(textsOf(login(sent, { readings }))).toEqual([...'012345678']);
    expect(login(sent, { readings }).wrongValues).toEqual([]);
    expect(login({ appid: true, token: null }, { readings })).toMatchObject({
      appId: undefined,
      token: undefined,
    });
    const envelope = {
      header: { version: 0, msgId: 1, timestamp: 2, appId: 3 },
      body: {
        openType: 4,
        requesterType: 5,
        message: 6,
        expandParams: 7,
        keyType: 8,
        phoneNum: 9,
        token: 10,
        sign: 11,
      },
    };
    expect(textsOf(verify(envelope, { readings }))).toEqual([...'0123456789', '10', '11']);
  });

  test.each(['0', '-1', '17955597570543730', '1.25', '-0.5', '1e5', '2E10', '12.75e+10', '1e-12'])(
    'reads %s unchanged',
    (number) => {
      const request = login(`{"appid":${number},"msgid":"1.5 \\"2\\" 3"}`, { readings });
      expect(request).toMatchObject({ appId: number, msgId: '1.5 "2" 3' });
    },
  );
});

describe('the draft, before the app is known', () => {
  test('reads appid, msgid and token as strings and as numbers', () => {
    const flat = parseDraft(exchangeOf('loginTokenValidate', { appid: 1, msgid: 2, token: 3 }));
    expect(flat).toMatchObject({ appId: '1', msgId: '2', token: '3' });
    const envelope = { header: { appId: 'a', msgId: 5 }, body: { token: 't' } };
    expect(parseDraft(exchangeOf('tokenValidate', envelope))).toMatchObject({
      appId: 'a',
      msgId: '5',
      token: 't',
    });
  });

  test.each([
    { description: 'invalid JSON', body: '{' },
    { description: 'an empty object', body: '{}' },
    {
      description: 'other types',
      body: { appid: null, msgid: true, token: {}, header: [], body: 'x' },
    },
    {
      description: 'the names of the other operation',
      body: { appId: 'a', header: { appid: 'b' }, body: { appId: 'c' } },
    },
  ])('reads none of them for $description', ({ body }) => {
    const none = { appId: undefined, msgId: undefined, token: undefined };
    for (const operation of ['loginTokenValidate', 'tokenValidate'] as const)
      expect(parseDraft(exchangeOf(operation, body))).toMatchObject(none);
  });
});
