/** Findings about verify's phoneNum. Each mistake is made as a client makes it, hashed and encrypted here. The document, 2.3 phoneNum. */
import { constants, createHash, createHmac, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { explain } from '../../../mock-server/explain/explain.js';
import type { EarlierRequest } from '../../../mock-server/explain/subject.js';
import {
  foreignTokenOf,
  loginBody,
  NOW_MS,
  PHONE_NUMBER,
  type Scene,
  SETTINGS,
  UNKNOWN_APP,
  verifyBody,
  verifyRsaBody,
} from '../../support/engine.js';
import { type Around, evidenceFor, findingIds, subjectFor } from '../../support/explain.js';
import { longPair, publicKeyOf, TEST_KEYS } from '../../support/keys.js';
import { SENT_AT } from '../../support/requests.js';
import { readVectors, vectorOf } from '../../support/vectors.js';

const { appKey, appSecret } = SETTINGS;
const DUE = `${PHONE_NUMBER}${appKey}${SENT_AT}`;
const OTHER_NUMBER = '13900139000';
const STRANGE: Scene = { state: { token: undefined } };

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex').toUpperCase();
}

function encrypted(text: string, publicKey = TEST_KEYS.platform.publicKey): Buffer {
  const key = { key: publicKeyOf(publicKey), padding: constants.RSA_PKCS1_PADDING };
  return publicEncrypt(key, Buffer.from(text));
}

/** keyType 0, with this phoneNum and the correct signature. */
function hashed(phoneNum: string, scene: Scene = {}, around: Around = {}) {
  return subjectFor('tokenValidate', verifyBody({ body: { phoneNum } }), scene, around);
}

/** keyType 1, with this phoneNum and the correct signature. */
function encoded(phoneNum: string, scene: Scene = {}) {
  return subjectFor('tokenValidate', verifyRsaBody({ body: { phoneNum } }), scene);
}

const ofPhone = (ids: readonly string[]) => ids.filter((id) => id.startsWith('phone.'));

interface Mistaken {
  readonly description: string;
  readonly text: string;
  readonly ids: readonly string[];
}

const ALONE = 'phone.hash-alone';
const SWAPPED = 'phone.secret-swapped';
const TIME = 'phone.timestamp-differs';
const MISSING = 'phone.timestamp-missing';
const ORDER = 'phone.field-order';
const ALGORITHM = 'phone.algorithm';
const PLAIN = 'phone.plain';
const COUNTRY = 'phone.country-code';
const FORMATTED = 'phone.formatted';

/** The same text is hashed and encrypted. */
const MISTAKEN: readonly Mistaken[] = [
  { description: 'the number alone', text: PHONE_NUMBER, ids: [ALONE] },
  { description: 'without the appKey', text: PHONE_NUMBER + SENT_AT, ids: [ALONE] },
  { description: 'the APPSecret', text: PHONE_NUMBER + appSecret + SENT_AT, ids: [SWAPPED] },
  { description: 'no timestamp', text: PHONE_NUMBER + appKey, ids: [MISSING] },
  { description: 'a millisecond later', text: `${PHONE_NUMBER}${appKey}20261125093619763`, ids: [TIME] },
  { description: 'a second earlier', text: `${PHONE_NUMBER}${appKey}20261125093618762`, ids: [TIME] },
  { description: 'a time in seconds', text: `${PHONE_NUMBER}${appKey}20261125093619`, ids: [TIME] },
  { description: 'a time cut to seconds', text: `${PHONE_NUMBER}${appKey}20261125093619000`, ids: [TIME] },
  { description: 'a time in UTC', text: `${PHONE_NUMBER}${appKey}20261125013619762`, ids: [TIME] },
  { description: 'epoch milliseconds', text: `${PHONE_NUMBER}${appKey}${NOW_MS - 238}`, ids: [TIME] },
  { description: 'epoch seconds', text: `${PHONE_NUMBER}${appKey}${NOW_MS / 1000 - 1}`, ids: [TIME] },
  { description: 'a time with dashes', text: `${PHONE_NUMBER}${appKey}2026-11-25 09:36:19`, ids: [TIME] },
  { description: 'a time with dashes to the ms', text: `${PHONE_NUMBER}${appKey}2026-11-25 09:36:19.762`, ids: [TIME] },
  { description: 'the timestamp before the appKey', text: PHONE_NUMBER + SENT_AT + appKey, ids: [ORDER] },
  { description: 'the appKey first', text: appKey + PHONE_NUMBER + SENT_AT, ids: [ORDER] },
  { description: '+86', text: `+86${DUE}`, ids: [COUNTRY] },
  { description: '86', text: `86${DUE}`, ids: [COUNTRY] },
  { description: '0086', text: `0086${DUE}`, ids: [COUNTRY] },
  { description: '+86 and a space', text: `+86 ${DUE}`, ids: [COUNTRY] },
  { description: 'spaces', text: `138 0013 8000${appKey}${SENT_AT}`, ids: [FORMATTED] },
  { description: 'dashes', text: `138-0013-8000${appKey}${SENT_AT}`, ids: [FORMATTED] },
  { description: 'a space before it', text: ` ${DUE}`, ids: [FORMATTED] },
  { description: 'a space after it', text: `${PHONE_NUMBER} ${appKey}${SENT_AT}`, ids: [FORMATTED] },
  { description: '+86 and spaces', text: `+86 138 0013 8000${appKey}${SENT_AT}`, ids: [COUNTRY, FORMATTED] },
  { description: '+86 and the number alone', text: `+86${PHONE_NUMBER}`, ids: [ALONE, COUNTRY] },
  { description: 'dashes, and the APPSecret', text: `138-0013-8000${appSecret}${SENT_AT}`, ids: [SWAPPED, FORMATTED] },
  { description: 'the APPSecret, no timestamp', text: PHONE_NUMBER + appSecret, ids: [SWAPPED, MISSING] },
];

