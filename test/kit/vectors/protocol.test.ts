/** The functions of src/protocol against every vector. */
import { expect, test } from 'vitest';
import { SIGNED_FIELDS, stringToSign } from '../../../src/protocol/fields.js';
import { decryptPhoneNum, hashPhoneNum, isPhoneNumber } from '../../../src/protocol/phone-num.js';
import { isRsaKey, type RsaKey, readPrivateKey, readPublicKey } from '../../../src/protocol/rsa-keys.js';
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import {
  fromBase64,
  fromHex,
  hmacSha256Hex,
  md5Hex,
  signRsa,
  upperHex,
  verifyRsa,
} from '../../../src/protocol/sign.js';
import { formatTimestamp, parseTimestamp } from '../../../src/protocol/timestamp.js';
import { isRightSign, ofType, text, VECTORS, type Vector, type VectorType } from './vector-files.js';

function keyOf(key: ReturnType<typeof readPublicKey>): RsaKey {
  if (!isRsaKey(key)) throw new Error(key.found.en);
  return key;
}

function loginMd5Of({ message, group }: Vector): string {
  const { appid = '', version = '', msgid = '', systemtime = '', strictcheck = '', token = '' } = message;
  const texts = { appId: appid, version, msgId: msgid, sentAt: systemtime, strictCheck: strictcheck, token };
  return stringToSign(SIGNED_FIELDS.loginTokenValidate.md5, texts, text(group, 'appSecret'));
}

function loginRsaOf({ message }: Vector): string {
  const texts = { appId: text(message, 'appid'), token: text(message, 'token') };
  return stringToSign(SIGNED_FIELDS.loginTokenValidate.rsa, texts);
}

function verifyOf({ header, body }: Vector): string {
  const { appId = '', msgId = '', timestamp = '', version = '' } = header;
  const [phoneNum, token] = [text(body, 'phoneNum'), text(body, 'token')];
  const texts = { appId, msgId, sentAt: timestamp, version, phoneNum, token };
  return stringToSign(SIGNED_FIELDS.tokenValidate.hmac, texts);
}

/** Equal, ignoring the letter case of the value. */
function equalIgnoringCase(value: string, expected: string): boolean {
  return upperHex(value) === expected;
}

function phoneNumFields({ group, texts }: Vector) {
  const [appKey, timestamp] = [text(group, 'appKey'), text(group, 'timestamp')];
  return { phoneNumber: text(texts, 'phoneNumber'), appKey, timestamp };
}

const ACCEPTS = {
  LoginMd5Sign: (vector) => equalIgnoringCase(text(vector.texts, 'sign'), md5Hex(loginMd5Of(vector))),
  LoginRsaSign: (vector) => {
    const signature = fromHex(text(vector.texts, 'sign'));
    const key = keyOf(readPublicKey(text(vector.group, 'appVerifyKey')));
    return signature !== undefined && verifyRsa('RSA-SHA256', loginRsaOf(vector), signature, key);
  },
  LoginMsisdnDecrypt: ({ group, texts }) => {
    const key = keyOf(readPrivateKey(text(group, 'privatePkcs8Base64')));
    const ciphertext = fromHex(text(texts, 'ciphertext'));
    const number = ciphertext && decryptPkcs1(ciphertext, key);
    return number !== undefined && isPhoneNumber(number) && number === texts['msisdn'];
  },
  TokenValidateHmacSign: (vector) =>
    equalIgnoringCase(text(vector.texts, 'sign'), hmacSha256Hex(verifyOf(vector), text(vector.group, 'appKey'))),
  TokenValidateRsaSign: (vector) => {
    const signature = fromBase64(text(vector.texts, 'sign'));
    const key = keyOf(readPublicKey(text(vector.group, 'appVerifyKey')));
    return signature !== undefined && verifyRsa('RSA-MD5', verifyOf(vector), signature, key);
  },
  TokenValidatePhoneNumHash: (vector) =>
    equalIgnoringCase(text(vector.texts, 'phoneNum'), hashPhoneNum(phoneNumFields(vector))),
  TokenValidatePhoneNumDecrypt: (vector) => {
    const ciphertext = fromBase64(text(vector.texts, 'phoneNum'));
    const key = keyOf(readPrivateKey(text(vector.group, 'platformPrivateKey')));
    const { phoneNumber, ...fields } = phoneNumFields(vector);
    return ciphertext !== undefined && decryptPhoneNum(ciphertext, fields, key) === phoneNumber;
  },
  Timestamp: ({ epochMs, texts }) => formatTimestamp(epochMs) === texts['timestamp'],
} satisfies Readonly<Record<VectorType, (vector: Vector) => boolean>>;

test.each(VECTORS)('$name', (vector) => {
  expect(ACCEPTS[vector.type](vector)).toBe(isRightSign(vector));
});

test.each(ofType('LoginMd5Sign', 'LoginRsaSign', 'TokenValidateHmacSign', 'TokenValidateRsaSign'))(
  'the string to sign of $name',
  (vector) => {
    const texts: Partial<Record<VectorType, (vector: Vector) => string>> = {
      LoginMd5Sign: loginMd5Of,
      LoginRsaSign: loginRsaOf,
    };
    expect((texts[vector.type] ?? verifyOf)(vector)).toBe(vector.texts['stringToSign']);
  },
);

test.each(ofType('LoginRsaSign', 'TokenValidateRsaSign').filter(({ result }) => result === 'valid'))(
  'the signature of $name is computed again with the same bytes',
  ({ type, group, texts }) => {
    const login = type === 'LoginRsaSign';
    const key = keyOf(readPrivateKey(text(group, 'appSignPrivateKey')));
    const signature = signRsa(login ? 'RSA-SHA256' : 'RSA-MD5', text(texts, 'stringToSign'), key);
    const expected = text(texts, 'sign');
    expect(signature).toEqual(login ? fromHex(expected) : fromBase64(expected));
  },
);

test.each(ofType('Timestamp').filter(({ result }) => result === 'valid'))('$name, read back', ({ epochMs, texts }) => {
  expect(parseTimestamp(text(texts, 'timestamp'))).toBe(epochMs);
});
