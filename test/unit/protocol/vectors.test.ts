/** Every signature vector, against the protocol's own functions. The document, 1.2 and 2.3. */
import { describe, expect, test } from 'vitest';
import { decryptPhoneNum, hashPhoneNum } from '../../../src/protocol/phone-num.js';
import { isRsaKey, type RsaKey, readPrivateKey, readPublicKey } from '../../../src/protocol/rsa-keys.js';
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import { fromBase64, fromHex, hmacSha256Hex, md5Hex, type RsaDigest, verifyRsa } from '../../../src/protocol/sign.js';
import { loginMd5Text, loginRsaText, tokenValidateText } from '../../../src/protocol/string-to-sign.js';
import { readVectors, type Vector } from '../../support/vectors.js';

const FILES = [
  { file: 'login-md5', numberOfTests: 16 },
  { file: 'login-rsa', numberOfTests: 12 },
  { file: 'login-msisdn', numberOfTests: 2 },
  { file: 'token-validate-hmac', numberOfTests: 10 },
  { file: 'token-validate-phone-num', numberOfTests: 6 },
  { file: 'token-validate-rsa', numberOfTests: 5 },
];

test.each(FILES)('$file has $numberOfTests vectors', ({ file, numberOfTests }) => {
  expect(readVectors(file)).toHaveLength(numberOfTests);
});

test('the vectors are numbered from 1 to 51', () => {
  const ids = FILES.flatMap(({ file }) => readVectors(file).map(({ tcId }) => tcId));
  expect(ids).toEqual(Array.from({ length: 51 }, (_, at) => at + 1));
});

function keyOf(key: RsaKey | string): RsaKey {
  if (!isRsaKey(key)) throw new Error(key);
  return key;
}

/** Where a vector spells it out. */
function expectSameText({ stringToSign }: Vector, text: string): void {
  if (stringToSign !== undefined) expect(text).toBe(stringToSign);
}

/** What a sign is that is right but for its case: acceptable. */
function judgeHex(sign: string, expected: string): Vector['result'] {
  if (sign === expected) return 'valid';
  return sign.toUpperCase() === expected ? 'acceptable' : 'invalid';
}

/** Whether the bytes are the signature of a text; undefined are bytes that could not be decoded. */
function isSignature(signature: Buffer | undefined, checks: { digest: RsaDigest; text: string; key: string }): boolean {
  const key = keyOf(readPublicKey(checks.key));
  return signature !== undefined && verifyRsa(checks.digest, checks.text, signature, key);
}

function loginText({ message, group }: Vector): string {
  const { appid = '', version = '', msgid = '', systemtime = '', strictcheck = '', token = '' } = message;
  const fields = { appId: appid, version, msgId: msgid, systemTime: systemtime, strictCheck: strictcheck, token };
  return loginMd5Text(fields, group.appSecret);
}

function verifyText({ message: { header, body } }: Vector): string {
  const { appId = '', msgId = '', timestamp = '', version = '' } = header;
  const { phoneNum = '', token = '' } = body;
  return tokenValidateText({ appId, msgId, phoneNum, timestamp, token, version });
}

describe('login, MD5', () => {
  test.each(readVectors('login-md5'))('$description', (vector) => {
    const text = loginText(vector);
    expectSameText(vector, text);
    expect(judgeHex(vector.sign, md5Hex(text))).toBe(vector.result);
  });
});

describe('login, SHA256withRSA', () => {
  test.each(readVectors('login-rsa'))('$description', (vector) => {
    const { appid: appId = '', token = '' } = vector.message;
    const text = loginRsaText({ appId, token });
    expectSameText(vector, text);
    const isRight = isSignature(fromHex(vector.sign), { digest: 'RSA-SHA256', text, key: vector.group.appVerifyKey });
    expect(isRight).toBe(vector.result === 'valid');
  });
});

describe('login, msisdn', () => {
  test.each(readVectors('login-msisdn'))('$description', ({ ciphertext, msisdn, group }) => {
    const key = keyOf(readPrivateKey(group.privatePkcs8Base64));
    expect(decryptPkcs1(fromHex(ciphertext) ?? Buffer.alloc(0), key)).toBe(msisdn);
  });
});

describe('verify, HMACSHA256', () => {
  test.each(readVectors('token-validate-hmac'))('$description', (vector) => {
    const text = verifyText(vector);
    expectSameText(vector, text);
    expect(judgeHex(vector.sign, hmacSha256Hex(text, vector.group.appKey))).toBe(vector.result);
  });

  test.each(readVectors('token-validate-hmac'))(
    'the phoneNum of $description',
    ({ message: { header, body }, group }) => {
      const { phoneNumber, appKey } = group;
      expect(hashPhoneNum({ phoneNumber, appKey, timestamp: header['timestamp'] ?? '' })).toBe(body['phoneNum']);
    },
  );
});

describe('verify, phoneNum', () => {
  test.each(readVectors('token-validate-phone-num'))('$description', ({ phoneNumber, phoneNum, result, group }) => {
    const { appKey, timestamp } = group;
    expect(hashPhoneNum({ phoneNumber, appKey, timestamp }) === phoneNum).toBe(result === 'valid');
  });
});

describe('verify, MD5withRSA', () => {
  test.each(readVectors('token-validate-rsa'))('$description', (vector) => {
    const text = verifyText(vector);
    expectSameText(vector, text);
    const isRight = isSignature(fromBase64(vector.sign), { digest: 'RSA-MD5', text, key: vector.group.appVerifyKey });
    expect(isRight).toBe(vector.result !== 'invalid');
  });

  test.each(readVectors('token-validate-rsa'))(
    'the phoneNum of $description',
    ({ message: { header, body }, group }) => {
      const ciphertext = fromBase64(body['phoneNum'] ?? '') ?? Buffer.alloc(0);
      const fields = { appKey: group.appKey, timestamp: header['timestamp'] ?? '' };
      const number = decryptPhoneNum(ciphertext, fields, keyOf(readPrivateKey(group.platformPrivateKey)));
      expect(number).toBe(group.phoneNumber);
    },
  );
});
