/** RSA keys in a client's configuration: wrong kinds, swapped keys, and accepted formats. */
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
} from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { APP } from '../../support/client.js';
import { privateKeyOf, publicKeyOf, TEST_KEYS } from '../../support/keys.js';
import { KEYS, make, pemOf, refusal } from './configured.js';

const { demoAppSign: SIGN, demoAppDecrypt: DECRYPT, platform: PLATFORM } = TEST_KEYS;

const pkcs1Of = (key: string) =>
  privateKeyOf(key).export({ type: 'pkcs1', format: 'pem' }).toString();
const pkcs1PublicOf = (key: string) =>
  publicKeyOf(key).export({ type: 'pkcs1', format: 'pem' }).toString();
const derOf = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '');

describe('keys of the wrong kind', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encrypted = privateKeyOf(SIGN.privateKey)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();

  test.each([
    {
      description: 'a PKCS#1 PEM',
      field: 'appSignPrivateKey',
      key: pkcs1Of(SIGN.privateKey),
      found: 'a PKCS#1 private key. Convert it with: openssl pkcs8 -topk8',
    },
    {
      description: 'the Base64 of a PKCS#1 key',
      field: 'appDecryptPrivateKey',
      key: derOf(pkcs1Of(SIGN.privateKey)),
      found: 'a PKCS#1 private key. Convert',
    },
    {
      description: 'a public key as a private key',
      field: 'appSignPrivateKey',
      key: SIGN.publicKey,
      found: 'a public key. Use your private key',
    },
    {
      description: 'a PKCS#1 public key as a private key',
      field: 'appSignPrivateKey',
      key: pkcs1PublicOf(SIGN.publicKey),
      found: 'a PKCS#1 public key. Use your private key',
    },
    {
      description: 'a private key as the platform’s',
      field: 'platformPublicKey',
      key: PLATFORM.privateKey,
      found:
        'a private key. Use the public key. The carrier never publishes the private key of 平台公钥',
    },
    {
      description: 'a PKCS#1 private key as the platform’s',
      field: 'platformPublicKey',
      key: pkcs1Of(SIGN.privateKey),
      found: 'a PKCS#1 private key. Use the public key',
    },
    {
      description: 'a PKCS#1 public key',
      field: 'platformPublicKey',
      key: pkcs1PublicOf(PLATFORM.publicKey),
      found: 'a PKCS#1 public key. Convert it with: openssl rsa -RSAPublicKey_in',
    },
    {
      description: 'an encrypted key',
      field: 'appSignPrivateKey',
      key: encrypted,
      found: 'an encrypted private key. Decrypt it with: openssl pkcs8',
    },
    {
      description: 'an incomplete PEM',
      field: 'appSignPrivateKey',
      key: pemOf(SIGN.privateKey).slice(0, -10),
      found: 'an incomplete PEM',
    },
    {
      description: 'two PEMs',
      field: 'appSignPrivateKey',
      key: pemOf(SIGN.privateKey).repeat(2),
      found: 'several PEMs',
    },
    {
      description: 'a text that is not Base64',
      field: 'appSignPrivateKey',
      key: '/etc/keys/app.pem?',
      found: 'text that is not Base64',
    },
    {
      description: 'a certificate',
      field: 'platformPublicKey',
      key: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      found: 'a certificate. Extract its key',
    },
    {
      description: 'a private key as appVerifyKey',
      field: 'appVerifyKey',
      key: SIGN.privateKey,
      found: 'a private key. Use the public key',
    },
  ])('$description is refused', ({ field, key, found }) => {
    const error = refusal({ ...APP, keys: { ...KEYS, [field]: key } });
    expect(error.field).toBe(`keys.${field}`);
    expect(error.message).toContain(found);
    if (key.length > 40) expect(inspect(error)).not.toContain(key.slice(28, 60));
  });

  test.each([
    {
      description: 'a public KeyObject',
      key: publicKeyOf(SIGN.publicKey),
      found: 'a public key. Use your private key',
    },
    {
      description: 'a secret KeyObject',
      key: createSecretKey('secret', 'utf8'),
      found: 'a secret key',
    },
    { description: 'an elliptic-curve KeyObject', key: ec.privateKey, found: 'a key of type ec' },
    {
      description: 'a number',
      key: 7,
      found: 'must be a text, a KeyObject or a function that returns one, found a value',
    },
  ])('$description is refused as appSignPrivateKey', ({ key, found }) => {
    expect(refusal({ ...APP, keys: { ...KEYS, appSignPrivateKey: key } }).message).toContain(found);
  });
});

describe('accepted formats', () => {
  const pem = pemOf(SIGN.privateKey);
  const spki = createPublicKey(createPrivateKey(pkcs1Of(SIGN.privateKey)))
    .export({ type: 'spki', format: 'pem' })
    .toString();
  test.each([
    { description: 'Base64', keys: KEYS },
    { description: 'PEM', keys: { ...KEYS, appSignPrivateKey: pem, appVerifyKey: spki } },
    {
      description: 'PEM with CR LF',
      keys: { ...KEYS, appSignPrivateKey: pem.replaceAll('\n', '\r\n') },
    },
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
    {
      description: 'a KeyObject',
      keys: {
        ...KEYS,
        appSignPrivateKey: privateKeyOf(SIGN.privateKey),
        appVerifyKey: publicKeyOf(SIGN.publicKey),
      },
    },
    {
      description: 'all five keys',
      keys: { ...KEYS, appVerifyKey: SIGN.publicKey, appEncryptKey: DECRYPT.publicKey },
    },
  ])('$description is accepted', ({ keys }) => {
    expect(make({ ...APP, keys })).toHaveProperty('getPhoneNumber');
  });
});

describe('keys in the wrong fields', () => {
  test.each([
    {
      description: 'swapped private keys, with both public keys',
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
      description: 'another private key for signing',
      keys: {
        appSignPrivateKey: PLATFORM.privateKey,
        appVerifyKey: SIGN.publicKey,
        appEncryptKey: DECRYPT.publicKey,
      },
      field: 'keys.appSignPrivateKey',
      found: 'found another',
    },
    {
      description: 'another private key for decryption',
      keys: { appDecryptPrivateKey: SIGN.privateKey, appEncryptKey: DECRYPT.publicKey },
      field: 'keys.appDecryptPrivateKey',
      found: 'found another',
    },
    {
      description: 'an own public key as the platform’s',
      keys: { platformPublicKey: DECRYPT.publicKey },
      field: 'keys.platformPublicKey',
      found: 'of your own private key',
    },
  ])('$description: refused', ({ keys, field, found }) => {
    const error = refusal({ ...APP, keys: { ...KEYS, ...keys } });
    expect(error.field).toBe(field);
    expect(error.message).toContain(found);
  });
});
