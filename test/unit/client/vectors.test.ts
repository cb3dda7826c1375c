/** Signs and numbers, byte for byte those of the vectors that were made outside of this code. */
import { constants, createPrivateKey, createPublicKey, privateDecrypt, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  buildLoginTokenValidateRequest,
  buildTokenValidateRequest,
  type LoginSigningKey,
  processLoginTokenValidateResponse,
  type VerifySigningKey,
} from '../../../src/index.js';
import { parseTimestamp } from '../../../src/protocol/timestamp.js';
import { loginText, MSG_ID, received } from '../../http/client/scene.js';
import { readVectors, type Vector } from '../../support/vectors.js';

const VECTOR_KEYS = (await import('../../../fixtures/vectors/keys.json', { with: { type: 'json' } })).default.keys;

function valid(file: string): readonly Vector[] {
  const vectors = readVectors(file).filter(
    ({ result, flags }) => result === 'valid' && flags.every((flag) => flag === 'KeySize'),
  );
  expect(vectors.length).toBeGreaterThan(0);
  return vectors;
}

function loginBody({ message }: Vector, signing: LoginSigningKey): Record<string, string> {
  const request = buildLoginTokenValidateRequest({
    appId: message['appid'] ?? '',
    token: message['token'] ?? '',
    msgId: message['msgid'] ?? '',
    sentAtMs: parseTimestamp(message['systemtime'] ?? '') ?? Number.NaN,
    strictCheck: message['strictcheck'] as '0' | '1',
    signing,
  });
  return JSON.parse(request.body);
}

function verifyBody({ message, group, phoneNumber }: Vector, signing: VerifySigningKey) {
  const { header, body } = message;
  const request = buildTokenValidateRequest({
    appId: header['appId'] ?? '',
    appKey: group.appKey,
    token: body['token'] ?? '',
    phoneNumber: phoneNumber ?? group.phoneNumber,
    msgId: header['msgId'] ?? '',
    sentAtMs: parseTimestamp(header['timestamp'] ?? '') ?? Number.NaN,
    signing,
  });
  return JSON.parse(request.body);
}

describe('login', () => {
  test.each(valid('login-md5'))('MD5, vector $description', (vector) => {
    const { version, msgid, systemtime, strictcheck, appid, token } = vector.message;
    expect(loginBody(vector, { by: 'md5', secret: vector.group.appSecret })).toEqual({
      ...{ version, msgid, systemtime, strictcheck, appid, token },
      sign: vector.sign,
    });
  });

  test.each(valid('login-rsa'))('RSA, vector $description', (vector) => {
    const long = vector.sign.length > 256;
    const key = long ? VECTOR_KEYS.appSign2048 : VECTOR_KEYS.appSign;
    const body = loginBody(vector, { by: 'rsa', appSignPrivateKey: key.privatePkcs8Base64 });
    expect([body['sign'], body['encryptionalgorithm']]).toEqual([vector.sign, 'RSA']);
  });

  test.each(
    valid('login-msisdn').flatMap((vector) => [
      { ...vector, hex: vector.ciphertext, description: vector.description },
      { ...vector, hex: vector.ciphertext.toLowerCase(), description: `${vector.description}, in lower case` },
    ]),
  )('msisdn, vector $description', ({ hex, msisdn, group }) => {
    const answer = processLoginTokenValidateResponse({
      request: { operation: 'loginTokenValidate', msgId: MSG_ID, signing: 'rsa' },
      response: received(loginText({ msisdn: hex })),
      appDecryptPrivateKey: group.privatePkcs8Base64,
    });
    expect(answer).toMatchObject({ kind: 'phoneNumber', phoneNumber: msisdn });
  });
});

describe('verify', () => {
  test.each(valid('token-validate-hmac'))('HMAC, vector $description', (vector) => {
    const { phoneNum, token } = vector.message.body;
    expect(verifyBody(vector, { by: 'hmac' }).body).toMatchObject({ phoneNum, token, sign: vector.sign });
  });

  test.each(valid('token-validate-phone-num'))('phoneNum, vector $description', ({ group, phoneNumber, phoneNum }) => {
    const request = buildTokenValidateRequest({
      appId: '1',
      appKey: group.appKey,
      token: 't',
      phoneNumber,
      msgId: MSG_ID,
      sentAtMs: parseTimestamp(group.timestamp) ?? Number.NaN,
      signing: { by: 'hmac' },
    });
    expect(JSON.parse(request.body).body.phoneNum).toBe(phoneNum);
  });

  // The ciphertext is another each time, and the sign is over it: both are opened with the other halves.
  test.each(valid('token-validate-rsa'))('RSA, vector $description', (vector) => {
    const { appVerifyKey, platformPrivateKey, appKey } = vector.group;
    const privateKey = createPrivateKey({
      key: Buffer.from(platformPrivateKey, 'base64'),
      format: 'der',
      type: 'pkcs8',
    });
    const platformPublicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
    const { header, body } = verifyBody(vector, {
      by: 'rsa',
      appSignPrivateKey: VECTOR_KEYS.appSign.privatePkcs8Base64,
      platformPublicKey,
    });
    const block = privateDecrypt(
      { key: privateKey, padding: constants.RSA_NO_PADDING },
      Buffer.from(body.phoneNum, 'base64'),
    );
    const plain = `\0${vector.group.phoneNumber}${appKey}${header.timestamp}`;
    expect(block.toString('latin1').slice(-plain.length)).toBe(plain);
    const text = header.appId + header.msgId + body.phoneNum + header.timestamp + body.token + header.version;
    const key = createPublicKey({ key: Buffer.from(appVerifyKey, 'base64'), format: 'der', type: 'spki' });
    expect(verify('RSA-MD5', Buffer.from(text), key, Buffer.from(body.sign, 'base64'))).toBe(true);
    expect([body.keyType, header.version]).toEqual(['1', '1.0']);
  });
});
