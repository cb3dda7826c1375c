/** RSA keys as they are given to a client: of the wrong kind, in each other's place, and as people have them. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readKey } from '../../../src/client/keys.js';
import { APP } from '../../http/client/scene.js';
import { privateKeyOf, publicKeyOf, publicKeyOfBits, TEST_KEYS } from '../../support/keys.js';
import { KEYS, make, pemOf, refusal } from './configured.js';

const { demoAppSign: SIGN, demoAppDecrypt: DECRYPT, platform: PLATFORM } = TEST_KEYS;

const pkcs1Of = (key: string) => privateKeyOf(key).export({ type: 'pkcs1', format: 'pem' }).toString();
const pkcs1PublicOf = (key: string) => publicKeyOf(key).export({ type: 'pkcs1', format: 'pem' }).toString();
const derOf = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '');

describe('keys of the wrong kind', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecPrivate = ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const encrypted = privateKeyOf(SIGN.privateKey)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();

  test.each([
    {
      description: 'a PKCS#1 PEM',
      field: 'appSignPrivateKey',
      key: pkcs1Of(SIGN.privateKey),
      found: 'a PKCS#1 private key: convert it with: openssl pkcs8 -topk8',
    },
    {
      description: 'the Base64 of a PKCS#1 key',
      field: 'appDecryptPrivateKey',
      key: derOf(pkcs1Of(SIGN.privateKey)),
      found: 'a PKCS#1 private key: convert',
    },
    {
      description: 'a public key for a private one',
      field: 'appSignPrivateKey',
      key: SIGN.publicKey,
      found: 'a public key: give the private half',
    },
    {
      description: 'a PKCS#1 public key for a private one',
      field: 'appSignPrivateKey',
      key: pkcs1PublicOf(SIGN.publicKey),
      found: 'a PKCS#1 public key: give the private half',
    },
    {
      description: 'a private key for the platform’s',
      field: 'platformPublicKey',
      key: PLATFORM.privateKey,
      found: 'a private key: give the public half; the private half of 平台公钥 never leaves the carrier',
    },
    {
      description: 'a PKCS#1 private key for the platform’s',
      field: 'platformPublicKey',
      key: pkcs1Of(SIGN.privateKey),
      found: 'a PKCS#1 private key: give the public half',
    },
    {
      description: 'a PKCS#1 public key',
      field: 'platformPublicKey',
      key: pkcs1PublicOf(PLATFORM.publicKey),
      found: 'a PKCS#1 public key: convert it with: openssl rsa -RSAPublicKey_in',
    },
    {
      description: 'an encrypted key',
      field: 'appSignPrivateKey',
      key: encrypted,
      found: 'an encrypted private key: decrypt it with: openssl pkcs8',
    },
    { description: 'an elliptic curve', field: 'appSignPrivateKey', key: ecPrivate, found: 'a key of type ec' },
    {
      description: 'a PEM that is cut off',
      field: 'appSignPrivateKey',
      key: pemOf(SIGN.privateKey).slice(0, -10),
      found: 'a PEM that is cut off',
    },
    {
      description: 'two PEMs',
      field: 'appSignPrivateKey',
      key: pemOf(SIGN.privateKey).repeat(2),
      found: 'several in one text',
    },
    {
      description: 'a key that is cut off',
      field: 'appSignPrivateKey',
      key: SIGN.privateKey.slice(0, -8),
      found: 'bytes that are not a key',
    },
    {
      description: 'no Base64',
      field: 'appSignPrivateKey',
      key: '/etc/keys/app.pem?',
      found: 'text that is not Base64',
    },
    { description: 'an empty text', field: 'appSignPrivateKey', key: '', found: 'text that is not Base64' },
    {
      description: 'a certificate',
      field: 'platformPublicKey',
      key: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      found: 'a certificate: take its key out',
    },
    {
      description: 'a private key as appVerifyKey',
      field: 'appVerifyKey',
      key: SIGN.privateKey,
      found: 'a private key: give the public half',
    },
  ])('$description', ({ field, key, found }) => {
    const error = refusal({ ...APP, keys: { ...KEYS, [field]: key } });
    expect(error.field).toBe(`keys.${field}`);
    expect(error.message).toContain(found);
    if (key.length > 40) expect(inspect(error)).not.toContain(key.slice(28, 60));
  });

  test('a key of 512 bits', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 512 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(refusal({ ...APP, keys: { ...KEYS, appSignPrivateKey: key } }).message).toContain('one of 512 bits');
  });
});

describe('keys as people have them', () => {
  const pem = pemOf(SIGN.privateKey);
  const spki = createPublicKey(createPrivateKey(pkcs1Of(SIGN.privateKey)))
    .export({ type: 'spki', format: 'pem' })
    .toString();
  test.each([
    { description: 'Base64', keys: KEYS },
    { description: 'Base64 in lines', keys: { ...KEYS, appSignPrivateKey: SIGN.privateKey.replace(/.{64}/g, '$&\n') } },
    { description: 'Base64 with a line break behind it', keys: { ...KEYS, appSignPrivateKey: `${SIGN.privateKey}\n` } },
    { description: 'PEM', keys: { ...KEYS, appSignPrivateKey: pem, appVerifyKey: spki } },
    { description: 'PEM with CR LF', keys: { ...KEYS, appSignPrivateKey: pem.replaceAll('\n', '\r\n') } },
    {
      description: 'PEM from an environment variable',
      keys: { ...KEYS, appSignPrivateKey: pem.replaceAll('\n', '\\n') },
    },
    {
      description: 'one pair for both roles',
      keys: {
        ...KEYS,
        appDecryptPrivateKey: SIGN.privateKey,
        appVerifyKey: SIGN.publicKey,
        appEncryptKey: SIGN.publicKey,
      },
    },
    { description: 'all five', keys: { ...KEYS, appVerifyKey: SIGN.publicKey, appEncryptKey: DECRYPT.publicKey } },
  ])('$description', ({ keys }) => {
    expect(make({ ...APP, keys })).toHaveProperty('getPhoneNumber');
  });
});

describe('keys in each other’s place', () => {
  test.each([
    {
      description: 'the two private ones, beside the public ones',
      keys: {
        appSignPrivateKey: DECRYPT.privateKey,
        appDecryptPrivateKey: SIGN.privateKey,
        appVerifyKey: SIGN.publicKey,
        appEncryptKey: DECRYPT.publicKey,
      },
      field: 'keys.appSignPrivateKey',
      found: 'are swapped',
    },
    {
      description: 'another private one',
      keys: { appSignPrivateKey: PLATFORM.privateKey, appVerifyKey: SIGN.publicKey, appEncryptKey: DECRYPT.publicKey },
      field: 'keys.appSignPrivateKey',
      found: 'found another',
    },
    {
      description: 'another second one',
      keys: { appDecryptPrivateKey: SIGN.privateKey, appEncryptKey: DECRYPT.publicKey },
      field: 'keys.appDecryptPrivateKey',
      found: 'found another',
    },
    {
      description: 'a public half of one’s own as the platform’s',
      keys: { platformPublicKey: DECRYPT.publicKey },
      field: 'keys.platformPublicKey',
      found: 'of your own',
    },
  ])('$description', ({ keys, field, found }) => {
    const error = refusal({ ...APP, keys: { ...KEYS, ...keys } });
    expect(error.field).toBe(field);
    expect(error.message).toContain(found);
  });
});

describe('keys are parsed once', () => {
  const read = (text: string) => readKey('keys.platformPublicKey', 'public', text);

  test('the same text gives the same key', () => {
    expect(read(PLATFORM.publicKey)).toBe(read(PLATFORM.publicKey));
    expect(read(PLATFORM.publicKey)).not.toBe(read(SIGN.publicKey));
  });

  test('a text that was taken for a private key is not taken for a public one', () => {
    readKey('keys.appSignPrivateKey', 'private', PLATFORM.privateKey);
    expect(() => read(PLATFORM.privateKey)).toThrow('found a private key');
    expect(() => readKey('keys.appSignPrivateKey', 'private', PLATFORM.publicKey)).toThrow('found a public key');
  });

  test('of very many the oldest is forgotten', () => {
    const first = read(PLATFORM.publicKey);
    for (let bits = 1024; bits < 1024 + 64; bits += 1) read(publicKeyOfBits(bits));
    expect(read(PLATFORM.publicKey)).not.toBe(first);
    expect(read(PLATFORM.publicKey).equals(first)).toBe(true);
  });
});
