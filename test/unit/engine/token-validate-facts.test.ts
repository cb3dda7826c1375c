/** The facts of tokenValidate, on both sides of each boundary. The document, 2.3. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  judge,
  PHONE_NUMBER,
  SETTINGS,
  TOKEN,
  verdict,
  verify,
  verifyBody,
  verifyRsa,
  verifyRsaBody,
} from '../../support/engine.js';
import { longPair, TEST_KEYS } from '../../support/keys.js';
import { SENT_AT, verifyRequest } from '../../support/requests.js';

const OK = '000 allMet';
const INVALID = '102 parametersValid';
const SIGN = '302 signValid';
const PHONE_NUM = '004 phoneNumReadable';

describe('the envelope', () => {
  const { header, body } = verifyBody();
  test.each([
    { description: 'header and body', sent: { header, body }, expected: OK },
    { description: 'body first', sent: { body, header }, expected: OK },
    { description: 'no header', sent: { body }, expected: INVALID },
    { description: 'no body', sent: { header }, expected: INVALID },
    { description: 'header an array', sent: { header: [header], body }, expected: INVALID },
    { description: 'body a string', sent: { header, body: JSON.stringify(body) }, expected: INVALID },
    { description: 'body null', sent: { header, body: null }, expected: INVALID },
    { description: 'the flat body of login', sent: { ...header, ...body }, expected: INVALID },
    { description: 'an empty object', sent: {}, expected: INVALID },
    { description: 'an additional unknown field', sent: { header, body, other: 1 }, expected: OK },
  ])('$description is $expected', ({ sent, expected }) => {
    expect(verdict(judge('tokenValidate', sent).decision)).toBe(expected);
  });
});

describe('a field of the header', () => {
  test.each([
    { description: 'version absent', header: { version: undefined } },
    { description: 'version empty', header: { version: '' } },
    { description: 'version 1', header: { version: '1' } },
    { description: 'version a number', header: { version: 1 } },
    { description: 'version null', header: { version: null } },
    { description: 'appId absent', header: { appId: undefined } },
    { description: 'appId empty', header: { appId: '' } },
    { description: 'appId null', header: { appId: null } },
    { description: 'msgId null', header: { msgId: null } },
    { description: 'msgId a number', header: { msgId: 1 } },
    { description: 'timestamp null', header: { timestamp: null } },
    { description: 'timestamp with a space in its name', header: { timestamp: undefined, 'timestamp ': SENT_AT } },
  ])('$description is invalid', ({ header }) => {
    expect(verdict(verify({ header }))).toBe(INVALID);
  });

  test('is ignored if unknown', () => {
    expect(verdict(verify({ header: { other: null } }))).toBe(OK);
  });
});

describe('a field of the body', () => {
  test.each([
    { description: 'token absent', body: { token: undefined }, expected: INVALID },
    { description: 'token empty', body: { token: '' }, expected: INVALID },
    { description: 'token null', body: { token: null }, expected: INVALID },
    { description: 'token a number', body: { token: 1 }, expected: INVALID },
    { description: 'phoneNum absent', body: { phoneNum: undefined }, expected: INVALID },
    { description: 'phoneNum empty', body: { phoneNum: '' }, expected: INVALID },
    { description: 'phoneNum null', body: { phoneNum: null }, expected: INVALID },
    { description: 'sign absent', body: { sign: undefined }, expected: INVALID },
    { description: 'sign empty', body: { sign: '' }, expected: INVALID },
    { description: 'sign null', body: { sign: null }, expected: INVALID },
    { description: 'message absent', body: { message: undefined }, expected: OK },
    { description: 'message empty', body: { message: '' }, expected: OK },
    { description: 'message null', body: { message: null }, expected: INVALID },
    { description: 'message an object', body: { message: {} }, expected: INVALID },
    { description: 'expandParams empty', body: { expandParams: '' }, expected: OK },
    { description: 'expandParams null', body: { expandParams: null }, expected: INVALID },
    { description: 'openType null', body: { openType: null }, expected: INVALID },
    { description: 'openType a number', body: { openType: 1 }, expected: INVALID },
    { description: 'requesterType null', body: { requesterType: null }, expected: INVALID },
    { description: 'requesterType a number', body: { requesterType: 0 }, expected: INVALID },
    { description: 'an unknown field null', body: { other: null }, expected: OK },
  ])('$description is $expected', ({ body, expected }) => {
    expect(verdict(verify({ body }))).toBe(expected);
  });
});

describe('openType by requesterType', () => {
  const OPEN_TYPES = ['0', '1', '2', '3', '4', '-1', '01', '', undefined];
  const ROWS = [
    { requesterType: '0', allowed: ['0', '1', '2', '3'] },
    { requesterType: '1', allowed: ['0', '1', '2', '3', '', undefined] },
    { requesterType: '2', allowed: [] },
    { requesterType: '', allowed: [] },
    { requesterType: undefined, allowed: [] },
  ].flatMap(({ requesterType, allowed }) =>
    OPEN_TYPES.map((openType) => ({
      requesterType,
      openType,
      expected: (allowed as readonly (string | undefined)[]).includes(openType) ? OK : INVALID,
    })),
  );

  test.each(ROWS)(
    'requesterType "$requesterType", openType "$openType" is $expected',
    ({ requesterType, openType, expected }) => {
      expect(verdict(verify({ body: { requesterType, openType } }))).toBe(expected);
    },
  );
});

describe('keyType: 1 is RSA, anything else is HMAC', () => {
  test.each([
    { keyType: undefined, rsa: false },
    { keyType: '', rsa: false },
    { keyType: '0', rsa: false },
    { keyType: '1', rsa: true },
    { keyType: '2', rsa: false },
    { keyType: '01', rsa: false },
    { keyType: ' 1', rsa: false },
    { keyType: 'RSA', rsa: false },
    { keyType: 0, rsa: false },
    { keyType: 1, rsa: true },
    { keyType: 2, rsa: false },
  ])('keyType $keyType', ({ keyType, rsa }) => {
    expect(verdict(verify({ body: { keyType } }))).toBe(rsa ? SIGN : OK);
    expect(verdict(verifyRsa({ body: { keyType } }))).toBe(rsa ? OK : SIGN);
  });

  test.each([{ keyType: null }, { keyType: true }, { keyType: ['1'] }])(
    'keyType $keyType is invalid',
    ({ keyType }) => {
      expect([verdict(verify({ body: { keyType } })), verdict(verifyRsa({ body: { keyType } }))]).toEqual([
        INVALID,
        INVALID,
      ]);
    },
  );
});

describe('the six signed fields', () => {
  test.each([
    { description: 'msgId', changes: { header: { msgId: 'other' } } },
    { description: 'timestamp', changes: { header: { timestamp: '20121227180001165' } } },
    { description: 'appId', changes: { header: { appId: '300000000003' } } },
    { description: 'token', changes: { body: { token: TOKEN.replace(/.$/, 'Q') } } },
    { description: 'phoneNum', changes: { body: { phoneNum: 'A'.repeat(64) } } },
  ])('$description changed after signing is 302', ({ changes }) => {
    const hmac = verifyBody();
    const rsa = verifyRsaBody();
    for (const { header, body } of [hmac, rsa]) {
      const sent = { header: { ...header, ...changes.header }, body: { ...body, ...changes.body } };
      expect(verdict(judge('tokenValidate', sent).decision)).toBe(SIGN);
    }
  });

  test('include the version', () => {
    const { header, body } = verifyBody({ header: { version: '2.0' } });
    const sent = { header: { ...header, version: '1.0' }, body };
    expect(verdict(judge('tokenValidate', sent).decision)).toBe(SIGN);
  });

  test('do not include the other fields', () => {
    const { header, body } = verifyBody();
    const sent = { header, body: { ...body, openType: '3', requesterType: '1', message: 'm', expandParams: 'a%3D1' } };
    expect(verdict(judge('tokenValidate', sent).decision)).toBe(OK);
  });

  test('are signed with the appKey, whatever signSecret is', () => {
    const byAppKey = judge('tokenValidate', verifyBody(), { settings: { signSecret: 'appKey' } }).decision;
    const bySecret = verifyRequest(
      { ...SETTINGS, appKey: SETTINGS.appSecret },
      { token: TOKEN, phoneNumber: PHONE_NUMBER },
    );
    expect(verdict(byAppKey)).toBe(OK);
    expect(verdict(judge('tokenValidate', bySecret).decision)).toBe(SIGN);
  });
});

describe('phoneNum with keyType 0: 64 upper-case hex digits', () => {
  const hash = String(verifyBody().body.phoneNum);
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').toUpperCase();

  test.each([
    { description: 'the right hash', phoneNum: hash, expected: OK },
    { description: 'lower case', phoneNum: hash.toLowerCase(), expected: PHONE_NUM },
    { description: '63 characters', phoneNum: hash.slice(1), expected: PHONE_NUM },
    { description: '65 characters', phoneNum: `${hash}A`, expected: PHONE_NUM },
    { description: 'a letter that is not hex', phoneNum: `${hash.slice(1)}G`, expected: PHONE_NUM },
    { description: 'the number in plain text', phoneNum: PHONE_NUMBER, expected: PHONE_NUM },
    { description: 'a hash of only the number', phoneNum: sha256(PHONE_NUMBER), expected: '001 numberMatches' },
    {
      description: 'a hash with APPSecret',
      phoneNum: sha256(PHONE_NUMBER + SETTINGS.appSecret + SENT_AT),
      expected: '001 numberMatches',
    },
    {
      description: 'a hash with another time than the header',
      phoneNum: sha256(`${PHONE_NUMBER}${SETTINGS.appKey}20261125093619763`),
      expected: '001 numberMatches',
    },
    { description: 'a ciphertext', phoneNum: String(verifyRsaBody().body.phoneNum), expected: PHONE_NUM },
  ])('$description is $expected', ({ phoneNum, expected }) => {
    expect(verdict(verify({ body: { phoneNum } }))).toBe(expected);
  });
});

describe('phoneNum with keyType 1: a ciphertext in Base64', () => {
  const base64 = String(verifyRsaBody().body.phoneNum);
  const wrapped = base64.replace(/.{76}/g, '$&\r\n');

  test.each([
    { description: 'the right ciphertext', phoneNum: base64, expected: OK },
    { description: 'wrapped in lines', phoneNum: wrapped, expected: OK },
    { description: 'hex', phoneNum: Buffer.from(base64, 'base64').toString('hex'), expected: PHONE_NUM },
    { description: 'a hash', phoneNum: String(verifyBody().body.phoneNum), expected: PHONE_NUM },
    { description: 'invalid Base64', phoneNum: '*', expected: PHONE_NUM },
    { description: 'another length', phoneNum: 'AAEC', expected: PHONE_NUM },
    {
      description: 'greater than the modulus',
      phoneNum: Buffer.alloc(128, 0xff).toString('base64'),
      expected: PHONE_NUM,
    },
  ])('$description is $expected', ({ phoneNum, expected }) => {
    expect(verdict(verifyRsa({ body: { phoneNum } }))).toBe(expected);
  });

  test.each([
    { description: 'another number', phoneNumber: '13800138001', expected: '001 numberMatches' },
    { description: '+86', phoneNumber: '+8613800138000', expected: PHONE_NUM },
    { description: 'ten digits', phoneNumber: '1380013800', expected: PHONE_NUM },
  ])('of $description is $expected', ({ phoneNumber, expected }) => {
    expect(verdict(judge('tokenValidate', verifyRsaBody({}, { phoneNumber })).decision)).toBe(expected);
  });

  test('a signature wrapped in lines is accepted too', () => {
    const { header, body } = verifyRsaBody();
    const sent = { header, body: { ...body, sign: String(body.sign).replace(/.{76}/g, '$&\n') } };
    expect(verdict(judge('tokenValidate', sent).decision)).toBe(OK);
  });

  test('only 应用公钥1 is needed', () => {
    expect(verdict(verifyRsa({}, { settings: { appEncryptKey: null } }))).toBe(OK);
  });

  test('HMAC needs no key', () => {
    expect(verdict(verify({}, { settings: { appVerifyKey: null, appEncryptKey: null } }))).toBe(OK);
  });

  test('a signature of another key pair is 302', () => {
    const body = verifyRsaBody({}, { signKey: TEST_KEYS.demoAppDecrypt.privateKey });
    expect(verdict(judge('tokenValidate', body).decision)).toBe(SIGN);
  });

  test('a signature of a key of 2048 bits is accepted', () => {
    const { privateKey, publicKey } = longPair();
    const body = verifyRsaBody({}, { signKey: privateKey });
    expect(verdict(judge('tokenValidate', body, { settings: { appVerifyKey: publicKey } }).decision)).toBe(OK);
  });
});
