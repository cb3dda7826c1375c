/** The schemas of tokenValidate: refused messages with one violation each, and similar messages that are accepted. The document, 2.3. */
import { describe, expect, test } from 'vitest';
import { problemsOf } from './validators.js';
import {
  alteredEnvelope,
  BASE64_172,
  BASE64_344,
  type Envelope,
  HEX_256,
  VERIFY_ANSWER,
  VERIFY_HMAC,
  VERIFY_NOT_OWN,
  VERIFY_RSA,
} from './wires.js';

interface Accepted {
  readonly description: string;
  readonly from: Envelope;
  readonly changes: Partial<Envelope>;
}

interface Refused extends Accepted {
  readonly problem: string;
}

const inBody = (from: Envelope, description: string, body: Envelope['body']): Accepted => ({
  description,
  from,
  changes: { body },
});

const refusedInBody = (from: Envelope, description: string, body: Envelope['body'], problem: string): Refused => ({
  ...inBody(from, description, body),
  problem: `/body/${problem}`,
});

const hash = String(VERIFY_HMAC.body['phoneNum']);
const sign = String(VERIFY_HMAC.body['sign']);
const WRAPPED = `${BASE64_172.match(/.{1,76}/g)?.join('\r\n')}\r\n`;

describe('a request', () => {
  test.each<Accepted>([
    inBody(VERIFY_HMAC, 'the values of the sample', {}),
    inBody(VERIFY_RSA, 'RSA', {}),
    ...['0', '1', '2', '3'].map((openType) => inBody(VERIFY_HMAC, `openType ${openType}`, { openType })),
    inBody(VERIFY_HMAC, 'no openType with requesterType 1', { requesterType: '1', openType: undefined }),
    inBody(VERIFY_HMAC, 'an empty openType with requesterType 1', { requesterType: '1', openType: '' }),
    inBody(VERIFY_HMAC, 'keyType 0', { keyType: '0' }),
    inBody(VERIFY_HMAC, 'another keyType, which counts as 0', { keyType: '2' }),
    inBody(VERIFY_RSA, 'keyType as the number 1', { keyType: 1 }),
    inBody(VERIFY_RSA, 'Base64 in wrapped lines', { phoneNum: WRAPPED, sign: WRAPPED }),
    inBody(VERIFY_RSA, 'a signature of 2048 bits', { sign: BASE64_344 }),
    inBody(VERIFY_HMAC, 'an encoded message', { message: '%E8%AE%A2%E5%8D%95+1024' }),
    inBody(VERIFY_HMAC, 'completely encoded expandParams', { expandParams: 'channel%3Dios%7Cscene%3D%E7%99%BB' }),
    inBody(VERIFY_HMAC, 'expandParams with encoded values', { expandParams: 'channel=ios|scene=%E7%99%BB' }),
    inBody(VERIFY_HMAC, 'empty message and expandParams', { message: '', expandParams: '' }),
    inBody(VERIFY_HMAC, 'an unknown field', { channel: 1 }),
    { description: 'a msgId of 36 characters', from: VERIFY_HMAC, changes: { header: { msgId: 'x'.repeat(36) } } },
    { description: 'an unknown header field', from: VERIFY_HMAC, changes: { header: { sourceId: 1 } } },
  ])('with $description is accepted', ({ from, changes }) => {
    expect(problemsOf('tokenValidate', 'request', alteredEnvelope(from, changes))).toEqual([]);
  });

  test.each<Refused>([
    ...['version', 'msgId', 'timestamp', 'appId'].flatMap((field) => [
      {
        description: `without ${field}`,
        from: VERIFY_HMAC,
        changes: { header: { [field]: undefined } },
        problem: `/header/${field} required`,
      },
      {
        description: `whose ${field} is a number`,
        from: VERIFY_HMAC,
        changes: { header: { [field]: 1 } },
        problem: `/header/${field} type`,
      },
    ]),
    ...['requesterType', 'phoneNum', 'token', 'sign'].map((field) =>
      refusedInBody(VERIFY_HMAC, `without ${field}`, { [field]: undefined }, `${field} required`),
    ),
    ...['phoneNum', 'token', 'sign', 'message', 'expandParams'].map((field) =>
      refusedInBody(VERIFY_HMAC, `whose ${field} is a number`, { [field]: 1 }, `${field} type`),
    ),
    refusedInBody(VERIFY_HMAC, 'without openType with requesterType 0', { openType: undefined }, 'openType required'),
    refusedInBody(VERIFY_HMAC, 'with an empty openType with requesterType 0', { openType: '' }, 'openType enum'),
    refusedInBody(VERIFY_HMAC, 'with openType 4', { openType: '4' }, 'openType enum'),
    refusedInBody(
      VERIFY_HMAC,
      'with openType 4 with requesterType 1',
      { openType: '4', requesterType: '1' },
      'openType enum',
    ),
    refusedInBody(VERIFY_HMAC, 'with requesterType 2', { requesterType: '2' }, 'requesterType enum'),
    refusedInBody(VERIFY_HMAC, 'with a message that is not encoded', { message: '订单' }, 'message pattern'),
    refusedInBody(VERIFY_HMAC, 'with half an escape', { message: '%E8%A' }, 'message pattern'),
    refusedInBody(
      VERIFY_HMAC,
      'with expandParams that is not encoded',
      { expandParams: 'scene=登录' },
      'expandParams pattern',
    ),
    refusedInBody(VERIFY_HMAC, 'with an empty token', { token: '' }, 'token minLength'),
    refusedInBody(VERIFY_HMAC, 'with phoneNum in lower case', { phoneNum: hash.toLowerCase() }, 'phoneNum pattern'),
    refusedInBody(VERIFY_HMAC, 'with the plain number', { phoneNum: '13800138000' }, 'phoneNum pattern'),
    refusedInBody(VERIFY_HMAC, 'with 63 hex', { phoneNum: hash.slice(1) }, 'phoneNum pattern'),
    refusedInBody(VERIFY_HMAC, 'with the signature in lower case', { sign: sign.toLowerCase() }, 'sign pattern'),
    refusedInBody(VERIFY_HMAC, 'with a signature of 65', { sign: `${sign}0` }, 'sign pattern'),
    refusedInBody(VERIFY_RSA, 'with phoneNum in hex for RSA', { phoneNum: HEX_256 }, 'phoneNum not'),
    refusedInBody(VERIFY_RSA, 'with the signature in hex for RSA', { sign: HEX_256 }, 'sign not'),
    refusedInBody(VERIFY_RSA, 'with Base64 of a short key', { sign: BASE64_172.slice(4) }, 'sign minLength'),
    refusedInBody(VERIFY_RSA, 'with Base64 of an invalid length', { sign: `A${BASE64_172}` }, 'sign pattern'),
    refusedInBody(VERIFY_RSA, 'with Base64 for URLs', { sign: `_${BASE64_172.slice(1)}` }, 'sign pattern'),
    {
      description: 'with another version',
      from: VERIFY_HMAC,
      changes: { header: { version: '2.0' } },
      problem: '/header/version const',
    },
    {
      description: 'with an empty msgId',
      from: VERIFY_HMAC,
      changes: { header: { msgId: '' } },
      problem: '/header/msgId minLength',
    },
    {
      description: 'with a msgId of 37',
      from: VERIFY_HMAC,
      changes: { header: { msgId: 'x'.repeat(37) } },
      problem: '/header/msgId maxLength',
    },
    {
      description: 'with 14 digits',
      from: VERIFY_HMAC,
      changes: { header: { timestamp: '20180104090953' } },
      problem: '/header/timestamp pattern',
    },
    {
      description: 'with an empty appId',
      from: VERIFY_HMAC,
      changes: { header: { appId: '' } },
      problem: '/header/appId minLength',
    },
  ])('$description is refused', ({ from, changes, problem }) => {
    expect(problemsOf('tokenValidate', 'request', alteredEnvelope(from, changes))).toEqual([problem]);
  });

  test.each([
    { description: 'RSA values without keyType', changes: { keyType: undefined } },
    { description: 'RSA values with keyType 0', changes: { keyType: '0' } },
    { description: 'RSA values with keyType 01', changes: { keyType: '01' } },
  ])('with $description is refused for both', ({ changes }) => {
    const problems = problemsOf('tokenValidate', 'request', alteredEnvelope(VERIFY_RSA, { body: changes }));
    expect(problems).toEqual(['/body/phoneNum pattern', '/body/sign pattern']);
  });

  test('with keyType null is refused', () => {
    const problems = problemsOf('tokenValidate', 'request', alteredEnvelope(VERIFY_HMAC, { body: { keyType: null } }));
    expect(problems).toEqual(['/body/keyType type']);
  });

  test.each([
    { description: 'without header', value: { body: VERIFY_HMAC.body }, problem: '/header required' },
    { description: 'without body', value: { header: VERIFY_HMAC.header }, problem: '/body required' },
    { description: 'whose body is a string', value: { ...VERIFY_HMAC, body: '{}' }, problem: '/body type' },
    { description: 'whose header is a list', value: { ...VERIFY_HMAC, header: [] }, problem: '/header type' },
    { description: 'that is null', value: null, problem: ' type' },
  ])('$description is refused', ({ value, problem }) => {
    expect(problemsOf('tokenValidate', 'request', value)).toEqual([problem]);
  });
});

