/** Reading a request: its JSON object and the fields in it. */
import { describe, expect, test } from 'vitest';
import { parseDraft } from '../../../mock-server/carrier/engine/parse.js';
import { BODY_BYTES_MAX } from '../../../mock-server/carrier/engine/request.js';
import { exchangeOf, judge, loginBody, requestOf, TOKEN, verdict, verifyBody } from '../../support/engine.js';
import { MSG_ID, SENT_AT } from '../../support/requests.js';

const login = (body: unknown, rest: Parameters<typeof requestOf>[2] = {}) =>
  requestOf('loginTokenValidate', body, rest);
const verify = (body: unknown, rest: Parameters<typeof requestOf>[2] = {}) => requestOf('tokenValidate', body, rest);
const LOGIN_JSON = JSON.stringify(loginBody());
const VERIFY_JSON = JSON.stringify(verifyBody());

test('a complete login request is read', () => {
  const body = loginBody({ expandparams: 'k=v', encryptionalgorithm: 'RSA', sign: 'S' });
  expect(login(body)).toEqual({
    operation: 'loginTokenValidate',
    urlRight: true,
    bodyReadable: true,
    contentTypeIsJson: true,
    valuesAreStrings: true,
    version: '2.0',
    msgId: MSG_ID,
    sentAt: SENT_AT,
    appId: '300000000001',
    token: TOKEN,
    sign: 'S',
    expandParams: 'k=v',
    strictCheck: '0',
    encryptionAlgorithm: 'RSA',
  });
});

test('a complete verify request is read', () => {
  const changes = { message: 'm', expandParams: 'a%3D1', keyType: '1', sign: 'S', phoneNum: 'P', requesterType: '1' };
  expect(verify(verifyBody({ body: changes }))).toEqual({
    operation: 'tokenValidate',
    urlRight: true,
    bodyReadable: true,
    contentTypeIsJson: true,
    envelopeWhole: true,
    valuesAreStrings: true,
    version: '1.0',
    msgId: MSG_ID,
    sentAt: SENT_AT,
    appId: '300000000001',
    token: TOKEN,
    sign: 'S',
    expandParams: 'a%3D1',
    openType: '1',
    requesterType: '1',
    message: 'm',
    keyType: 'rsa',
    phoneNum: 'P',
  });
});

describe('a readable body is one JSON object', () => {
  const pretty = JSON.stringify(loginBody(), undefined, 2);

  test.each([
    { description: 'compact', body: LOGIN_JSON, expected: true },
    { description: 'pretty-printed', body: pretty, expected: true },
    { description: 'CRLF and tabs', body: pretty.replaceAll('\n', '\r\n').replaceAll('  ', '\t'), expected: true },
    { description: 'after a byte order mark', body: `\ufeff${LOGIN_JSON}`, expected: true },
    { description: 'after two byte order marks', body: `\ufeff\ufeff${LOGIN_JSON}`, expected: false },
    { description: 'only a byte order mark', body: '\ufeff', expected: false },
    { description: 'a byte order mark at the end', body: `${LOGIN_JSON}\ufeff`, expected: false },
    { description: 'an empty object', body: '{}', expected: true },
    { description: 'an array', body: `[${LOGIN_JSON}]`, expected: false },
    { description: 'null', body: 'null', expected: false },
    { description: 'a string', body: JSON.stringify(LOGIN_JSON), expected: false },
    { description: 'a number', body: '1', expected: false },
    { description: 'true', body: 'true', expected: false },
    { description: 'an empty body', body: '', expected: false },
    { description: 'white space', body: ' ', expected: false },
    { description: 'truncated', body: LOGIN_JSON.slice(0, -1), expected: false },
    { description: 'a letter after the object', body: `${LOGIN_JSON}x`, expected: false },
    { description: 'two objects', body: LOGIN_JSON + LOGIN_JSON, expected: false },
    { description: 'a trailing comma', body: `${LOGIN_JSON.slice(0, -1)},}`, expected: false },
    { description: 'a missing comma, as in the sample of the document', body: '{"a":"1" "b":"2"}', expected: false },
    { description: 'single quotes', body: "{'appid':'1'}", expected: false },
    { description: 'a form', body: 'appid=1&token=2', expected: false },
  ])('$description: $expected', ({ body, expected }) => {
    expect([login(body).bodyReadable, verify(body).bodyReadable]).toEqual([expected, expected]);
    if (!expected) {
      expect(verdict(judge('loginTokenValidate', body).decision)).toBe('103412 bodyReadable');
      expect(verdict(judge('tokenValidate', body).decision)).toBe('303 bodyReadable');
    }
  });

  test.each([
    { bodyBytes: 65_535, expected: true },
    { bodyBytes: 65_536, expected: true },
    { bodyBytes: 65_537, expected: false },
  ])('of $bodyBytes bytes: $expected', ({ bodyBytes, expected }) => {
    const padded = LOGIN_JSON + ' '.repeat(bodyBytes - LOGIN_JSON.length);
    expect(login(padded).bodyReadable).toBe(expected);
    // The limit counts bytes on the wire, not characters.
    expect(login(LOGIN_JSON, { exchange: { bodyBytes } }).bodyReadable).toBe(expected);
  });

  test('the limit is 64 KiB', () => {
    expect(BODY_BYTES_MAX).toBe(65_536);
  });

  test('an unreadable body has no fields', () => {
    const { bodyReadable, valuesAreStrings, ...rest } = login('[]');
    expect({ bodyReadable, valuesAreStrings }).toEqual({ bodyReadable: false, valuesAreStrings: true });
    expect(rest).toMatchObject({ msgId: undefined, appId: undefined, token: undefined, sign: undefined });
    expect(verify('[]')).toMatchObject({
      bodyReadable: false,
      envelopeWhole: false,
      keyType: 'hmac',
      appId: undefined,
    });
  });
});

