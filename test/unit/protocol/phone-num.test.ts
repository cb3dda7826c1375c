/** The phoneNum of tokenValidate. The document, 2.3. */
import { constants, createHash, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decryptPhoneNum, encryptPhoneNum, hashPhoneNum, isPhoneNumber } from '../../../src/protocol/phone-num.js';
import { privateKeyOf, publicKeyOf, TEST_KEYS } from '../../support/keys.js';

const FIELDS = { phoneNumber: '13800138000', appKey: '5A1E0C9B7D3F4826', timestamp: '20261125093619762' };
const publicKey = publicKeyOf(TEST_KEYS.platform.publicKey);
const privateKey = privateKeyOf(TEST_KEYS.platform.privateKey);

test.each([
  { description: 'eleven digits that begin with 1', text: '13800138000', expected: true },
  { description: 'eleven equal digits', text: '11111111111', expected: true },
  { description: 'ten digits', text: '1380013800', expected: false },
  { description: 'twelve digits', text: '138001380000', expected: false },
  { description: 'eleven digits that begin with 2', text: '23800138000', expected: false },
  { description: 'with +86', text: '+8613800138000', expected: false },
  { description: 'with 86', text: '8613800138000', expected: false },
  { description: 'with spaces', text: '138 0013 8000', expected: false },
  { description: 'a leading space', text: ' 13800138000', expected: false },
  { description: 'a trailing line feed', text: '13800138000\n', expected: false },
  { description: 'a letter', text: '1380013800O', expected: false },
  { description: 'an empty text', text: '', expected: false },
])('a phone number, $description: $expected', ({ text, expected }) => {
  expect(isPhoneNumber(text)).toBe(expected);
});

test('the hash is SHA-256 over number + appKey + timestamp, upper case', () => {
  const expected = createHash('sha256').update('138001380005A1E0C9B7D3F482620261125093619762').digest('hex');
  expect(hashPhoneNum(FIELDS)).toBe(expected.toUpperCase());
});

describe('the ciphertext', () => {
  test('decrypts to the number', () => {
    expect(decryptPhoneNum(encryptPhoneNum(FIELDS, publicKey), FIELDS, privateKey)).toBe('13800138000');
  });

  test('differs each time', () => {
    expect(encryptPhoneNum(FIELDS, publicKey).equals(encryptPhoneNum(FIELDS, publicKey))).toBe(false);
  });

  const tail = FIELDS.appKey + FIELDS.timestamp;

  test.each([
    { description: 'number + appKey + timestamp', text: `13800138000${tail}`, expected: '13800138000' },
    { description: 'no number', text: tail, expected: undefined },
    { description: 'a number with +86', text: `+8613800138000${tail}`, expected: undefined },
    { description: 'ten digits', text: `1380013800${tail}`, expected: undefined },
    { description: 'no appKey', text: `13800138000${FIELDS.timestamp}`, expected: undefined },
    { description: 'no timestamp', text: `13800138000${FIELDS.appKey}`, expected: undefined },
    { description: 'another order', text: `13800138000${FIELDS.timestamp}${FIELDS.appKey}`, expected: undefined },
    { description: 'a trailing space', text: `13800138000${tail} `, expected: undefined },
    { description: 'another timestamp', text: `13800138000${FIELDS.appKey}20261125093619763`, expected: undefined },
    { description: 'the number alone', text: '13800138000', expected: undefined },
    { description: 'an empty text', text: '', expected: undefined },
  ])('of $description decrypts to $expected', ({ text, expected }) => {
    const ciphertext = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text));
    expect(decryptPhoneNum(ciphertext, FIELDS, privateKey)).toBe(expected);
  });

  test('for another key decrypts to undefined', () => {
    const ciphertext = encryptPhoneNum(FIELDS, publicKeyOf(TEST_KEYS.demoAppDecrypt.publicKey));
    expect(decryptPhoneNum(ciphertext, FIELDS, privateKey)).toBeUndefined();
  });
});
