/** RSA keys in the portal's format. The document, note 2 of 1.2 and note 2 of 2.3: PKCS#8, 1024 bits, Base64. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  generateRsaPair,
  isPair,
  isRsaKey,
  modulusBits,
  notAKey,
  publicExponent,
  publicHalf,
  readPrivateKey,
  readPublicKey,
} from '../../../src/protocol/rsa-keys.js';
import { english } from '../../support/bilingual.js';
import {
  longPair,
  privateKeyOf,
  publicKeyOf,
  publicKeyOfBits,
  TEST_KEYS,
} from '../../support/keys.js';

const { publicKey: PUBLIC, privateKey: PRIVATE } = TEST_KEYS.demoAppSign;
const publicKey = publicKeyOf(PUBLIC);
const privateKey = privateKeyOf(PRIVATE);
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 });

const base64 = (der: Buffer) => der.toString('base64');
const FOREIGN = {
  ecPublic: base64(ec.publicKey.export({ type: 'spki', format: 'der' })),
  ecPrivate: base64(ec.privateKey.export({ type: 'pkcs8', format: 'der' })),
  pssPublic: base64(pss.publicKey.export({ type: 'spki', format: 'der' })),
  pssPrivate: base64(pss.privateKey.export({ type: 'pkcs8', format: 'der' })),
  pkcs1Public: base64(publicKey.export({ type: 'pkcs1', format: 'der' })),
  pkcs1Private: base64(privateKey.export({ type: 'pkcs1', format: 'der' })),
  pemPublic: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  pemPrivate: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

const PEM = 'a PEM file: use only the text between its BEGIN and END lines';

const REFUSED = [
  { description: 'a PEM', public: FOREIGN.pemPublic, private: FOREIGN.pemPrivate, found: PEM },
  { description: 'not Base64', public: '!', private: '!', found: 'text that is not Base64' },
  { description: 'an empty text', public: '', private: '', found: 'text that is not Base64' },
  {
    description: 'the other half',
    public: PRIVATE,
    private: PUBLIC,
    found: ['a private key', 'a public key'],
  },
  {
    description: 'an EC key',
    public: FOREIGN.ecPublic,
    private: FOREIGN.ecPrivate,
    found: 'a key of type ec',
  },
  {
    description: 'an RSA-PSS key',
    public: FOREIGN.pssPublic,
    private: FOREIGN.pssPrivate,
    found: 'a key of type rsa-pss',
  },
  {
    description: 'PKCS#1',
    public: FOREIGN.pkcs1Public,
    private: FOREIGN.pkcs1Private,
    found: ['a PKCS#1 public key', 'a PKCS#1 private key'],
  },
  {
    description: 'PKCS#1 of the other half',
    public: FOREIGN.pkcs1Private,
    private: FOREIGN.pkcs1Public,
    found: ['a PKCS#1 private key', 'a PKCS#1 public key'],
  },
  {
    description: 'a key cut short',
    public: PUBLIC.slice(0, 40),
    private: PRIVATE.slice(0, 40),
    found: 'bytes that are not a key',
  },
  { description: 'bytes', public: 'AAEC', private: 'AAEC', found: 'bytes that are not a key' },
];

function sentenceOf(read: ReturnType<typeof readPublicKey>): string {
  return isRsaKey(read) ? 'a key' : english(notAKey(read));
}

describe('a text that is not a key is refused with a sentence that names what it is', () => {
  test.each(REFUSED)('$description', ({ public: publicText, private: privateText, found }) => {
    const [asPublic, asPrivate] = typeof found === 'string' ? [found, found] : found;
    expect(sentenceOf(readPublicKey(publicText))).toBe(
      `must be the Base64 of an RSA public key (SPKI), found ${asPublic}`,
    );
    expect(sentenceOf(readPrivateKey(privateText))).toBe(
      `must be the Base64 of an RSA private key (PKCS#8), found ${asPrivate}`,
    );
  });
});

test.each([
  { text: '!', found: '不是 Base64 文本' },
  { text: 'AAEC', found: '不是密钥' },
  { text: '-----BEGIN', found: '是 PEM：请只填首尾两行之间的内容' },
  { text: FOREIGN.pkcs1Public, found: '是 PKCS#1 公钥' },
  { text: FOREIGN.pkcs1Private, found: '是 PKCS#1 私钥' },
  { text: FOREIGN.pssPublic, found: '是 rsa-pss 类型的密钥' },
  { text: PRIVATE, found: '是私钥' },
])('in Chinese: $found', ({ text, found }) => {
  const read = readPublicKey(text);
  expect(isRsaKey(read) || notAKey(read).zh).toBe(`应为 RSA 公钥（SPKI）的 Base64，实际${found}`);
});

test('in Chinese: a public key instead of a private one', () => {
  const read = readPrivateKey(PUBLIC);
  expect(isRsaKey(read) || notAKey(read).zh).toBe('应为 RSA 私钥（PKCS#8）的 Base64，实际是公钥');
});

describe('a key is read', () => {
  test.each([
    { description: 'as the portal accepts it', change: (text: string) => text },
    { description: 'wrapped in lines', change: (text: string) => text.replace(/.{64}/g, '$&\r\n') },
    { description: 'with spaces around', change: (text: string) => ` ${text}\n` },
  ])('$description', ({ change }) => {
    const [readPublic, readPrivate] = [
      readPublicKey(change(PUBLIC)),
      readPrivateKey(change(PRIVATE)),
    ];
    expect(isRsaKey(readPublic) && readPublic.equals(publicKey)).toBe(true);
    expect(isRsaKey(readPrivate) && readPrivate.equals(privateKey)).toBe(true);
  });
});

test.each([
  { description: 'a public key', value: publicKey, expected: true },
  { description: 'a private key', value: privateKey, expected: true },
  { description: 'a sentence', value: 'must be', expected: false },
  { description: 'undefined', value: undefined, expected: false },
])('isRsaKey, $description: $expected', ({ value, expected }) => {
  expect(isRsaKey(value)).toBe(expected);
});

test.each([
  { description: 'a public key of the portal', key: publicKey, expected: 1024 },
  { description: 'a private key of the portal', key: privateKey, expected: 1024 },
  { description: 'a longer one', key: publicKeyOf(longPair().publicKey), expected: 2048 },
  { description: 'one of 1025 bits', key: publicKeyOf(publicKeyOfBits(1025)), expected: 1025 },
  { description: 'a key without a modulus', key: ec.publicKey, expected: 0 },
])('$description has $expected bits', ({ key, expected }) => {
  expect(modulusBits(key)).toBe(expected);
});

test('the public half of a private key is in the portal’s format', () => {
  expect(publicHalf(privateKey)).toBe(PUBLIC);
});

test('a new pair has 1024 bits, fits together and differs each time', async () => {
  const pair = await generateRsaPair();
  const key = readPrivateKey(pair.privateKey);
  expect(isRsaKey(key) && modulusBits(key)).toBe(1024);
  expect(isRsaKey(key) && publicHalf(key)).toBe(pair.publicKey);
  expect((await generateRsaPair()).publicKey).not.toBe(pair.publicKey);
});

test('an impossible key size is an error', async () => {
  await expect(generateRsaPair(8)).rejects.toThrow(/key size/);
});

test('a pair of another size has that size', async () => {
  const { publicKey } = await generateRsaPair(2048);
  expect(modulusBits(publicKeyOf(publicKey))).toBe(2048);
});

test.each([
  { description: 'the other half', key: publicKeyOf(PUBLIC), expected: true },
  {
    description: 'the half of another pair',
    key: publicKeyOf(longPair().publicKey),
    expected: false,
  },
  { description: 'not an RSA key', key: ec.publicKey, expected: false },
])('a private key and $description are a pair: $expected', ({ key, expected }) => {
  expect(isPair(privateKey, key)).toBe(expected);
});

test.each([
  { description: 'the usual one', exponent: 'AQAB', expected: 65_537n },
  { description: 'a small one', exponent: 'Aw', expected: 3n },
  { description: 'a useless one', exponent: 'AQ', expected: 1n },
])('an exponent is read: $description', ({ exponent, expected }) => {
  expect(publicExponent(publicKeyOf(publicKeyOfBits(1024, exponent)))).toBe(expected);
});

test('comparing keys of two types does not break reading the next key', () => {
  isPair(privateKey, ec.publicKey);
  expect(isRsaKey(readPrivateKey(PRIVATE))).toBe(true);
});