describe('the fields', () => {
  test('can have any order and any escapes', () => {
    const escaped = LOGIN_JSON.replace(MSG_ID, '\\u0062ed\\/');
    expect(login(escaped).msgId).toBe('bed/');
    expect(login(Object.fromEntries(Object.entries(loginBody()).reverse()))).toEqual(login(loginBody()));
  });

  test('are ignored if unknown, whatever their value', () => {
    const unknown = { extra: 1, nested: { appid: 'x' }, list: [null], appId: 'x', msgId: 1, timestamp: null };
    expect(login({ ...loginBody(), ...unknown })).toEqual(login(loginBody()));
    const { header, body } = verifyBody();
    const sent = { header: { ...header, extra: 1, appid: 2 }, body: { ...body, extra: null, appId: 3 }, token: 4 };
    expect(verify(sent)).toEqual(verify(verifyBody()));
  });

  test('are not inherited: __proto__ and constructor are ordinary fields', () => {
    const proto = '"__proto__":{"appid":"x","appId":"x","header":{"appId":"x"}},"constructor":{}';
    expect(login(`{${proto}}`)).toMatchObject({ bodyReadable: true, valuesAreStrings: true, appId: undefined });
    expect(verify(`{${proto}}`)).toMatchObject({ bodyReadable: true, envelopeWhole: false, appId: undefined });
    expect(login(LOGIN_JSON.replace('{', `{${proto},`))).toEqual(login(loginBody()));
    expect(verify(VERIFY_JSON.replace('{"version"', `{${proto},"version"`))).toEqual(verify(verifyBody()));
  });

  test('have their last value if they are duplicated', () => {
    expect(login(LOGIN_JSON.replace('{', '{"appid":"first",'))).toEqual(login(loginBody()));
    expect(login(LOGIN_JSON.replace(/}$/, ',"appid":"last"}')).appId).toBe('last');
  });

  test('are unknown with a space in their name', () => {
    expect(login(LOGIN_JSON.replace('"appid"', '"appid "')).appId).toBeUndefined();
  });

  const LOGIN_FIELDS = ['version', 'msgid', 'systemtime', 'strictcheck', 'appid', 'token', 'sign'];
  const OPTIONAL = ['expandparams', 'encryptionalgorithm'];
  const NOT_STRINGS = [null, 1, true, {}, []];

  test.each([...LOGIN_FIELDS, ...OPTIONAL])('login: %s is a String or absent', (field) => {
    for (const value of NOT_STRINGS) expect(login(loginBody({ [field]: value })).valuesAreStrings).toBe(false);
    for (const value of ['', undefined]) expect(login(loginBody({ [field]: value })).valuesAreStrings).toBe(true);
  });

  test.each([
    ...['version', 'msgId', 'timestamp', 'appId'].map((field) => ({ part: 'header', field })),
    ...['openType', 'requesterType', 'message', 'expandParams', 'phoneNum', 'token', 'sign'].map((field) => ({
      part: 'body',
      field,
    })),
  ])('verify: $field of the $part is a String or absent', ({ part, field }) => {
    const valid = (value: unknown) => verify(verifyBody({ [part]: { [field]: value } })).valuesAreStrings;
    expect(NOT_STRINGS.map(valid)).toEqual(NOT_STRINGS.map(() => false));
    expect(['', undefined].map(valid)).toEqual([true, true]);
  });

  test.each([
    { reading: 'keyType', expected: [true, true, false] },
    { reading: 'refused', expected: [true, false, false] },
    { reading: 'any', expected: [true, true, false] },
  ] as const)('verify: keyType as string, number and null with json-numbers $reading', ({ reading, expected }) => {
    const readings = { 'json-numbers': reading };
    const valid = (keyType: unknown) => verify(verifyBody({ body: { keyType } }), { readings }).valuesAreStrings;
    expect(['1', 1, null].map(valid)).toEqual(expected);
  });

  test('with json-numbers any, only a number is read as its text', () => {
    const readings = { 'json-numbers': 'any' } as const;
    const fields = ['version', 'msgid', 'systemtime', 'appid', 'token', 'sign', 'expandparams', 'strictcheck'];
    const sent = Object.fromEntries([...fields, 'encryptionalgorithm'].map((field, at) => [field, at]));
    expect(Object.values(login(sent, { readings })).filter((value) => typeof value === 'string')).toEqual([
      'loginTokenValidate',
      ...'012345678',
    ]);
    expect(login(sent, { readings }).valuesAreStrings).toBe(true);
    expect(login({ appid: true, token: null }, { readings })).toMatchObject({ appId: undefined, token: undefined });
    const envelope = {
      header: { version: 0, msgId: 1, timestamp: 2, appId: 3 },
      body: { token: 4, sign: 5, expandParams: 6, openType: 7, requesterType: 8, message: 9, phoneNum: 10 },
    };
    expect(Object.values(verify(envelope, { readings })).filter((value) => typeof value === 'string')).toEqual([
      'tokenValidate',
      ...'0123456789',
      'hmac',
      '10',
    ]);
  });

  test('by default, a number is not a value', () => {
    expect(login(loginBody({ appid: 1, msgid: 2 }))).toMatchObject({ appId: undefined, msgId: undefined });
  });
});

