/** Making signatures; test/kit/vectors checks them, also malformed ones. The document, 1.2 and 2.3. The hashes: RFC 1321, FIPS 180-4 and RFC 4231. */
import { constants, createHash, privateEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  equalInConstantTime,
  fromBase64,
  fromHex,
  md5Hex,
  sha256Hex,
  signRsa,
  upperHex,
} from '../../../src/protocol/sign.js';
import { privateKeyOf, TEST_KEYS } from '../../support/keys.js';

test.each([
  { description: 'MD5', hex: md5Hex('abc'), expected: '900150983CD24FB0D6963F7D28E17F72' },
  {
    description: 'MD5 of UTF-8',
    hex: md5Hex('消息'),
    expected: createHash('md5').update('消息').digest('hex').toUpperCase(),
  },
  {
    description: 'SHA-256',
    hex: sha256Hex('abc'),
    expected: 'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD',
  },
])('$description is upper-case hex', ({ hex, expected }) => {
  expect(hex).toBe(expected);
});

describe('an RSA signature', () => {
  const privateKey = privateKeyOf(TEST_KEYS.demoAppSign.privateKey);
  const signature = signRsa('RSA-SHA256', '文本', privateKey);

  test('is as long as its key', () => {
    expect(signature).toHaveLength(128);
  });

  test('is PKCS#1 v1.5 and the same each time', () => {
    const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex');
    const block = Buffer.concat([digestInfo, createHash('sha256').update('文本').digest()]);
    const expected = privateEncrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
      block,
    );
    expect(signature).toEqual(expected);
  });
});

test.each([
  { description: 'upper case', text: '00AF', expected: [0x00, 0xaf] },
  { description: 'lower case', text: '00af', expected: [0x00, 0xaf] },
  { description: 'both cases', text: 'aFfA', expected: [0xaf, 0xfa] },
  { description: 'an odd number of digits', text: '00A', expected: undefined },
  { description: 'a letter that is not hex', text: '00AG', expected: undefined },
  { description: 'a space', text: '00 AF', expected: undefined },
  { description: 'a line feed at the end', text: '00AF\n', expected: undefined },
  { description: 'a prefix', text: '0x00AF', expected: undefined },
  { description: 'an empty text', text: '', expected: undefined },
])('hex, $description', ({ text, expected }) => {
  expect(fromHex(text)).toEqual(expected === undefined ? undefined : Buffer.from(expected));
});

test.each([
  { description: 'lower case', text: '0af', expected: '0AF' },
  { description: 'upper case', text: '0AF', expected: '0AF' },
  { description: 'an empty text', text: '', expected: '' },
  { description: 'a ligature for two letters', text: '\ufb00', expected: '\ufb00' },
  { description: 'hex after another letter', text: 'gaf', expected: 'gaf' },
  { description: 'hex before another letter', text: 'afg', expected: 'afg' },
])('hex in upper case: $description', ({ text, expected }) => {
  expect(upperHex(text)).toBe(expected);
});

test.each([
  { description: 'no padding needed', text: 'AAEC', expected: [0, 1, 2] },
  { description: 'one padding character', text: 'AAE=', expected: [0, 1] },
  { description: 'two padding characters', text: 'AA==', expected: [0] },
  { description: 'plus and slash', text: '+/+/', expected: [0xfb, 0xff, 0xbf] },
  {
    description: 'wrapped with carriage returns',
    text: 'AAEC\r\nAwQF\r\n',
    expected: [0, 1, 2, 3, 4, 5],
  },
  { description: 'spaces and tabs', text: ' AA\tE C ', expected: [0, 1, 2] },
  { description: 'missing padding', text: 'AAE', expected: undefined },
  { description: 'too much padding', text: 'AAE==', expected: undefined },
  { description: 'padding in the middle', text: 'AA==AAEC', expected: undefined },
  { description: 'only padding', text: '====', expected: undefined },
  { description: 'one letter too many', text: 'AAECA', expected: undefined },
  { description: 'the URL-safe alphabet', text: '-_-_', expected: undefined },
  { description: 'another character', text: 'AA.C', expected: undefined },
  { description: 'only white space', text: ' \r\n', expected: undefined },
  { description: 'an empty text', text: '', expected: undefined },
])('Base64, $description', ({ text, expected }) => {
  expect(fromBase64(text)).toEqual(expected === undefined ? undefined : Buffer.from(expected));
});

test.each([
  { a: '', b: '', expected: true },
  { a: 'AF', b: 'AF', expected: true },
  { a: 'AF', b: 'af', expected: false },
  { a: 'AF', b: 'BF', expected: false },
  { a: 'AF', b: 'AE', expected: false },
  { a: 'AFA', b: 'BFA', expected: false },
  { a: 'AF', b: 'AF0', expected: false },
  { a: 'AF0', b: 'AF', expected: false },
  { a: 'AB', b: 'BA', expected: false },
  { a: '\u0141', b: '\u0041', expected: false },
])('"$a" equals "$b": $expected', ({ a, b, expected }) => {
  expect(equalInConstantTime(a, b)).toBe(expected);
});