describe('keyType 0: the right number in a wrong recipe', () => {
  test.each(MISTAKEN)('$description', ({ text, ids }) => {
    const subject = hashed(sha256(text));
    expect(subject.decidedBy).toBe('numberMatches');
    expect(findingIds(subject)).toEqual(ids);
    expect(evidenceFor(subject, ids[0] ?? '')).toMatchObject([
      { field: 'phoneNum', received: sha256(text), expected: sha256(DUE), text, due: DUE },
    ]);
  });

  test.each(MISTAKEN)('$description, in lower case', ({ text, ids }) => {
    const subject = hashed(sha256(text).toLowerCase());
    expect(subject.decidedBy).toBe('phoneNumReadable');
    expect(findingIds(subject)).toEqual(['phone.case', ...ids]);
  });

  test.each([
    { description: 'the number alone', text: PHONE_NUMBER, missing: ['appKey', 'timestamp'] },
    { description: 'the timestamp after it', text: PHONE_NUMBER + SENT_AT, missing: ['appKey'] },
  ])('the missing parts are named: $description', ({ text, missing }) => {
    expect(evidenceFor(hashed(sha256(text)), ALONE)).toMatchObject([{ missing }]);
  });

  test.each([
    { description: 'three mistakes at once', text: `+86 138 0013 8000${appSecret}${SENT_AT}` },
    { description: 'a time a minute away', text: `${PHONE_NUMBER}${appKey}20261125093519762` },
    { description: 'the correct hash, hashed again', text: sha256(DUE) },
  ])('$description is not searched', ({ text }) => {
    expect(findingIds(hashed(sha256(text)))).toEqual(['phone.different']);
  });
});

