/** RSA-PSS signatures by node:crypto, opened with the public key, and signatures that are not PSS. RFC 8017, 9.1. */
import { constants, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { openPss, pssHex } from '../../../src/protocol/rsa-pss.js';
import { longPair, privateKeyOf, publicKeyOf, TEST_KEYS } from '../../support/keys.js';

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
])('$digest with a salt of $saltLength bytes holds the text', ({ digest, saltLength }) => {
  const opened = openPss(signed(`RSA-${digest}`, { saltLength }), publicKeyOf(demoAppSign.publicKey));
  const holding = opened.filter((one) => pssHex(one, TEXT) === one.hex);
  expect(holding.map((one) => [one.digest, one.salt.length])).toEqual([[digest, saltLength]]);
  expect(opened.filter((one) => pssHex(one, 'another text') === one.hex)).toEqual([]);
});

test('a longer key', () => {
  const { publicKey, privateKey } = longPair();
  const opened = openPss(signed('RSA-SHA256', { privateKey }), publicKeyOf(publicKey));
  expect(opened.map((one) => pssHex(one, TEXT) === one.hex)).toContain(true);
});

test.each([
  { description: 'PKCS#1 v1.5', signature: signed('RSA-SHA256', { padding: constants.RSA_PKCS1_PADDING }) },
  { description: 'a number beyond the modulus', signature: Buffer.alloc(128, 0xff) },
  { description: 'zero', signature: Buffer.alloc(128) },
])('$description is not PSS', ({ signature }) => {
  expect(openPss(signature, publicKeyOf(demoAppSign.publicKey))).toEqual([]);
});

test('a signature opened with another key does not match the text', () => {
  const opened = openPss(signed('RSA-SHA256'), publicKeyOf(demoAppDecrypt.publicKey));
  expect(opened.filter((one) => pssHex(one, TEXT) === one.hex)).toEqual([]);
});
