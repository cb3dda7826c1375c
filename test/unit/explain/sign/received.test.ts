/** Decodes the received signature, whatever its encoding. */
import { describe, expect, test } from 'vitest';
import { readSign } from '../../../../mock-server/explain/sign/received.js';

const bytes = Buffer.from('fbefbe0102030405060708090a0b0c0d', 'hex');
const hex = bytes.toString('hex').toUpperCase();
const base64 = bytes.toString('base64');
const signature = Buffer.alloc(128, 0xfb);

test.each([
  { description: 'hex', text: hex, encoding: 'hex' },
  { description: 'hex with white space around it', text: ` ${hex}\r\n`, encoding: 'hex' },
  { description: 'hex with dashes', text: hex.replace(/..(?=.)/g, '$&-'), encoding: 'hex with separators' },
  { description: 'hex with colons', text: hex.replace(/..(?=.)/g, '$&:'), encoding: 'hex with separators' },
  { description: 'Base64', text: base64, encoding: 'Base64' },
  { description: 'Base64 with a line break', text: `${base64.slice(0, 8)}\n${base64.slice(8)}`, encoding: 'Base64' },
  { description: 'Base64 without padding', text: base64.replace(/=+$/, ''), encoding: 'Base64 without padding' },
  { description: 'Base64url', text: bytes.toString('base64url'), encoding: 'Base64url' },
  { description: 'URL-encoded Base64', text: encodeURIComponent(base64), encoding: 'URL-encoded Base64' },
  { description: 'Base64 with spaces for +', text: base64.replace(/\+/g, ' '), encoding: 'Base64 with spaces for +' },
  {
    description: 'Base64 of the hex text',
    text: Buffer.from(hex).toString('base64'),
    encoding: 'Base64 of the hex text',
  },
])('$description is $encoding', ({ text, encoding }) => {
  expect(readSign(text)).toMatchObject({ bytes, encoding });
});

test.each([
  { text: hex, letterCase: 'upper' },
  { text: hex.toLowerCase(), letterCase: 'lower' },
  { text: `${hex.slice(0, 8)}${hex.slice(8).toLowerCase()}`, letterCase: 'mixed' },
  { text: '0123456789'.repeat(4).slice(0, 32), letterCase: undefined },
  { text: base64, letterCase: undefined },
])('the letters of $text are $letterCase', ({ text, letterCase }) => {
  expect(readSign(text)?.letterCase).toBe(letterCase);
});

describe('the number of bytes', () => {
  test.each([8, 16, 20, 32, 48, 64])('%i in hex are a digest', (count) => {
    expect(readSign('AB'.repeat(count))?.bytes).toHaveLength(count);
  });

  test('128 are a signature', () => {
    expect(readSign(signature.toString('base64'))?.bytes).toEqual(signature);
  });

  test('64 hex digits are not treated as Base64 of 48 bytes', () => {
    expect(readSign('ab'.repeat(32))).toMatchObject({ encoding: 'hex' });
  });
});

describe('hex that is a few digits too short is padded with zeros', () => {
  test.each([
    { digits: 31, whole: 32 },
    { digits: 25, whole: 32 },
    { digits: 39, whole: 40 },
    { digits: 63, whole: 64 },
    { digits: 255, whole: 256 },
    { digits: 511, whole: 512 },
  ])('$digits of $whole', ({ digits, whole }) => {
    const text = 'A'.repeat(digits);
    expect(readSign(text)).toMatchObject({
      bytes: Buffer.from(text.padStart(whole, '0'), 'hex'),
      encoding: 'hex',
      letterCase: 'upper',
      short: { text: text.toLowerCase(), digits: whole },
    });
  });

  test('complete hex is not short', () => {
    expect(readSign(hex)?.short).toBeUndefined();
  });
});

test.each([
  { description: 'a number of digits that is close to no digest', text: 'A'.repeat(24) },
  { description: 'a number of bytes that no digest has', text: 'AB'.repeat(22) },
  { description: 'a signature five bytes short', text: 'AB'.repeat(123) },
  { description: 'a text in no encoding', text: '签名' },
  { description: 'a percent sign without a code', text: '%%%' },
  { description: 'white space', text: ' \n' },
  { description: 'padding followed by a letter', text: `${'='.repeat(400_000)}A` },
])('$description is not a signature', ({ text }) => {
  expect(readSign(text)).toBeUndefined();
});