describe('keyType 0: a time that is not in the header', () => {
  const kept = '20261125080000000';
  const earlierRequest: EarlierRequest = {
    id: 'abc123-1',
    receivedAtMs: NOW_MS - 6_000_000,
    token: undefined,
    msgId: undefined,
    sentAt: kept,
    resultCode: '000',
  };

  test('the time of an earlier request: phoneNum was calculated once and reused', () => {
    const phoneNum = sha256(PHONE_NUMBER + appKey + kept);
    expect(findingIds(hashed(phoneNum, {}, { earlier: [earlierRequest] }))).toEqual([TIME]);
    expect(findingIds(hashed(phoneNum))).toEqual(['phone.different']);
  });

  test('the current time: the header is frozen', () => {
    const header = { timestamp: kept };
    const phoneNum = sha256(`${PHONE_NUMBER}${appKey}20261125093619990`);
    const ids = findingIds(subjectFor('tokenValidate', verifyBody({ header, body: { phoneNum } })));
    expect(ofPhone(ids)).toEqual([TIME]);
  });

  test('two seconds before the arrival, the last time that is tried, after a thousand earlier requests', () => {
    const earlier = Array.from({ length: 1000 }, (_, at) => ({
      ...earlierRequest,
      sentAt: String(BigInt(kept) + BigInt(at)),
    }));
    const header = { timestamp: '20261124080000000' };
    const ids = (time: string) => {
      const body = verifyBody({ header, body: { phoneNum: sha256(PHONE_NUMBER + appKey + time) } });
      return ofPhone(findingIds(subjectFor('tokenValidate', body, {}, { earlier })));
    };
    expect(ids('20261125093618000')).toEqual([TIME]);
    expect(ids('20261125093617999')).toEqual(['phone.different']);
  });

  test('a header without a time has no finding', () => {
    const body = verifyBody({ header: { timestamp: undefined }, body: { phoneNum: sha256(DUE) } });
    expect(ofPhone(findingIds(subjectFor('tokenValidate', body)))).toEqual([]);
  });

  test('if the header time is not a date, other formats are tried', () => {
    const timestamp = '17955597570543730';
    const phoneNum = sha256(`${PHONE_NUMBER}${appKey}17955597570543`);
    const ids = findingIds(subjectFor('tokenValidate', verifyBody({ header: { timestamp }, body: { phoneNum } })));
    expect(ofPhone(ids)).toEqual([TIME]);
  });
});

const digestOf = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex').toUpperCase();
const hmacOf = (text: string, key: string, algorithm = 'sha256') =>
  createHmac(algorithm, key).update(text).digest('hex').toUpperCase();

describe('keyType 0: another algorithm', () => {
  test.each([
    { used: 'MD5', phoneNum: digestOf('md5', DUE), ids: [ALGORITHM], next: '000' },
    { used: 'MD5', phoneNum: digestOf('md5', DUE).toLowerCase(), ids: [ALGORITHM], next: '000' },
    { used: 'SHA-1', phoneNum: digestOf('sha1', DUE), ids: [ALGORITHM], next: '000' },
    { used: 'SHA-512', phoneNum: digestOf('sha512', DUE), ids: [ALGORITHM], next: '000' },
    { used: 'MD5', phoneNum: digestOf('md5', PHONE_NUMBER), ids: [ALGORITHM, ALONE], next: '001' },
    { used: 'MD5', phoneNum: digestOf('md5', appKey + PHONE_NUMBER + SENT_AT), ids: [ALGORITHM, ORDER], next: '001' },
    { used: 'HMACSHA1', phoneNum: hmacOf(PHONE_NUMBER + SENT_AT, appKey, 'sha1'), ids: [ALGORITHM], next: '000' },
  ])('$used: $ids', ({ used, phoneNum, ids, next }) => {
    const subject = hashed(phoneNum);
    expect(subject.decidedBy).toBe('phoneNumReadable');
    expect(findingIds(subject)).toEqual(ids);
    expect(evidenceFor(subject, ALGORITHM)).toMatchObject([{ used, expected: sha256(DUE), due: DUE }]);
    expect(explain(subject, 'en').next).toBe(next);
  });

  test('a hash of another number is not found', () => {
    const subject = hashed(digestOf('md5', OTHER_NUMBER + appKey + SENT_AT));
    expect(findingIds(subject)).toEqual(['field.malformed']);
  });
});

describe('phoneNum in plain text', () => {
  test('keyType 1 gets the advice to encrypt', () => {
    const subject = encoded(PHONE_NUMBER);
    expect(findingIds(subject)).toEqual([PLAIN]);
    const { findings, next } = explain(subject, 'en');
    expect(next).toBe('000');
    expect(findings[0]?.detail).toContain('encrypt');
    expect(explain(subject, 'zh').findings[0]?.detail).toContain('用平台公钥加密');
  });

  test('for a text without a known recipe, the next code assumes that the rest is correct', () => {
    expect(explain(hashed('not a hash'), 'en').next).toBe('000');
  });
});

