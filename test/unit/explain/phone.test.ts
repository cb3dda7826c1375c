/** Findings about verify's phoneNum that no row of test/mistakes can express. The document, 2.3 phoneNum. */
import { constants, createHash, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { EarlierRequest } from '../../../mock-server/explain/subject.js';
import {
  NOW_MS,
  PHONE_NUMBER,
  type Scene,
  SETTINGS,
  verifyBody,
  verifyRsaBody,
} from '../../support/engine.js';
import { evidenceFor, findingIds, subjectFor } from '../../support/explain.js';
import { longPair, publicKeyOf, TEST_KEYS } from '../../support/keys.js';
import { MISTAKES, subjectOfMistake } from '../../support/mistakes.js';
import { SENT_AT } from '../../support/requests.js';

const { appKey } = SETTINGS;
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

/** keyType 1, with this phoneNum and the correct signature. */
function encoded(phoneNum: string, scene: Scene = {}) {
  return subjectFor('tokenValidate', verifyRsaBody({ body: { phoneNum } }), scene);
}

const ofPhone = (ids: readonly string[]) => ids.filter((id) => id.startsWith('phone.'));

const ALONE = 'phone.hash-alone';
const TIME = 'phone.timestamp-differs';
const COUNTRY = 'phone.country-code';
/** The known mistakes with a hash of a wrong text. */
const WRONG_TEXTS = MISTAKES.flatMap(({ rows }) => rows).filter(
  ({ mode, phoneNum, earlier, expected: { decidedBy, causes = [] } }) =>
    mode === 'verify HMAC' &&
    Object.keys(Object(phoneNum)).join() === 'text' &&
    earlier === undefined &&
    decidedBy === 'numberMatches' &&
    !causes.includes('phone.different'),
);

test('there are many of them', () => {
  expect(WRONG_TEXTS.length).toBeGreaterThan(30);
});

test.each(WRONG_TEXTS)(
  '$description: the same in lower case, and encrypted',
  ({ phoneNum, ...row }) => {
    const { causes = [] } = row.expected;
    const lowerCase = subjectOfMistake({ ...row, phoneNum: { ...Object(phoneNum), as: 'hex' } });
    const encryptedText = subjectOfMistake({
      ...row,
      mode: 'verify RSA',
      ...(phoneNum && { phoneNum }),
    });
    expect([lowerCase, encryptedText].map(({ decidedBy }) => decidedBy)).toEqual(
      Array(2).fill('phoneNumReadable'),
    );
    expect([lowerCase, encryptedText].map(findingIds)).toEqual([['phone.case', ...causes], causes]);
    expect(evidenceFor(encryptedText, causes[0] ?? '')[0]).not.toHaveProperty('expected');
  },
);

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
    const ids = findingIds(
      subjectFor('tokenValidate', verifyBody({ header: { timestamp }, body: { phoneNum } })),
    );
    expect(ofPhone(ids)).toEqual([TIME]);
  });
});

describe('another number', () => {
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

describe('keyType 1: the ciphertext', () => {
  test('shows its recipe without the token', () => {
    const subject = encoded(
      encrypted(`+86${OTHER_NUMBER}${appKey}${SENT_AT}`).toString('base64'),
      STRANGE,
    );
    expect(findingIds(subject)).toEqual(['token.unknown', COUNTRY]);
    expect(evidenceFor(subject, COUNTRY)).toMatchObject([
      { due: `${OTHER_NUMBER}${appKey}${SENT_AT}` },
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
    const subject = encoded(encrypted(DUE).toString(encoding), {
      readings: { 'verify-rsa-encoding': 'hex' },
    });
    expect(ofPhone(findingIds(subject))).toEqual(ids);
  });

  test.each([
    { description: '应用公钥1', publicKey: TEST_KEYS.demoAppSign.publicKey },
    { description: 'a longer key', publicKey: longPair().publicKey },
  ])('encrypted with $description', ({ publicKey }) => {
    const subject = encoded(encrypted(DUE, publicKey).toString('base64'));
    expect(subject.decidedBy).toBe('phoneNumReadable');
    expect(findingIds(subject)).toEqual(['phone.key-pair']);
    expect(evidenceFor(subject, 'phone.key-pair')).toMatchObject([
      { expected: TEST_KEYS.platform.publicKey },
    ]);
  });

  test('encrypted with another key, and in hex', () => {
    const phoneNum = encrypted(DUE, TEST_KEYS.demoAppSign.publicKey).toString('hex');
    expect(findingIds(encoded(phoneNum))).toEqual(['phone.encoding', 'phone.key-pair']);
  });

  test.each([
    { description: 'a hash', phoneNum: sha256(DUE) },
    {
      description: 'a ciphertext cut short',
      phoneNum: encrypted(DUE).subarray(0, -1).toString('base64'),
    },
  ])('$description is not a ciphertext', ({ phoneNum }) => {
    const subject = encoded(phoneNum);
    expect(subject.decidedBy).toBe('phoneNumReadable');
    expect(ofPhone(findingIds(subject))).toEqual([]);
  });
});
