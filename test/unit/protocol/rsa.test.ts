/**
 * Adding and removing the padding of PKCS#1 v1.5. RFC 8017, 7.2: 00 02, eight or more bytes that are not zero, 00, the
 * text. RSA-PSS signatures by node:crypto, opened with the public key, and other signatures. RFC 8017, 9.1. The number
 * that h5TokenValidate returns. The vectors were computed with openssl.
 */
import { constants, publicEncrypt, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decryptNumber, encryptNumber } from '../../../src/protocol/phone-num.js';
import { decryptPkcs1, encryptableBytes, encryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import { openPss, pssHex } from '../../../src/protocol/rsa-pss.js';
import {
  longPair,
  privateKeyOf,
  publicKeyOf,
  publicKeyOfBits,
  TEST_KEYS,
} from '../../support/keys.js';

const publicKey = publicKeyOf(TEST_KEYS.demoAppDecrypt.publicKey);
const privateKey = privateKeyOf(TEST_KEYS.demoAppDecrypt.privateKey);
const KEY_BYTES = 128;

interface Block {
  readonly first?: number;
  readonly type?: number;
  readonly paddingBytes?: number;
  readonly terminator?: number;
  readonly text?: string;
}

/** A block that is well-formed except for the given parts, filled up with text. */
function block({ first = 0, type = 2, paddingBytes = 8, terminator = 0, text }: Block): Buffer {
  const filled = text ?? 'x'.repeat(KEY_BYTES - 3 - paddingBytes);
  const bytes = Buffer.concat([
    Buffer.from([first, type]),
    Buffer.alloc(paddingBytes, 0xff),
    Buffer.from([terminator]),
    Buffer.from(filled),
  ]);
  expect(bytes).toHaveLength(KEY_BYTES);
  return bytes;
}

function encryptBlock(bytes: Buffer): Buffer {
  return publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, bytes);
}

