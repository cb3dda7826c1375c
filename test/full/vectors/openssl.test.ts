/** The openssl command confirms the result of each RSA vector. The result in the recipe does not come from openssl. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { APP } from '../../http/client/scene.js';
import { isRightSign, ofType, text, VECTORS, type Vector } from '../../kit/vectors/vector-files.js';
import { privateKeyOf, TEST_KEYS } from '../../support/keys.js';
import { KEYS, make, refusal } from '../../unit/client/configured.js';
import { isOpensslInstalled, openssl } from './openssl.js';

const folder = mkdtempSync(join(tmpdir(), 'vector-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A temporary file with these bytes. */
function fileOf(bytes: Buffer | string): string {
  const file = join(folder, `${files}`);
  files += 1;
  writeFileSync(file, bytes);
  return file;
}
let files = 0;

const ENCODINGS = {
  hex: { pattern: /^(?:[0-9a-f]{2})+$/i, clean: (value: string) => value },
  base64: {
    pattern: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    clean: (value: string) => value.replace(/[\r\n]/g, ''),
  },
} as const;

/** Undefined if the value is not in this encoding. */
function bytesOf(value: string, encoding: keyof typeof ENCODINGS): Buffer | undefined {
  const cleaned = ENCODINGS[encoding].clean(value);
  return cleaned !== '' && ENCODINGS[encoding].pattern.test(cleaned) ? Buffer.from(cleaned, encoding) : undefined;
}

interface Signed {
  readonly digest: 'md5' | 'sha256';
  readonly encoding: keyof typeof ENCODINGS;
}

function isSignature({ group, texts }: Vector, { digest, encoding }: Signed, options: readonly string[] = []): boolean {
  const signature = bytesOf(text(texts, 'sign'), encoding);
  if (signature === undefined) return false;
  // `dgst -verify` would accept a signature that is too long, because it reads only as many bytes as the key has.
  const args = ['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-sigfile', fileOf(signature)];
  const key = fileOf(Buffer.from(text(group, 'appVerifyKey'), 'base64'));
  const hash = openssl(['dgst', `-${digest}`, '-binary'], text(texts, 'stringToSign'));
  return openssl([...args, '-inkey', key, '-pkeyopt', `digest:${digest}`, ...options], hash ?? '') !== undefined;
}

const LOGIN = { digest: 'sha256', encoding: 'hex' } as const;
const VERIFY = { digest: 'md5', encoding: 'base64' } as const;
const signingOf = ({ type }: Vector): Signed => (type === 'LoginRsaSign' ? LOGIN : VERIFY);

interface Encrypted {
  readonly value: string;
  readonly key: string;
  readonly encoding: keyof typeof ENCODINGS;
}

function decrypted({ value, key, encoding }: Encrypted, padding = 'pkcs1'): string | undefined {
  const ciphertext = bytesOf(value, encoding);
  if (ciphertext === undefined) return undefined;
  const keyFile = fileOf(Buffer.from(key, 'base64'));
  const args = ['pkeyutl', '-decrypt', '-inkey', keyFile, '-keyform', 'DER', '-pkeyopt', `rsa_padding_mode:${padding}`];
  return openssl(args, ciphertext)?.toString();
}

function encryptedIn({ type, group, texts }: Vector): Encrypted {
  return type === 'LoginMsisdnDecrypt'
    ? { value: text(texts, 'ciphertext'), key: text(group, 'privatePkcs8Base64'), encoding: 'hex' }
    : { value: text(texts, 'phoneNum'), key: text(group, 'platformPrivateKey'), encoding: 'base64' };
}

const ciphertexts = ofType('LoginMsisdnDecrypt', 'TokenValidatePhoneNumDecrypt');
const signatures = ofType('LoginRsaSign', 'TokenValidateRsaSign');
const withOtherPadding = (vectors: readonly Vector[]) => vectors.filter(({ flags }) => flags.includes('WrongPadding'));

describe.skipIf(!isOpensslInstalled())('openssl', () => {
  test.each(signatures)('agrees about $name', (vector) => {
    expect(isSignature(vector, signingOf(vector))).toBe(isRightSign(vector));
  });

  test.each(withOtherPadding(signatures))('finds RSASSA-PSS in $name', (vector) => {
    const pss = ['-pkeyopt', 'rsa_padding_mode:pss', '-pkeyopt', 'rsa_pss_saltlen:-1'];
    expect(isSignature(vector, signingOf(vector), pss)).toBe(true);
  });

  // Depending on the release, openssl returns an error or random bytes for a wrong padding. Neither is the text.
  test.each(ciphertexts)('agrees about $name', (vector) => {
    const expected = vector.texts['msisdn'] ?? text(vector.texts, 'stringToEncrypt');
    expect(decrypted(encryptedIn(vector)) === expected).toBe(vector.result !== 'invalid');
  });

  test.each(withOtherPadding(ciphertexts))('finds RSAES-OAEP in $name', (vector) => {
    const expected = vector.texts['msisdn'] ?? text(vector.texts, 'stringToEncrypt');
    expect(decrypted(encryptedIn(vector), 'oaep')).toBe(expected);
  });
});

test('each file with RSA has vectors with another padding', () => {
  const found = withOtherPadding(VECTORS).map(({ file }) => file);
  expect(found.sort()).toEqual([
    'login-msisdn-pitfalls.json',
    'login-rsa-pitfalls.json',
    'token-validate-phone-num-rsa.json',
    'token-validate-rsa-pitfalls.json',
  ]);
});

test.skipIf(!isOpensslInstalled())(
  'the command in the client’s error about a PKCS#1 key creates a key that it accepts',
  () => {
    const { privateKey } = TEST_KEYS.demoAppSign;
    const pkcs1 = privateKeyOf(privateKey).export({ type: 'pkcs1', format: 'pem' }).toString();
    const { message } = refusal({ ...APP, keys: { ...KEYS, appSignPrivateKey: pkcs1 } });
    const [, command = ''] = /Convert it with: openssl (.+) -in key\.pem -out pkcs8\.pem$/.exec(message) ?? [];
    const key = openssl(command.split(' '), pkcs1)?.toString() ?? '';
    expect(make({ ...APP, keys: { ...KEYS, appSignPrivateKey: key } })).toHaveProperty('getPhoneNumber');
  },
);
