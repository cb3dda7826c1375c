/** The functions of src/protocol against the vectors: strings to sign, signatures computed again, decryption and times. engine.test.ts verifies signatures. */
import { expect, test } from 'vitest';
import { signingOf, stringToSign } from '../../../src/protocol/fields.js';
import { isPhoneNumber } from '../../../src/protocol/phone-num.js';
import { isRsaKey, type RsaKey, readPrivateKey } from '../../../src/protocol/rsa-keys.js';
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import { fromBase64, fromHex, signRsa } from '../../../src/protocol/sign.js';
import { formatTimestamp, parseTimestamp } from '../../../src/protocol/timestamp.js';
import { isRightSign, ofType, text, type Vector, type VectorType } from './vector-files.js';

function keyOf(key: ReturnType<typeof readPrivateKey>): RsaKey {
  if (!isRsaKey(key)) throw new Error(key.found.en);
  return key;
}

function loginMd5Of({ message, group }: Vector): string {
  const { appid = '', version = '', msgid = '', systemtime = '', strictcheck = '', token = '' } = message;
  const texts = { appId: appid, version, msgId: msgid, sentAt: systemtime, strictCheck: strictcheck, token };
  return stringToSign(signingOf('loginTokenValidate', 'md5').fields, texts, text(group, 'appSecret'));
}

function loginRsaOf({ message }: Vector): string {
  const texts = { appId: text(message, 'appid'), token: text(message, 'token') };
  return stringToSign(signingOf('loginTokenValidate', 'rsa').fields, texts);
}

function verifyOf({ header, body }: Vector): string {
  const { appId = '', msgId = '', timestamp = '', version = '' } = header;
  const [phoneNum, token] = [text(body, 'phoneNum'), text(body, 'token')];
  const texts = { appId, msgId, sentAt: timestamp, version, phoneNum, token };
  return stringToSign(signingOf('tokenValidate', 'hmac').fields, texts);
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