describe('another number', () => {
  test('hashed', () => {
    const subject = subjectFor('tokenValidate', verifyBody({}, OTHER_NUMBER));
    expect(subject.resultCode).toBe('001');
    expect(findingIds(subject)).toEqual(['phone.different']);
    expect(evidenceFor(subject, 'phone.different')).toEqual([
      { field: 'phoneNum', received: sha256(OTHER_NUMBER + appKey + SENT_AT), expected: PHONE_NUMBER, due: DUE },
    ]);
  });

  test('encrypted', () => {
    const subject = subjectFor('tokenValidate', verifyRsaBody({}, { phoneNumber: OTHER_NUMBER }));
    expect(subject.resultCode).toBe('001');
    expect(findingIds(subject)).toEqual(['phone.different']);
    expect(evidenceFor(subject, 'phone.different')).toMatchObject([
      { expected: PHONE_NUMBER, text: `${OTHER_NUMBER}${appKey}${SENT_AT}` },
    ]);
  });

  test.each([
    { description: 'ten digits', text: `1380013800${appKey}${SENT_AT}` },
    { description: 'a text without a number', text: 'a text of no number' },
    { description: 'a character after the text', text: `${DUE}&` },
  ])('encrypted, $description', ({ text }) => {
    const subject = encoded(encrypted(text).toString('base64'));
    expect(subject.decidedBy).toBe('phoneNumReadable');
    expect(findingIds(subject)).toEqual(['phone.different']);
    expect(evidenceFor(subject, 'phone.different')).toMatchObject([{ text }]);
  });

  test('encrypted with a wrong recipe is both mistakes', () => {
    const subject = encoded(encrypted(`+86${OTHER_NUMBER}${appKey}${SENT_AT}`).toString('base64'));
    expect(findingIds(subject)).toEqual([COUNTRY, 'phone.different']);
  });
});

describe('keyType 1: the right number in a wrong recipe', () => {
  test.each(MISTAKEN)('$description', ({ text, ids }) => {
    const phoneNum = encrypted(text).toString('base64');
    const subject = encoded(phoneNum);
    expect(subject.decidedBy).toBe('phoneNumReadable');
    expect(findingIds(subject)).toEqual(ids);
    expect(evidenceFor(subject, ids[0] ?? '')).toMatchObject([{ received: phoneNum, text, due: DUE }]);
    expect(evidenceFor(subject, ids[0] ?? '')[0]).not.toHaveProperty('expected');
  });

  test('any time is read from the decrypted text, without a search', () => {
    const text = `${PHONE_NUMBER}${appKey}20251125093619762`;
    expect(findingIds(encoded(encrypted(text).toString('base64')))).toEqual([TIME]);
  });

  test('the recipe is recognised without the token', () => {
    const subject = encoded(encrypted(`+86${OTHER_NUMBER}${appKey}${SENT_AT}`).toString('base64'), STRANGE);
    expect(findingIds(subject)).toEqual([COUNTRY, 'token.unknown']);
    expect(evidenceFor(subject, COUNTRY)).toMatchObject([{ due: `${OTHER_NUMBER}${appKey}${SENT_AT}` }]);
  });
});

describe('keyType 1: the ciphertext', () => {
  test('in hex', () => {
    const ciphertext = encrypted(DUE);
    const phoneNum = ciphertext.toString('hex');
    const subject = encoded(phoneNum);
    expect(subject.decidedBy).toBe('phoneNumReadable');
    expect(findingIds(subject)).toEqual(['phone.encoding']);
    expect(evidenceFor(subject, 'phone.encoding')).toEqual([
      {
        field: 'phoneNum',
        received: phoneNum,
        expected: ciphertext.toString('base64'),
        encoding: 'hex',
        expectedEncoding: 'base64',
      },
    ]);
  });

  test('in hex, of only the number', () => {
    expect(findingIds(encoded(encrypted(PHONE_NUMBER).toString('hex').toUpperCase()))).toEqual([
      'phone.encoding',
      ALONE,
    ]);
  });

  test.each([
    { description: 'hex is correct', encoding: 'hex', ids: [] },
    { description: 'Base64 is reported', encoding: 'base64', ids: ['phone.encoding'] },
  ] as const)('if a reading requires hex: $description', ({ encoding, ids }) => {
    const subject = encoded(encrypted(DUE).toString(encoding), { readings: { 'verify-rsa-encoding': 'hex' } });
    expect(ofPhone(findingIds(subject))).toEqual(ids);
  });

  test.each([
    { description: '应用公钥1', publicKey: TEST_KEYS.demoAppSign.publicKey },
    { description: '应用公钥2', publicKey: TEST_KEYS.demoAppDecrypt.publicKey },
    { description: 'a longer key', publicKey: longPair().publicKey },
  ])('encrypted with $description', ({ publicKey }) => {
    const subject = encoded(encrypted(DUE, publicKey).toString('base64'));
    expect(subject.decidedBy).toBe('phoneNumReadable');
    expect(findingIds(subject)).toEqual(['phone.key-pair']);
    expect(evidenceFor(subject, 'phone.key-pair')).toMatchObject([{ expected: TEST_KEYS.platform.publicKey }]);
  });

  test('encrypted with another key, and in hex', () => {
    const phoneNum = encrypted(DUE, TEST_KEYS.demoAppSign.publicKey).toString('hex');
    expect(findingIds(encoded(phoneNum))).toEqual(['phone.encoding', 'phone.key-pair']);
  });

  test.each([
    { description: 'a hash', phoneNum: sha256(DUE) },
    { description: 'a ciphertext cut short', phoneNum: encrypted(DUE).subarray(1).toString('base64') },
  ])('$description is not a ciphertext', ({ phoneNum }) => {
    const subject = encoded(phoneNum);
    expect(subject.decidedBy).toBe('phoneNumReadable');
    expect(ofPhone(findingIds(subject))).toEqual([]);
  });
});

