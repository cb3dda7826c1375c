/** The 17 digits. The document, 1.2 systemtime: `20121227180001165`. The phoneNum of tokenValidate. The document, 2.3. */

import { constants, createHash, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  decryptPhoneNum,
  encryptPhoneNum,
  hashPhoneNum,
  isPhoneNumber,
} from '../../../src/protocol/phone-num.js';
import {
  beijingDay,
  formatTimestamp,
  isTimestamp,
  parseTimestamp,
  TIMESTAMP_MS_MAX,
} from '../../../src/protocol/timestamp.js';
import { privateKeyOf, publicKeyOf, TEST_KEYS } from '../../support/keys.js';

describe('isTimestamp', () => {
  test.each([
    { description: '17 digits', text: '20121227180001165', expected: true },
    { description: '17 digits that are not a date', text: '17955597570543730', expected: true },
    { description: '16 digits', text: '2012122718000116', expected: false },
    { description: '18 digits', text: '201212271800011650', expected: false },
    { description: 'a letter', text: '2012122718000116O', expected: false },
    {
      description: 'full-width digits',
      text: '２０１２１２２７１８０００１１６５',
      expected: false,
    },
    { description: 'a leading space', text: ' 20121227180001165', expected: false },
    { description: 'a trailing line feed', text: '20121227180001165\n', expected: false },
    { description: 'a minus sign', text: '-2012122718000116', expected: false },
    { description: 'an empty text', text: '', expected: false },
  ])('$description: $expected', ({ text, expected }) => {
    expect(isTimestamp(text)).toBe(expected);
  });
});

const MOMENTS = [
  {
    description: 'the sample of the document',
    text: '20121227180001165',
    ms: Date.UTC(2012, 11, 27, 10, 0, 1, 165),
  },
  { description: 'the epoch, at eight in the morning', text: '19700101080000000', ms: 0 },
  {
    description: 'the millisecond before midnight',
    text: '20261125235959999',
    ms: Date.UTC(2026, 10, 25, 15, 59, 59, 999),
  },
  {
    description: 'midnight, on the next day',
    text: '20261126000000000',
    ms: Date.UTC(2026, 10, 25, 16),
  },
  {
    description: 'midnight of a new year',
    text: '20270101000000000',
    ms: Date.UTC(2026, 11, 31, 16),
  },
  { description: 'the leap day of 2024', text: '20240229120000000', ms: Date.UTC(2024, 1, 29, 4) },
  { description: 'the leap day of 2000', text: '20000229000000000', ms: Date.UTC(2000, 1, 28, 16) },
  {
    description: 'the summer of 1990, without daylight saving',
    text: '19900701120000000',
    ms: Date.UTC(1990, 6, 1, 4),
  },
  {
    description: 'other digits in each field',
    text: '12340506070809012',
    ms: Date.UTC(1234, 4, 5, 23, 8, 9, 12),
  },
  { description: 'the last time with 17 digits', text: '99991231235959999', ms: TIMESTAMP_MS_MAX },
];

describe('17 digits are converted to epoch milliseconds and back', () => {
  test.each(MOMENTS)('$description', ({ text, ms }) => {
    expect({ text: formatTimestamp(ms), ms: parseTimestamp(text) }).toEqual({ text, ms });
  });

  test('the last time with 17 digits is one millisecond before the year 10000 in Beijing', () => {
    expect(TIMESTAMP_MS_MAX).toBe(Date.UTC(9999, 11, 31, 15, 59, 59, 999));
  });
});

describe('digits that are not a date are undefined', () => {
  test.each([
    { description: 'month 55, as a client sends it', text: '17955597570543730' },
    { description: 'month 00', text: '20260001000000000' },
    { description: 'month 13', text: '20261301000000000' },
    { description: 'day 00', text: '20261100000000000' },
    { description: '31 November', text: '20261131000000000' },
    { description: '30 February', text: '20240230000000000' },
    { description: '29 February of a common year', text: '20230229000000000' },
    { description: '29 February of 1900', text: '19000229000000000' },
    { description: '24:00', text: '20261125240000000' },
    { description: '25:00', text: '20261125250000000' },
    { description: 'minute 60', text: '20261125236000000' },
    { description: 'second 60', text: '20161231235960000' },
    { description: '16 digits', text: '2026112523595999' },
    { description: '18 digits', text: '202611252359599990' },
    { description: 'an empty text', text: '' },
  ])('$description', ({ text }) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

test.each([
  {
    description: 'the old day before midnight',
    ms: Date.UTC(2026, 10, 25, 15, 59, 59, 999),
    expected: '20261125',
  },
  { description: 'the new day at midnight', ms: Date.UTC(2026, 10, 25, 16), expected: '20261126' },
])('the day in Beijing: $description', ({ ms, expected }) => {
  expect(beijingDay(ms)).toBe(expected);
});

const FIELDS = {
  phoneNumber: '13800138000',
  appKey: '5A1E0C9B7D3F4826',
  timestamp: '20261125093619762',
};
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
  const expected = createHash('sha256')
    .update('138001380005A1E0C9B7D3F482620261125093619762')
    .digest('hex');
  expect(hashPhoneNum(FIELDS)).toBe(expected.toUpperCase());
});

describe('the ciphertext', () => {
  test('decrypts to the number', () => {
    expect(decryptPhoneNum(encryptPhoneNum(FIELDS, publicKey), FIELDS, privateKey)).toBe(
      '13800138000',
    );
  });

  test('differs each time', () => {
    expect(encryptPhoneNum(FIELDS, publicKey).equals(encryptPhoneNum(FIELDS, publicKey))).toBe(
      false,
    );
  });

  const tail = FIELDS.appKey + FIELDS.timestamp;

  test.each([
    {
      description: 'number + appKey + timestamp',
      text: `13800138000${tail}`,
      expected: '13800138000',
    },
    { description: 'no number', text: tail, expected: undefined },
    { description: 'a number with +86', text: `+8613800138000${tail}`, expected: undefined },
    { description: 'ten digits', text: `1380013800${tail}`, expected: undefined },
    { description: 'no appKey', text: `13800138000${FIELDS.timestamp}`, expected: undefined },
    { description: 'no timestamp', text: `13800138000${FIELDS.appKey}`, expected: undefined },
    {
      description: 'another order',
      text: `13800138000${FIELDS.timestamp}${FIELDS.appKey}`,
      expected: undefined,
    },
    { description: 'a trailing space', text: `13800138000${tail} `, expected: undefined },
    {
      description: 'another timestamp',
      text: `13800138000${FIELDS.appKey}20261125093619763`,
      expected: undefined,
    },
    { description: 'the number alone', text: '13800138000', expected: undefined },
    { description: 'an empty text', text: '', expected: undefined },
  ])('of $description decrypts to $expected', ({ text, expected }) => {
    const ciphertext = publicEncrypt(
      { key: publicKey, padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(text),
    );
    expect(decryptPhoneNum(ciphertext, FIELDS, privateKey)).toBe(expected);
  });

  test('for another key decrypts to undefined', () => {
    const ciphertext = encryptPhoneNum(FIELDS, publicKeyOf(TEST_KEYS.demoAppDecrypt.publicKey));
    expect(decryptPhoneNum(ciphertext, FIELDS, privateKey)).toBeUndefined();
  });
});