function modulus(): bigint {
  const { n = '' } = publicKey.export({ format: 'jwk' });
  return BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`);
}

function bytesOf(number: bigint): Buffer {
  return Buffer.from(number.toString(16).padStart(KEY_BYTES * 2, '0'), 'hex');
}

describe('an encrypted text is decrypted', () => {
  test.each([
    { description: 'a number', text: '13800138000' },
    { description: 'an empty text', text: '' },
    { description: 'UTF-8', text: '手机号码' },
    { description: 'a zero byte', text: 'a\u0000b' },
    { description: 'the longest text', text: 'x'.repeat(KEY_BYTES - 11) },
  ])('$description', ({ text }) => {
    expect(decryptPkcs1(encryptPkcs1(text, publicKey), privateKey)).toBe(text);
  });

  test.each([
    { description: 'of 1024 bits', key: publicKey, bytes: 117 },
    {
      description: 'of 1025 bits, which is a byte longer',
      key: publicKeyOf(publicKeyOfBits(1025)),
      bytes: 118,
    },
    { description: 'of 2048 bits', key: publicKeyOf(longPair().publicKey), bytes: 245 },
  ])('a key $description encrypts at most $bytes bytes', ({ key, bytes }) => {
    expect(encryptableBytes(key)).toBe(bytes);
    expect(() => encryptPkcs1('x'.repeat(bytes), key)).not.toThrow();
    expect(() => encryptPkcs1('x'.repeat(bytes + 1), key)).toThrow();
  });

  test('with a key of 2048 bits', () => {
    const pair = longPair();
    const ciphertext = encryptPkcs1('13800138000', publicKeyOf(pair.publicKey));
    expect(decryptPkcs1(ciphertext, privateKeyOf(pair.privateKey))).toBe('13800138000');
  });
});

describe('a block', () => {
  test.each([
    {
      description: 'of eight bytes of padding',
      bytes: block({}),
      expected: 'x'.repeat(KEY_BYTES - 11),
    },
    { description: 'of padding only', bytes: block({ paddingBytes: KEY_BYTES - 3 }), expected: '' },
    {
      description: 'of seven bytes of padding',
      bytes: block({ paddingBytes: 7 }),
      expected: undefined,
    },
    { description: 'of no padding', bytes: block({ paddingBytes: 0 }), expected: undefined },
    { description: 'of type 0', bytes: block({ type: 0 }), expected: undefined },
    { description: 'of type 1, a signature', bytes: block({ type: 1 }), expected: undefined },
    { description: 'of type 3', bytes: block({ type: 3 }), expected: undefined },
    { description: 'that begins with 01', bytes: block({ first: 1 }), expected: undefined },
    {
      description: 'without a terminator',
      bytes: block({ terminator: 0xff }),
      expected: undefined,
    },
    { description: 'of zeros', bytes: Buffer.alloc(KEY_BYTES), expected: undefined },
  ])('$description is $expected', ({ bytes, expected }) => {
    expect(decryptPkcs1(encryptBlock(bytes), privateKey)).toBe(expected);
  });

  test('of invalid UTF-8 is decoded with replacement characters', () => {
    const bytes = block({ text: 'x'.repeat(KEY_BYTES - 11) });
    bytes[KEY_BYTES - 1] = 0xff;
    expect(decryptPkcs1(encryptBlock(bytes), privateKey)?.endsWith('x\ufffd')).toBe(true);
  });
});

describe('an invalid ciphertext is undefined, without an error', () => {
  const valid = encryptPkcs1('13800138000', publicKey);
  test.each([
    { description: 'empty', ciphertext: Buffer.alloc(0) },
    { description: 'one byte', ciphertext: Buffer.from([1]) },
    // Without its last byte: one ciphertext in 256 begins with a zero byte, which can be removed without an effect.
    { description: 'one byte short', ciphertext: valid.subarray(0, -1) },
    { description: 'one byte long', ciphertext: Buffer.concat([valid, Buffer.from([1])]) },
    { description: 'the modulus minus one', ciphertext: bytesOf(modulus() - 1n) },
    { description: 'the modulus', ciphertext: bytesOf(modulus()) },
    { description: 'greater than the modulus', ciphertext: Buffer.alloc(KEY_BYTES, 0xff) },
    {
      description: 'for another key',
      ciphertext: encryptPkcs1('1', publicKeyOf(TEST_KEYS.platform.publicKey)),
    },
  ])('$description', ({ ciphertext }) => {
    expect(decryptPkcs1(ciphertext, privateKey)).toBeUndefined();
  });
});

const { demoAppSign, demoAppDecrypt } = TEST_KEYS;
const TEXT = '待签名的文本';
const PSS = constants.RSA_PKCS1_PSS_PADDING;

function signed(
  algorithm: string,
  { privateKey = demoAppSign.privateKey, padding = PSS, saltLength = 20 } = {},
): Buffer {
  const key = { key: privateKeyOf(privateKey), padding };
  return sign(algorithm, Buffer.from(TEXT), padding === PSS ? { ...key, saltLength } : key);
}

test.each([
  { digest: 'SHA256', saltLength: 32 },
  { digest: 'SHA256', saltLength: 20 },
  { digest: 'SHA256', saltLength: 0 },
  { digest: 'SHA1', saltLength: 20 },
  { digest: 'MD5', saltLength: 16 },
  { digest: 'SHA512', saltLength: 62 },
])('$digest with a salt of $saltLength bytes matches the text', ({ digest, saltLength }) => {
  const opened = openPss(
    signed(`RSA-${digest}`, { saltLength }),
    publicKeyOf(demoAppSign.publicKey),
  );
  const matching = opened.filter((one) => pssHex(one, TEXT) === one.hex);
  expect(matching.map((one) => [one.digest, one.salt.length])).toEqual([[digest, saltLength]]);
  expect(opened.filter((one) => pssHex(one, 'another text') === one.hex)).toEqual([]);
});

test('a signature by a longer key matches the text', () => {
  const { publicKey, privateKey } = longPair();
  const opened = openPss(signed('RSA-SHA256', { privateKey }), publicKeyOf(publicKey));
  expect(opened.map((one) => pssHex(one, TEXT) === one.hex)).toContain(true);
});

test.each([
  {
    description: 'PKCS#1 v1.5',
    signature: signed('RSA-SHA256', { padding: constants.RSA_PKCS1_PADDING }),
  },
  { description: 'a number greater than the modulus', signature: Buffer.alloc(128, 0xff) },
  { description: 'zero', signature: Buffer.alloc(128) },
])('$description is no PSS signature', ({ signature }) => {
  expect(openPss(signature, publicKeyOf(demoAppSign.publicKey))).toEqual([]);
});

test('with another key no text matches', () => {
  const opened = openPss(signed('RSA-SHA256'), publicKeyOf(demoAppDecrypt.publicKey));
  expect(opened.filter((one) => pssHex(one, TEXT) === one.hex)).toEqual([]);
});

test.each([
  {
    description: 'an appKey of 16 characters',
    appKey: 'B50BBEF6C4CD4FA8',
    expected: '5ZgvTbCcv5gkcGBCwRaHzg==',
  },
  {
    description: 'the first 16 characters of an appKey of 32',
    appKey: '5A1E0C9B7D3F4826B1907E6C42D8AF35',
    expected: 'A+zYNYOuQEf57vzSvvwycA==',
  },
  {
    description: 'an appKey of 3, filled with 0',
    appKey: 'ABC',
    expected: '4/KbSRLrlsciQEH6m6V2oQ==',
  },
])('the key is $description', ({ appKey, expected }) => {
  expect(encryptNumber('13800138000', appKey)).toBe(expected);
  expect(decryptNumber(expected, appKey)).toBe('13800138000');
});

test('a text for another key does not decrypt', () => {
  expect(decryptNumber('5ZgvTbCcv5gkcGBCwRaHzg==', 'ABC')).toBeUndefined();
});