describe('a number with json-numbers any', () => {
  const readings = { 'json-numbers': 'any' } as const;

  test.each(['0', '-1', '17955597570543730', '1.25', '-0.5', '1e5', '2E10', '12.75e+10', '1e-12'])(
    '%s is read unchanged',
    (number) => {
      expect(login(`{"appid":${number},"msgid":"1.5 \\"2\\" 3"}`, { readings })).toMatchObject({
        appId: number,
        msgId: '1.5 "2" 3',
      });
    },
  );

  test('does not make invalid JSON readable', () => {
    expect(login('{1:"x","appid":"a"}', { readings })).toMatchObject({ bodyReadable: false, appId: undefined });
  });
});

test.each([
  { description: 'both parts', body: { header: {}, body: {} }, expected: true },
  { description: 'only a header', body: { header: {} }, expected: false },
  { description: 'only a body', body: { body: {} }, expected: false },
  { description: 'an array as header', body: { header: [], body: {} }, expected: false },
])('an envelope with $description is whole: $expected', ({ body, expected }) => {
  expect(verify(body)).toMatchObject({ envelopeWhole: expected });
});

describe('the draft, before the app is known', () => {
  test('reads appid, msgid and token as strings and as numbers', () => {
    expect(parseDraft(exchangeOf('loginTokenValidate', { appid: 1, msgid: 2, token: 3 }))).toMatchObject({
      appId: '1',
      msgId: '2',
      token: '3',
    });
    const envelope = { header: { appId: 'a', msgId: 5 }, body: { token: 't' } };
    expect(parseDraft(exchangeOf('tokenValidate', envelope))).toMatchObject({ appId: 'a', msgId: '5', token: 't' });
  });

  test.each([
    { description: 'invalid JSON', body: '{' },
    { description: 'an empty object', body: '{}' },
    { description: 'other types', body: { appid: null, msgid: true, token: {}, header: [], body: 'x' } },
    {
      description: 'the names of the other operation',
      body: { appId: 'a', header: { appid: 'b' }, body: { appId: 'c' } },
    },
  ])('reads none of them for $description', ({ body }) => {
    for (const operation of ['loginTokenValidate', 'tokenValidate'] as const)
      expect(parseDraft(exchangeOf(operation, body))).toMatchObject({
        appId: undefined,
        msgId: undefined,
        token: undefined,
      });
  });
});
