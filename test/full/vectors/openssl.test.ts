/**
 * Checks all vectors with programs that share no code with this project: `openssl` for the cryptography, `date` of the
 * coreutils for the times.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  FILES,
  isRightSign,
  text,
  VECTORS,
  type Vector,
  type VectorType,
} from '../../kit/vectors/vector-files.js';
import { APP } from '../../support/client.js';
import { privateKeyOf, TEST_KEYS } from '../../support/keys.js';
import { KEYS, make, refusal } from '../../unit/client/configured.js';

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
  return cleaned !== '' && ENCODINGS[encoding].pattern.test(cleaned)
    ? Buffer.from(cleaned, encoding)
    : undefined;
}

interface Hashed {
  readonly args: readonly string[];
  readonly input: string;
  readonly value: string;
}

/** An acceptable value has the digits of a valid one, in lower or mixed case. */
function isDigest({ result }: Vector, { args, input, value }: Hashed): boolean {
  const digest = openssl(['dgst', ...args, '-binary'], input)
    ?.toString('hex')
    .toUpperCase();
  return digest === (result === 'acceptable' ? value.toUpperCase() : value);
}

interface Signed {
  readonly digest: 'md5' | 'sha256';
  readonly encoding: keyof typeof ENCODINGS;
}

function isSignature(
  { group, texts }: Vector,
  { digest, encoding }: Signed,
  options: readonly string[] = [],
): boolean {
  const signature = bytesOf(text(texts, 'sign'), encoding);
  if (signature === undefined) return false;
  // `dgst -verify` would accept a signature that is too long, because it reads only as many bytes as the key has.
  const args = ['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-sigfile', fileOf(signature)];
  const key = fileOf(Buffer.from(text(group, 'appVerifyKey'), 'base64'));
  const hash = openssl(['dgst', `-${digest}`, '-binary'], text(texts, 'stringToSign'));
  return (
    openssl([...args, '-inkey', key, '-pkeyopt', `digest:${digest}`, ...options], hash ?? '') !==
    undefined
  );
}

interface Encrypted {
  readonly value: string;
  readonly key: string;
  readonly encoding: keyof typeof ENCODINGS;
}

// Depending on the release, openssl returns an error or random bytes for a wrong padding. Neither is the text.
function isEncrypted(
  { texts }: Vector,
  { value, key, encoding }: Encrypted,
  padding = 'pkcs1',
): boolean {
  const ciphertext = bytesOf(value, encoding);
  if (ciphertext === undefined) return false;
  const keyFile = fileOf(Buffer.from(key, 'base64'));
  const args = [
    'pkeyutl',
    '-decrypt',
    '-inkey',
    keyFile,
    '-keyform',
    'DER',
    '-pkeyopt',
    `rsa_padding_mode:${padding}`,
  ];
  return (
    openssl(args, ciphertext)?.toString() === (texts['msisdn'] ?? text(texts, 'stringToEncrypt'))
  );
}

const LOGIN = { digest: 'sha256', encoding: 'hex' } as const;
const VERIFY = { digest: 'md5', encoding: 'base64' } as const;

function loginCiphertext({ group, texts }: Vector): Encrypted {
  return {
    value: text(texts, 'ciphertext'),
    key: text(group, 'privatePkcs8Base64'),
    encoding: 'hex',
  };
}

function verifyCiphertext({ group, texts }: Vector): Encrypted {
  return {
    value: text(texts, 'phoneNum'),
    key: text(group, 'platformPrivateKey'),
    encoding: 'base64',
  };
}

function hmacOf({ group, texts }: Vector): Hashed {
  const key = `hexkey:${Buffer.from(text(group, 'appKey')).toString('hex')}`;
  const args = ['-sha256', '-mac', 'HMAC', '-macopt', key];
  return { args, input: text(texts, 'stringToSign'), value: text(texts, 'sign') };
}

