/** Decodes the received signature, whatever its encoding; the texts for a signature in a wrong format, or with lost zeros, in each mode. The document, 1.2 and 2.3. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../../../mock-server/explain/explain.js';
import { readSign } from '../../../../mock-server/explain/sign/received.js';
import type { Subject } from '../../../../mock-server/explain/subject.js';
import {
  APP_ID,
  APP_KEY,
  APP_SECRET,
  evidenceOf,
  HEAD,
  hexOf,
  hmac,
  LOGIN_TEXT,
  loginRsaSigned,
  loginSigned,
  md5,
  rsa,
  signIds,
  verifyRsaSigned,
  verifySigned,
} from './makers.js';

const right = md5(LOGIN_TEXT + APP_SECRET);
const KEYLESS = { scene: { settings: { appVerifyKey: null, appEncryptKey: null } } };

function sentences(subject: Subject, id: string): readonly string[] {
  return (['en', 'zh'] as const).map(
    (language) =>
      explain(subject, language).findings.find((finding) => finding.id === id)?.detail ?? '',
  );
}

describe('a text that cannot be a signature is reported by its length', () => {
  const cutOrNoHex = (length: number) => [
    `The signature has ${length} characters. Expected: 32 upper-case hex digits. It was truncated, or is not hex.`,
    `签名有 ${length} 个字符，应该是 32 位大写十六进制。可能截断了，或者不是十六进制。`,
  ];

  test.each([
    { description: 'one character', sign: 'x', length: 1 },
    { description: 'three hex digits', sign: 'abc', length: 3 },
    { description: 'Base64 of three bytes', sign: 'YWJj', length: 4 },
    {
      description: 'a valid signature without its last character',
      sign: right.slice(0, -1),
      length: 31,
    },
    {
      description: 'a valid signature without its first character, which is not zero',
      sign: right.slice(1),
      length: 31,
    },
    { description: 'the correct length, but not hex', sign: 'x'.repeat(32), length: 32 },
  ])('$description', ({ sign, length }) => {
    expect(right.startsWith('0')).toBe(false);
    const subject = loginSigned(sign);
    expect(signIds(subject)).toBe('no-match');
    expect(sentences(subject, 'sign.no-match')).toEqual(cutOrNoHex(length));
  });

  test.each([
    { mode: 'login, RSA', subject: loginRsaSigned('x'), due: '256 hex digits', encoding: 'hex' },
    {
      mode: 'verify, HMAC',
      subject: verifySigned(() => 'x'),
      due: '64 upper-case hex digits',
      encoding: 'hex',
    },
    {
      mode: 'verify, RSA',
      subject: verifyRsaSigned(() => 'x'),
      due: '172 Base64 characters',
      encoding: 'Base64',
    },
    {
      mode: 'verify, RSA in hex by a reading',
      subject: verifyRsaSigned(
        () => 'x',
        {},
        { scene: { readings: { 'verify-rsa-encoding': 'hex' } } },
      ),
      due: '256 hex digits',
      encoding: 'hex',
    },
  ])('$mode: $due are expected', ({ subject, due, encoding }) => {
    expect(evidenceOf(subject, 'sign.no-match')).toMatchObject({
      received: 'x',
      length: 1,
      due,
      encoding,
    });
  });

  test('an RSA signature without a registered key is not reported as truncated', () => {
    const subject = loginSigned(hexOf(rsa('RSA-SHA256', LOGIN_TEXT)), {}, KEYLESS);
    expect(sentences(subject, 'sign.no-match')).toEqual([
      'The signature has 256 characters. Expected: 32 upper-case hex digits.',
      '签名有 256 个字符，应该是 32 位大写十六进制。',
    ]);
  });

  test('a well-formed signature that nothing reproduces is reported with the number of attempts', () => {
    const [english] = sentences(loginSigned(md5('another text')), 'sign.no-match');
    expect(english).toMatch(/^None of the \d{4,} strings/);
  });
});

test.each([
  { description: 'MD5', subject: loginSigned(md5('')), ids: 'secret-missing field-missing' },
  {
    description: 'HMAC',
    subject: verifySigned(() => hmac('', APP_KEY)),
    ids: 'field-missing',
  },
])('the digest of the empty string is recognised: $description', ({ subject, ids }) => {
  expect(signIds(subject)).toBe(ids);
  for (const id of ids.split(' ')) {
    expect(sentences(subject, `sign.${id}`)).toEqual([
      'The empty string was hashed: nothing reached the digest function.',
      '参与签名的是空文本：签名原文没有传给摘要函数。',
    ]);
  }
});

/** The first text in a series whose digest or signature begins with a zero. */
function firstWithZero(signOf: (text: string) => string): {
  readonly text: string;
  readonly sign: string;
} {
  for (let at = 1; ; at += 1) {
    const text = `MOCK${at}`;
    if (signOf(text).startsWith('0')) return { text, sign: signOf(text) };
  }
}

