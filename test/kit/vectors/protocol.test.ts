/** The functions of src/protocol against the vectors: strings to sign, signatures computed again, decryption and times. engine.test.ts verifies signatures. */
import { expect, test } from 'vitest';
import { fieldsOf, type Texts } from '../../../src/protocol/fields.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { isPhoneNumber } from '../../../src/protocol/phone-num.js';
import { isRsaKey, type RsaKey, readPrivateKey } from '../../../src/protocol/rsa-keys.js';
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import { type Signature, signatureOf } from '../../../src/protocol/signature.js';
import { formatTimestamp, parseTimestamp } from '../../../src/protocol/timestamp.js';
import { TEST_KEYS } from '../../support/keys.js';
import { isRightSign, ofType, text, type Vector, type VectorType } from './vector-files.js';

function keyOf(key: ReturnType<typeof readPrivateKey>): RsaKey {
  if (!isRsaKey(key)) throw new Error(key.found.en);
  return key;
}

/** How each type of vector signs. */
const SIGNED: Readonly<Partial<Record<VectorType, { readonly operation: Operation; readonly secret?: string }>>> = {
  LoginMd5Sign: { operation: 'loginTokenValidate', secret: 'appSecret' },
  LoginRsaSign: { operation: 'loginTokenValidate' },
  TokenValidateHmacSign: { operation: 'tokenValidate', secret: 'appKey' },
  TokenValidateRsaSign: { operation: 'tokenValidate' },
};

/** The signature of a vector's request, made by its scheme. */
function signatureOfVector({ type, message, header, body, group }: Vector): Signature {
  const { operation = 'loginTokenValidate', secret } = SIGNED[type] ?? {};
  const sent: Readonly<Record<string, unknown>> = { ...message, ...header, ...body };
  const texts = Object.fromEntries(fieldsOf(operation).map(({ name, property }) => [property, sent[name]])) as Texts;
  // Some groups have no private key, because nothing is signed again.
  const { appSignPrivateKey = TEST_KEYS.demoAppSign.privateKey } = group;
  const key =
    secret === undefined ? { privateKey: keyOf(readPrivateKey(appSignPrivateKey)) } : { secret: text(group, secret) };
  return signatureOf(operation, texts, key);
}

test.each(ofType('LoginMsisdnDecrypt'))('$name', (vector) => {
  const key = keyOf(readPrivateKey(text(vector.group, 'privatePkcs8Base64')));
  const ciphertext = fromHex(text(vector.texts, 'ciphertext'));
  const number = ciphertext && decryptPkcs1(ciphertext, key);
  const isRight = number !== undefined && isPhoneNumber(number) && number === vector.texts['msisdn'];
  expect(isRight).toBe(isRightSign(vector));
});

test.each(ofType('Timestamp'))('$name', ({ epochMs, texts, result }) => {
  expect(formatTimestamp(epochMs) === texts['timestamp']).toBe(result === 'valid');
});

const SIGN_TYPES = ['LoginMd5Sign', 'LoginRsaSign', 'TokenValidateHmacSign', 'TokenValidateRsaSign'] as const;

test.each(ofType(...SIGN_TYPES))('the string to sign of $name', (vector) => {
  expect(signatureOfVector(vector).stringToSign).toBe(vector.texts['stringToSign']);
});

test.each(ofType(...SIGN_TYPES).filter(({ result }) => result === 'valid'))(
  'the signature of $name is computed again',
  (vector) => {
    // RSA accepts hex in either case and Base64 in lines.
    const plain = (sign: string) => (fromHex(sign) ?? fromBase64(sign))?.toString('hex');
    expect(plain(signatureOfVector(vector).sign)).toBe(plain(text(vector.texts, 'sign')));
  },
);

test.each(ofType('Timestamp').filter(({ result }) => result === 'valid'))('$name, read back', ({ epochMs, texts }) => {
  expect(parseTimestamp(text(texts, 'timestamp'))).toBe(epochMs);
});
