/** Boundaries of the findings about a request's form: its URL, headers and fields. The usual mistakes are rows of test/mistakes. */
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/protocol/operations.js';
import {
  loginBody,
  loginRsaBody,
  PATHS,
  type Scene,
  TOKEN,
  UNKNOWN_APP,
  verifyBody,
  verifyRsaBody,
} from '../../support/engine.js';
import { type Around, evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';
import { type Fields, SENT_AT } from '../../support/requests.js';

const login = (changes: Fields = {}, scene: Scene = {}, around: Around = {}) =>
  subjectFor('loginTokenValidate', loginBody(changes), scene, around);
const verify = (body: Fields = {}, scene: Scene = {}) =>
  subjectFor('tokenValidate', verifyBody({ body }), scene);
const verifyRsa = (body: Fields = {}, scene: Scene = {}) =>
  subjectFor('tokenValidate', verifyRsaBody({ body }), scene);

const NO_KEYS = { settings: { appVerifyKey: null, appEncryptKey: null } };
const NULL_ACCEPTED = { readings: { 'json-null': 'absent' } } as const;
const { header: HEADER, body: RSA } = verifyRsaBody();

describe('findings of a request', () => {
  test.each([
    ['an empty algorithm selects MD5', login({ encryptionalgorithm: '' }), []],
    ['MD5 selects MD5', login({ encryptionalgorithm: 'MD5' }), []],
    [
      'another algorithm is accepted with an MD5 signature',
      login({ encryptionalgorithm: 'SHA256' }),
      ['encryption.unsupported'],
    ],
    ['login by MD5 needs no keys', login({}, NO_KEYS), []],
    ['verify by HMAC needs no keys', verify({}, NO_KEYS), []],
    [
      'an unknown app’s keys are unknown',
      subjectFor('loginTokenValidate', loginRsaBody(), UNKNOWN_APP),
      [],
    ],
    ['an empty version is missing, not wrong', login({ version: '' }), ['field.missing']],
    [
      'of a forced outcome',
      login({ version: '1.0' }, {}, { decidedBy: 'forced' }),
      ['version.wrong'],
    ],
    [
      'a msgid that was not sent is missing, not empty',
      login({ msgid: undefined }),
      ['field.missing'],
    ],
    ['a msgid of 36 UTF-16 units', login({ msgid: '😀'.repeat(18) }), []],
    [
      'a number that a reading accepts',
      login({ msgid: 12345 }, { readings: { 'json-numbers': 'any' } }),
      ['value.not-a-string'],
    ],
    ['unknown fields with any value', login({ trace: { id: 1 }, retries: 0 }), []],
    ['login’s expandparams needs no encoding', login({ expandparams: 'a=1|b=2' }), []],
    [
      'an accepted number is another mistake',
      subjectFor(
        'tokenValidate',
        verifyRsaBody({ header: { version: '2.0' }, body: { keyType: 1 } }),
      ),
      ['value.not-a-string', 'version.wrong'],
    ],
    [
      'a line end after a Base64 signature',
      subjectFor('tokenValidate', { header: HEADER, body: { ...RSA, sign: `${RSA.sign}\n` } }),
      [],
    ],
    [
      'a line end after a signature in hex',
      subjectFor(
        'tokenValidate',
        { header: HEADER, body: { ...RSA, sign: `${RSA.sign}\n` } },
        { readings: { 'verify-rsa-encoding': 'hex' } },
      ),
      ['value.white-space'],
    ],
    [
      'an accepted Content-Type is not the cause of a refusal',
      login({ version: 2 }, { exchange: { rawHeaders: ['Content-Type', 'text/plain'] } }),
      ['value.not-a-string', 'header.content-type'],
    ],
  ] as const)('%s', (_, subject, ids) => {
    expect(requestFindingIds(subject)).toEqual(ids);
  });
});

test.each(
  ['{UUID}', '😀'.repeat(19), 'x'.repeat(37)].map((text) =>
    text.replace('UUID', SENT_AT.repeat(3)),
  ),
)('the msgid %s is too long at both operations', (msgId) => {
  const evidence = { received: msgId, length: msgId.length, limit: 36 };
  expect(evidenceFor(login({ msgid: msgId }), 'msgid.length')).toEqual([
    { field: 'msgid', ...evidence },
  ]);
  const atVerify = subjectFor('tokenValidate', verifyBody({ header: { msgId } }));
  expect(evidenceFor(atVerify, 'msgid.length')).toEqual([{ field: 'msgId', ...evidence }]);
});

test.each([
  ['loginTokenValidate', loginBody({ version: 'v2.0' }), { received: 'v2.0', expected: '2.0' }],
  [
    'tokenValidate',
    verifyBody({ header: { version: '1.0 ' } }),
    { received: '1.0 ', expected: '1.0' },
  ],
] as const)('%s: the version is shown with the expected one', (operation, body, evidence) => {
  const subject = subjectFor(operation, body);
  expect(requestFindingIds(subject)).toEqual(['version.wrong']);
  expect(evidenceFor(subject, 'version.wrong')).toEqual([{ field: 'version', ...evidence }]);
});

const LOGIN_PATH = PATHS.loginTokenValidate;
const VERIFY_PATH = PATHS.tokenValidate;

test.each([
  {
    path: '/openapi//rs/tokenValidate',
    body: verifyBody(),
    right: VERIFY_PATH,
    more: { doubleSlash: 'yes' },
  },
  { path: '/openapi/tokenValidate', body: verifyBody(), right: VERIFY_PATH, more: {} },
  { path: '/unisdk/rsapi/LoginTokenValidate', body: loginBody(), right: LOGIN_PATH, more: {} },
  // A body that fits neither operation, and one that cannot be read: by the path.
  { path: '/unisdk/rsapi/token', body: '{}', right: LOGIN_PATH, more: {} },
  { path: '/openapi/rs/loginTokenValidate', body: '', right: VERIFY_PATH, more: {} },
])('for the path $path, the right one is named', ({ path, body, right, more }) => {
  const subject = subjectFor('loginTokenValidate', body, { exchange: { path } });
  expect(requestFindingIds(subject)[0]).toBe('url.wrong-path');
  expect(evidenceFor(subject, 'url.wrong-path')).toEqual([
    { received: path, expected: right, ...more },
  ]);
});

test.each([
  ['application/json', 'application/json', []],
  ['application/json', 'text/plain', []],
  ['text/plain', 'application/json', []],
  ['text/plain', 'text/html', ['header.content-type']],
])(
  'two Content-Types, %s and %s, are one mistake if one of them is JSON',
  (first, second, others) => {
    const rawHeaders = ['Content-Type', first, 'Host', 'x', 'content-type', second];
    const subject = verify({}, { exchange: { rawHeaders } });
    expect(requestFindingIds(subject)).toEqual(['header.two-content-types', ...others]);
    expect(evidenceFor(subject, 'header.two-content-types')).toEqual([
      { field: 'Content-Type', received: `${first}, ${second}`, values: [first, second] },
    ]);
  },
);

describe('a value that is not a String', () => {
  test.each([
    ['version', 2.5, '2.5', 'number'],
    ['expandparams', null, 'null', 'null'],
    ['encryptionalgorithm', false, 'false', 'boolean'],
    ['expandparams', { a: '1' }, '{"a":"1"}', 'object'],
    ['token', [TOKEN], `["${TOKEN}"]`, 'array'],
  ])('%s: %o', (field, value, received, kind) => {
    expect(evidenceFor(login({ [field]: value }), 'value.not-a-string')).toEqual([
      { field, received, expected: 'String', kind },
    ]);
  });

  const LONG = JSON.stringify(verifyBody()).replace(`"${SENT_AT}"`, SENT_AT);
  const DUPLICATE = JSON.stringify(loginBody({ msgid: 1 })).replace('"msgid":1', '"msgi\\u0064":1');

  test.each<readonly [string, Operation, string, string]>([
    ['as it was sent, even if JavaScript cannot represent it', 'tokenValidate', LONG, SENT_AT],
    ['as it was parsed, under a duplicate name', 'loginTokenValidate', DUPLICATE, '1'],
  ])('a number is shown %s', (_, operation, body, received) => {
    expect(evidenceFor(subjectFor(operation, body), 'value.not-a-string')).toMatchObject([
      { received },
    ]);
  });

  test.each([
    ['keyType is accepted by default', verifyRsa({ keyType: 1 }), 'json-numbers'],
    [
      'keyType is refused',
      verifyRsa({ keyType: 1 }, { readings: { 'json-numbers': 'refused' } }),
      undefined,
    ],
    [
      'each number is accepted',
      verifyRsa({ keyType: 1 }, { readings: { 'json-numbers': 'any' } }),
      'json-numbers',
    ],
    ['null is refused, and phoneNum a hash', verifyRsa({ keyType: null }), undefined],
    [
      'null is accepted in an optional field',
      login({ expandparams: null }, NULL_ACCEPTED),
      'json-null',
    ],
    ['null is refused in a required field', login({ strictcheck: null }, NULL_ACCEPTED), undefined],
  ])('names the reading that accepts it: %s', (_, subject, acceptedBy) => {
    expect(evidenceFor(subject, 'value.not-a-string')[0]?.acceptedBy).toBe(acceptedBy);
  });
});

describe('the free texts of verify', () => {
  test.each([
    ['expandParams', 'a=1|b=中', ['=', '|', '中'], 'a%3D1%7Cb%3D%E4%B8%AD'],
    ['expandParams', 'a%3D1|b%3D2', ['|'], 'a%3D1%7Cb%3D2'],
    ['message', 'order 42', [' '], 'order%2042'],
    ['message', '{"id":1}', ['{', '"', ':', '}'], '%7B%22id%22%3A1%7D'],
    ['message', '100%', ['%'], '100%25'],
    ['message', '%zz', ['%'], '%25zz'],
    ['message', '\ud83d', ['\ud83d'], '%EF%BF%BD'],
  ])('%s "%s" is not encoded', (field, value, characters, expected) => {
    const subject = verify({ [field]: value });
    expect(requestFindingIds(subject)).toEqual(['params.not-url-encoded']);
    expect(evidenceFor(subject, 'params.not-url-encoded')).toEqual([
      { field, received: value, expected, characters, acceptedBy: 'verify-params-encoding' },
    ]);
  });

  test('both fields are reported', () => {
    const found = evidenceFor(
      verify({ message: 'a b', expandParams: 'a=b' }),
      'params.not-url-encoded',
    );
    expect(found.map(({ field }) => field)).toEqual(['message', 'expandParams']);
  });

  test('a text that is not encoded explains the refusal of the reading that requires encoding', () => {
    const subject = verify(
      { message: '订单' },
      { readings: { 'verify-params-encoding': 'encoded' } },
    );
    expect(subject.decidedBy).toBe('parametersValid');
    expect(evidenceFor(subject, 'params.not-url-encoded')[0]?.acceptedBy).toBeUndefined();
  });

  test.each([
    ['order42', 'order42'],
    ['a%3D1%7Cb', 'b'],
    ['a%3D1%7C', ''],
    ['%3D1', '=1'],
    ['a+b%7Ca%3D1', 'a b'],
  ])('expandParams "%s" has a part that is not name=value', (received, part) => {
    const subject = verify({ expandParams: received });
    expect(requestFindingIds(subject)).toEqual(['params.malformed']);
    expect(evidenceFor(subject, 'params.malformed')).toEqual([
      { field: 'expandParams', received, part },
    ]);
  });

  test('a text that cannot be decoded is checked unchanged', () => {
    expect(evidenceFor(verify({ expandParams: '100%' }), 'params.malformed')).toMatchObject([
      { part: '100%' },
    ]);
  });

  test.each([
    ['expandParams', ''],
    ['expandParams', 'a%3D1%7Cb%3D'],
    ['expandParams', 'a%3Db%3Dc'],
    ['message', ''],
    ['message', 'a-b_c.d~e'],
    ['message', encodeURIComponent("param1=value1|param2=it's (one) *!")],
    // The format of Java's URLEncoder and of forms.
    ['message', new URLSearchParams([['', 'a b*c|订单']]).toString().slice(1)],
  ])('%s "%s" is right', (field, value) => {
    expect(requestFindingIds(verify({ [field]: value }))).toEqual([]);
  });
});