describe('a lost leading zero', () => {
  test('is reported with the code that drops it', () => {
    const { text: token, sign } = firstWithZero((one) => md5(HEAD + one + APP_SECRET));
    const subject = loginSigned(sign.replace(/^0+/, ''), { token });
    expect(evidenceOf(subject, 'sign.leading-zero')).toMatchObject({
      expected: sign,
      text: HEAD + token + APP_SECRET,
      digits: 32,
      by: 'BigInteger.toString(16)',
      instead: 'String.format("%032X", …)',
    });
    const { length } = sign.replace(/^0+/, '');
    expect(sentences(subject, 'sign.leading-zero')).toEqual([
      `The signature has ${length} hex digits instead of 32, because BigInteger.toString(16) drops leading zeros. Use String.format("%032X", …).`,
      `签名少了开头的 0，只有 ${length} 位，应为 32 位：BigInteger.toString(16) 会丢掉前导零，请用 String.format("%032X", …) 补齐。`,
    ]);
  });

  test('does not hide another mistake', () => {
    const { text: token, sign } = firstWithZero((one) => md5(HEAD + one));
    expect(signIds(loginSigned(sign.replace(/^0+/, ''), { token }))).toBe(
      'secret-missing leading-zero',
    );
  });

  test('is found in an RSA signature', () => {
    const { text: token, sign } = firstWithZero((one) => hexOf(rsa('RSA-SHA256', APP_ID + one)));
    const subject = loginRsaSigned(sign.replace(/^0+/, ''), { token });
    expect(signIds(subject)).toBe('leading-zero');
    expect(evidenceOf(subject, 'sign.leading-zero')).toMatchObject({
      digits: 256,
      by: 'BigInteger.toString(16)',
    });
  });

  test('is not reported if the zero is present', () => {
    const { text: token, sign } = firstWithZero((one) => md5(HEAD + one + APP_SECRET));
    expect(signIds(loginSigned(sign, { token }))).toBe('');
  });
});

const bytes = Buffer.from('fbefbe0102030405060708090a0b0c0d', 'hex');
const hex = bytes.toString('hex').toUpperCase();
const base64 = bytes.toString('base64');
const signature = Buffer.alloc(128, 0xfb);

test.each([
  { description: 'hex', text: hex, encoding: 'hex' },
  { description: 'hex with white space around it', text: ` ${hex}\r\n`, encoding: 'hex' },
  {
    description: 'hex with dashes',
    text: hex.replace(/..(?=.)/g, '$&-'),
    encoding: 'hex with separators',
  },
  {
    description: 'hex with colons',
    text: hex.replace(/..(?=.)/g, '$&:'),
    encoding: 'hex with separators',
  },
  { description: 'Base64', text: base64, encoding: 'Base64' },
  {
    description: 'Base64 with a line break',
    text: `${base64.slice(0, 8)}\n${base64.slice(8)}`,
    encoding: 'Base64',
  },
  {
    description: 'Base64 without padding',
    text: base64.replace(/=+$/, ''),
    encoding: 'Base64 without padding',
  },
  { description: 'Base64url', text: bytes.toString('base64url'), encoding: 'Base64url' },
  {
    description: 'URL-encoded Base64',
    text: encodeURIComponent(base64),
    encoding: 'URL-encoded Base64',
  },
  {
    description: 'Base64 with spaces for +',
    text: base64.replace(/\+/g, ' '),
    encoding: 'Base64 with spaces for +',
  },
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