/** Whether the program confirms the value of the vector. */
const IS_CONFIRMED: Readonly<Record<VectorType, (vector: Vector) => boolean>> = {
  LoginMd5Sign: (vector) =>
    isDigest(vector, {
      args: ['-md5'],
      input: text(vector.texts, 'stringToSign'),
      value: text(vector.texts, 'sign'),
    }),
  LoginRsaSign: (vector) => isSignature(vector, LOGIN),
  LoginMsisdnDecrypt: (vector) => isEncrypted(vector, loginCiphertext(vector)),
  TokenValidateHmacSign: (vector) => isDigest(vector, hmacOf(vector)),
  TokenValidateRsaSign: (vector) => isSignature(vector, VERIFY),
  TokenValidatePhoneNumHash: (vector) =>
    isDigest(vector, {
      args: ['-sha256'],
      input: text(vector.texts, 'stringToHash'),
      value: text(vector.texts, 'phoneNum'),
    }),
  TokenValidatePhoneNumDecrypt: (vector) => isEncrypted(vector, verifyCiphertext(vector)),
  Timestamp: ({ epochMs, texts }) => beijingTime(epochMs) === text(texts, 'timestamp'),
};

/** What the vector says. */
function shouldBeConfirmed(vector: Vector): boolean {
  const isRsaSign = vector.type === 'LoginRsaSign' || vector.type === 'TokenValidateRsaSign';
  return isRsaSign ? isRightSign(vector) : vector.result !== 'invalid';
}

const OTHER_PADDINGS: Readonly<Partial<Record<VectorType, (vector: Vector) => boolean>>> = {
  LoginRsaSign: (vector) => isSignature(vector, LOGIN, PSS),
  TokenValidateRsaSign: (vector) => isSignature(vector, VERIFY, PSS),
  LoginMsisdnDecrypt: (vector) => isEncrypted(vector, loginCiphertext(vector), 'oaep'),
  TokenValidatePhoneNumDecrypt: (vector) => isEncrypted(vector, verifyCiphertext(vector), 'oaep'),
};
const PSS = ['-pkeyopt', 'rsa_padding_mode:pss', '-pkeyopt', 'rsa_pss_saltlen:-1'];

const withOtherPadding = VECTORS.filter(({ flags }) => flags.includes('WrongPadding'));

describe.skipIf(!isOpensslInstalled())('openssl', () => {
  test.each(FILES)(
    'agrees with each result of $file',
    ({ file }) => {
      const vectors = VECTORS.filter((vector) => vector.file === file);
      const disputed = vectors.filter(
        (vector) => IS_CONFIRMED[vector.type](vector) !== shouldBeConfirmed(vector),
      );
      expect(disputed.map(({ name }) => name)).toEqual([]);
    },
    120_000,
  );

  test('finds RSASSA-PSS or RSAES-OAEP in each vector with another padding', () => {
    const disputed = withOtherPadding.filter(
      (vector) => OTHER_PADDINGS[vector.type]?.(vector) !== true,
    );
    expect(disputed.map(({ name }) => name)).toEqual([]);
  });
});

test('each file with RSA has vectors with another padding', () => {
  expect(withOtherPadding.map(({ file }) => file).sort()).toEqual([
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
    const [, command = ''] =
      /Convert it with: openssl (.+) -in key\.pem -out pkcs8\.pem$/.exec(message) ?? [];
    const key = openssl(command.split(' '), pkcs1)?.toString() ?? '';
    expect(make({ ...APP, keys: { ...KEYS, appSignPrivateKey: key } })).toHaveProperty(
      'getPhoneNumber',
    );
  },
);

/** Not every openssl supports --version. With CI=true a missing openssl is an error. */
function isOpensslInstalled(): boolean {
  const found = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;
  if (!found && process.env['CI'] === 'true')
    throw new Error('openssl is not installed, and CI needs it');
  if (!found) console.warn('skipped: the tests that need openssl, which is not installed');
  return found;
}

/** The standard output, or undefined if the command fails. */
function openssl(args: readonly string[], input: Buffer | string): Buffer | undefined {
  const { status, stdout } = spawnSync('openssl', args, { input });
  return status === 0 ? stdout : undefined;
}

/** The 17 digits of a time. POSIX counts hours west of Greenwich, so `CST-8` is eight hours east, without daylight saving. */
function beijingTime(epochMs: number): string {
  const args = ['-d', `@${Math.floor(epochMs / 1000)}`, '+%Y%m%d%H%M%S'];
  const seconds = execFileSync('date', args, {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'CST-8', LC_ALL: 'C' },
  });
  return seconds.trimEnd() + String(epochMs % 1000).padStart(3, '0');
}