describe('a number of another network', () => {
  test.each([
    { operator: 'unicom', network: '联通' },
    { operator: 'telecom', network: '电信' },
  ] as const)('$operator: it is verified here, with a warning', ({ operator, network }) => {
    const subject = subjectFor('tokenValidate', verifyBody(), { token: { operator } });
    expect(subject.decidedBy).toBe('allMet');
    expect(findingIds(subject)).toEqual(['phone.other-network']);
    expect(evidenceFor(subject, 'phone.other-network')).toEqual([{ received: PHONE_NUMBER, operator, network }]);
  });

  test('is reported after the number that does not match', () => {
    const subject = subjectFor('tokenValidate', verifyBody({}, OTHER_NUMBER), { token: { operator: 'unicom' } });
    expect(findingIds(subject)).toEqual(['phone.different', 'phone.other-network']);
  });

  test('login is for all three operators', () => {
    const subject = subjectFor('loginTokenValidate', loginBody(), { token: { operator: 'unicom' } });
    expect(findingIds(subject)).toEqual([]);
  });
});

describe('phoneNum is checked', () => {
  test('after a signature that decided', () => {
    const phoneNum = sha256(PHONE_NUMBER);
    const subject = subjectFor('tokenValidate', verifyBody({ body: { phoneNum, sign: 'F'.repeat(64) } }));
    expect(subject.decidedBy).toBe('signValid');
    const ids = findingIds(subject);
    expect(ids[0]).toMatch(/^sign\./);
    expect(ids).toContain(ALONE);
  });

  test('against the number of a token of another app', () => {
    const state = { token: undefined, foreignToken: foreignTokenOf('tokenValidate') };
    expect(findingIds(hashed(sha256(PHONE_NUMBER), { state }))).toEqual(['token.other-app', ALONE]);
  });

  test('not without a token that has a number', () => {
    expect(findingIds(hashed(sha256(PHONE_NUMBER), STRANGE))).toEqual(['token.unknown']);
  });

  test('not without an app', () => {
    expect(ofPhone(findingIds(hashed(sha256(PHONE_NUMBER).toLowerCase(), UNKNOWN_APP)))).toEqual([]);
  });

  test('not if it was not sent', () => {
    expect(ofPhone(findingIds(hashed('')))).toEqual([]);
  });
});

const VECTORS = readVectors('token-validate-phone-num');

test.each([
  { tcId: 41, ids: [] },
  { tcId: 42, ids: [ALONE] },
  { tcId: 43, ids: [MISSING] },
  { tcId: 44, ids: [COUNTRY] },
])('vector $tcId, made by independent tools', ({ tcId, ids }) => {
  const { phoneNum, phoneNumber, group } = vectorOf(VECTORS, tcId);
  const body = verifyBody({ header: { timestamp: group.timestamp }, body: { phoneNum } }, phoneNumber);
  const subject = subjectFor('tokenValidate', body, { settings: { appKey: group.appKey }, token: { phoneNumber } });
  expect(ofPhone(findingIds(subject))).toEqual(ids);
});
