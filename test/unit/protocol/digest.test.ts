/** Digests, with the values of RFC 1321, FIPS 180-4, RFC 2202 and RFC 4231. The content of an RSA signature: RFC 8017, 9.2. */
import { constants, createHash, createHmac, privateEncrypt, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  digestHex,
  digestOfLength,
  hmacBy,
  hmacHex,
  plainName,
  readDigestInfo,
} from '../../../src/protocol/digest.js';
import { openSignature } from '../../../src/protocol/rsa-pkcs1.js';
import { longPair, privateKeyOf, publicKeyOf, TEST_KEYS } from '../../support/keys.js';

test.each([
  { name: 'MD5', hex: '900150983cd24fb0d6963f7d28e17f72' },
  { name: 'SHA1', hex: 'a9993e364706816aba3e25717850c26c9cd0d89d' },
  { name: 'SHA256', hex: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
  {
    name: 'SHA384',
    hex: 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  },
  {
    name: 'SHA512',
    hex: 'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  },
] as const)('$name of "abc" is lower-case hex', ({ name, hex }) => {
  expect(digestHex(name, 'abc')).toBe(hex);
  expect(digestOfLength(hex.length / 2)).toBe(name);
});

test('a text is hashed as UTF-8', () => {
  expect(digestHex('MD5', '消息')).toBe(
    createHash('md5').update(Buffer.from('消息', 'utf8')).digest('hex'),
  );
});

test.each([
  { name: 'MD5', hex: '750c783e6ab0b503eaa86e310a5db738' },
  { name: 'SHA1', hex: 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79' },
  { name: 'SHA256', hex: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843' },
] as const)('HMAC with $name is lower-case hex', ({ name, hex }) => {
  expect(hmacHex(name, { text: 'what do ya want for nothing?', key: 'Jefe' })).toBe(hex);
});

test.each([
  { description: 'without a key', name: 'SHA256', key: '' },
  { description: 'with a key', name: 'SHA256', key: 'Jefe' },
  { description: 'with a key of one block', name: 'MD5', key: 'k'.repeat(64) },
  { description: 'with a key of more than one block', name: 'SHA1', key: 'k'.repeat(65) },
  { description: 'with a key that is not ASCII', name: 'SHA256', key: 'Jefe\u00a0' },
  { description: 'in blocks of 128 bytes', name: 'SHA384', key: 'Jefe' },
  { description: 'with a key of one such block', name: 'SHA512', key: 'k'.repeat(128) },
] as const)(
  'the HMAC of several texts is that of each text: $name $description',
  ({ name, key }) => {
    const hmac = hmacBy(name, key);
    for (const text of ['', 'what do ya want for nothing?', '消息', Buffer.from([0, 255])])
      expect(hmac(text)).toBe(createHmac(name, key).update(text).digest('hex'));
  },
);

test('an HMAC may have an empty key', () => {
  const empty = 'b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad';
  expect(hmacHex('SHA256', { text: '', key: '' })).toBe(empty);
});

test.each([
  { name: 'MD5', plain: 'MD5' },
  { name: 'SHA1', plain: 'SHA-1' },
  { name: 'SHA256', plain: 'SHA-256' },
] as const)('the plain name of $name is $plain', ({ name, plain }) => {
  expect(plainName(name)).toBe(plain);
});

test.each([0, 8, 15, 17, 28, 128])('no digest has %i bytes', (bytes) => {
  expect(digestOfLength(bytes)).toBeUndefined();
});

const { privateKey, publicKey } = TEST_KEYS.demoAppSign;
const own = publicKeyOf(publicKey);

describe('a signature contains the DigestInfo', () => {
  test.each([
    { algorithm: 'RSA-MD5', hash: 'md5', name: 'MD5' },
    { algorithm: 'RSA-SHA1', hash: 'sha1', name: 'SHA1' },
    { algorithm: 'RSA-SHA256', hash: 'sha256', name: 'SHA256' },
    { algorithm: 'RSA-SHA384', hash: 'sha384', name: 'SHA384' },
    { algorithm: 'RSA-SHA512', hash: 'sha512', name: 'SHA512' },
  ])('of $algorithm', ({ algorithm, hash, name }) => {
    const signature = sign(algorithm, Buffer.from('文本'), privateKeyOf(privateKey));
    const hex = createHash(hash).update('文本').digest('hex');
    expect(readDigestInfo(openSignature(signature, own) ?? Buffer.alloc(0))).toEqual({ name, hex });
  });

  test('of a key of 2048 bits', () => {
    const pair = longPair();
    const signature = sign('RSA-SHA256', Buffer.from('a'), privateKeyOf(pair.privateKey));
    expect(openSignature(signature, publicKeyOf(pair.publicKey))).toHaveLength(51);
  });
});

test('a text encrypted with the private key is opened with the public key', () => {
  const key = { key: privateKeyOf(privateKey), padding: constants.RSA_PKCS1_PADDING };
  expect(openSignature(privateEncrypt(key, Buffer.from('the text')), own)).toEqual(
    Buffer.from('the text'),
  );
});

describe('an invalid signature opens as undefined, without an error', () => {
  const signature = sign(
    'RSA-SHA256',
    Buffer.from('a'),
    privateKeyOf(TEST_KEYS.demoAppDecrypt.privateKey),
  );
  test.each([
    { description: 'by another key', signature },
    { description: 'one byte short', signature: signature.subarray(1) },
    { description: 'one byte long', signature: Buffer.concat([signature, Buffer.alloc(1)]) },
    { description: 'of zeros', signature: Buffer.alloc(128) },
    { description: 'greater than the modulus', signature: Buffer.alloc(128, 0xff) },
    { description: 'empty', signature: Buffer.alloc(0) },
  ])('$description', ({ signature: bytes }) => {
    expect(openSignature(bytes, own)).toBeUndefined();
  });
});

describe('bytes that are no DigestInfo are read as undefined', () => {
  const md5Info = '3020300c06082a864886f70d020505000410';
  const digest = '00'.repeat(16);
  test.each([
    { description: 'no bytes', hex: '' },
    { description: 'only a digest', hex: digest },
    { description: 'only the beginning', hex: md5Info },
    { description: 'a digest one byte short', hex: md5Info + digest.slice(2) },
    { description: 'a digest one byte long', hex: `${md5Info}${digest}00` },
    {
      description: 'an unknown digest algorithm',
      hex: `${md5Info.replace('0505', '0705')}${digest}`,
    },
  ])('$description', ({ hex }) => {
    expect(readDigestInfo(Buffer.from(hex, 'hex'))).toBeUndefined();
  });
});