describe('a response', () => {
  test.each<Accepted>([
    inBody(VERIFY_ANSWER, 'the values of the sample', {}),
    inBody(VERIFY_NOT_OWN, 'an accessToken', {}),
    inBody(VERIFY_NOT_OWN, 'no accessToken with 001', { accessToken: undefined }),
    inBody(VERIFY_ANSWER, 'expandParams', { expandParams: 'a=b' }),
    inBody(VERIFY_ANSWER, 'an echoed message', { message: '订单' }),
    inBody(VERIFY_ANSWER, 'an unknown field', { channel: 1 }),
    {
      description: 'no taskId in a refusal',
      from: VERIFY_ANSWER,
      changes: { header: { resultCode: '606' }, body: { taskId: undefined } },
    },
    { description: 'empty ids', from: VERIFY_ANSWER, changes: { header: { appId: '', msgId: '' } } },
  ])('with $description is accepted', ({ from, changes }) => {
    expect(problemsOf('tokenValidate', 'response', alteredEnvelope(from, changes))).toEqual([]);
  });

  test.each<Refused>([
    ...['appId', 'msgId', 'resultCode', 'timestamp'].map((field) => ({
      description: `without ${field}`,
      from: VERIFY_ANSWER,
      changes: { header: { [field]: undefined } },
      problem: `/header/${field} required`,
    })),
    ...['message', 'resultDesc', 'taskId'].map((field) =>
      refusedInBody(VERIFY_ANSWER, `without ${field}`, { [field]: undefined }, `${field} required`),
    ),
    refusedInBody(VERIFY_NOT_OWN, 'of 001 without taskId', { taskId: undefined }, 'taskId required'),
    refusedInBody(
      VERIFY_ANSWER,
      'of 000 with an accessToken',
      { accessToken: VERIFY_NOT_OWN.body['accessToken'] },
      'accessToken not',
    ),
    refusedInBody(
      VERIFY_NOT_OWN,
      'with an accessToken of 31',
      { accessToken: '188b0744159f413e9bfe7ecc5d5bcc7' },
      'accessToken pattern',
    ),
    refusedInBody(VERIFY_NOT_OWN, 'with an empty accessToken', { accessToken: '' }, 'accessToken pattern'),
    refusedInBody(VERIFY_ANSWER, 'with an empty resultDesc', { resultDesc: '' }, 'resultDesc minLength'),
    refusedInBody(VERIFY_ANSWER, 'whose message is null', { message: null }, 'message type'),
    refusedInBody(
      VERIFY_ANSWER,
      'with taskId in upper case',
      { taskId: 'B62585D15EE34869BD3C7E6AD62688E2' },
      'taskId pattern',
    ),
    {
      description: 'with a code of login',
      from: VERIFY_ANSWER,
      changes: { header: { resultCode: '103000' } },
      problem: '/header/resultCode enum',
    },
    {
      description: 'with the code until 2019',
      from: VERIFY_ANSWER,
      changes: { header: { resultCode: '102315' } },
      problem: '/header/resultCode enum',
    },
    {
      description: 'with a short time',
      from: VERIFY_ANSWER,
      changes: { header: { timestamp: '20180104090957' } },
      problem: '/header/timestamp pattern',
    },
  ])('$description is refused', ({ from, changes, problem }) => {
    expect(problemsOf('tokenValidate', 'response', alteredEnvelope(from, changes))).toEqual([problem]);
  });
});
