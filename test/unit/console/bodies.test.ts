/** What the bodies of requests contain, also of invalid ones. */
import { describe, expect, test } from 'vitest';
import { fieldRows, intentOf, withField } from '../../../mock-server/console/state/bodies.js';

describe('the fields of a body, compared with the documented fields', () => {
  const meaning = { en: '', zh: '' };
  const FLAT = [
    { name: 'version', in: null, meaning },
    { name: 'token', in: null, meaning },
  ] as const;
  const ENVELOPE = [
    { name: 'appId', in: 'header', meaning },
    { name: 'token', in: 'body', meaning },
  ] as const;

  const brief = (body: string, documented: Parameters<typeof fieldRows>[1]) =>
    fieldRows(body, documented).map((row) => [
      row.in,
      row.name,
      row.value,
      row.documented !== undefined,
    ]);

  test('the documented fields come first, in the document’s order', () => {
    expect(brief('{"extra":1,"token":"t"}', FLAT)).toEqual([
      [null, 'version', undefined, true],
      [null, 'token', 't', true],
      [null, 'extra', '1', false],
    ]);
  });

  test('both parts of an envelope are read', () => {
    expect(brief('{"header":{"appId":"a"},"body":{"Token":"t"}}', ENVELOPE)).toEqual([
      ['header', 'appId', 'a', true],
      ['body', 'token', undefined, true],
      ['body', 'Token', 't', false],
    ]);
  });

  test.each([
    { description: 'a number is shown as JSON', body: '{"version":2.0}', value: '2' },
    { description: 'null is shown as null', body: '{"version":null}', value: 'null' },
    { description: 'an object is shown as JSON', body: '{"version":{"a":1}}', value: '{"a":1}' },
    { description: 'an empty text is not missing', body: '{"version":""}', value: '' },
  ])('$description', ({ body, value }) => {
    expect(fieldRows(body, FLAT)[0]?.value).toBe(value);
  });

  test.each(['', '{"half":', '[1]', '"text"', 'null'])(
    'a body that is not a JSON object has no fields: %s',
    (body) => {
      expect(fieldRows(body, FLAT)).toEqual([]);
    },
  );

  test('a part that is not an object has only missing fields', () => {
    expect(brief('{"header":"a","body":[]}', ENVELOPE)).toEqual([
      ['header', 'appId', undefined, true],
      ['body', 'token', undefined, true],
    ]);
  });
});

describe('the intent of an invalid request', () => {
  const login = (body: string) =>
    intentOf({ operation: 'loginTokenValidate', request: { headers: {}, body } });
  const verify = (body: string) =>
    intentOf({ operation: 'tokenValidate', request: { headers: {}, body } });

  test.each([
    {
      description: 'login without encryptionalgorithm is MD5',
      intent: login('{"token":"t"}'),
      signing: 'md5',
    },
    {
      description: 'login with RSA is RSA',
      intent: login('{"encryptionalgorithm":"RSA"}'),
      signing: 'rsa',
    },
    {
      description: 'another spelling of RSA is MD5',
      intent: login('{"encryptionalgorithm":"rsa"}'),
      signing: 'md5',
    },
    {
      description: 'verify without keyType is HMAC',
      intent: verify('{"body":{}}'),
      signing: 'hmac',
    },
    {
      description: 'verify with keyType 1 is RSA',
      intent: verify('{"body":{"keyType":"1"}}'),
      signing: 'rsa',
    },
    {
      description: 'keyType 1 as a number is RSA',
      intent: verify('{"body":{"keyType":1}}'),
      signing: 'rsa',
    },
    { description: 'half a body is MD5', intent: login('{"token":'), signing: 'md5' },
    { description: 'a body that is not an object is HMAC', intent: verify('[]'), signing: 'hmac' },
    {
      description: 'an envelope whose body is not an object is HMAC',
      intent: verify('{"body":null}'),
      signing: 'hmac',
    },
  ])('$description', ({ intent, signing }) => {
    expect(intent.signing).toBe(signing);
  });

  test('the token and the optional fields are kept if they are texts', () => {
    expect(login('{"token":"t","expandparams":"a=1","sign":"x"}')).toEqual({
      signing: 'md5',
      token: 't',
      fields: { expandparams: 'a=1' },
    });
    expect(verify('{"body":{"token":7,"message":"m","expandParams":{}}}')).toEqual({
      signing: 'hmac',
      token: undefined,
      fields: { message: 'm' },
    });
  });
});

test.each([
  {
    description: 'at the top level',
    body: '{"a":"1","x":{"y":2}}',
    in: null,
    expected: { a: 'new', x: { y: 2 } },
  },
  {
    description: 'in a part',
    body: '{"header":{"b":"1"}}',
    in: 'header',
    expected: { header: { b: '1', a: 'new' } },
  },
  {
    description: 'in a part that is missing',
    body: '{}',
    in: 'body',
    expected: { body: { a: 'new' } },
  },
])('a field $description is changed, and the others stay', ({ body, in: part, expected }) => {
  expect(JSON.parse(withField(body, { name: 'a', in: part, value: 'new' }))).toEqual(expected);
});
