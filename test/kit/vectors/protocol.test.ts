/**
 * The functions of src/protocol against the vectors: strings to sign, signatures computed again, decryption and times.
 * engine.test.ts verifies signatures. The engine against every vector with a signature or a phoneNum. The reference client
 * against every vector that a client can create or read.
 */
import { describe, expect, test } from 'vitest';
import {
  buildLoginTokenValidateRequest,
  buildTokenValidateRequest,
  DecryptionError,
  type LoginSigningKey,
  processLoginTokenValidateResponse,
  ResponseFormatError,
  type VerifySigningKey,
} from '../../../src/index.js';
import { fieldsOf, type Texts } from '../../../src/protocol/fields.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { isPhoneNumber } from '../../../src/protocol/phone-num.js';
import { isRsaKey, type RsaKey, readPrivateKey } from '../../../src/protocol/rsa-keys.js';
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import { type Signature, signatureOf } from '../../../src/protocol/signature.js';
import { formatTimestamp, parseTimestamp } from '../../../src/protocol/timestamp.js';
import { loginText, MSG_ID, received } from '../../support/client.js';
import { judge } from '../../support/engine.js';
import { privateKeyOf, TEST_KEYS } from '../../support/keys.js';
import {
  decryptRaw,
  isAccepted,
  isRightSign,
  ofType,
  text,
  type Vector,
  type VectorType,
} from './vector-files.js';
import { LAX, REQUESTED, requestOf } from './vector-requests.js';

function keyOf(key: ReturnType<typeof readPrivateKey>): RsaKey {
  if (!isRsaKey(key)) throw new Error(key.found.en);
  return key;
}

/** How each type of vector signs. */
const SIGNED: Readonly<
  Partial<Record<VectorType, { readonly operation: Operation; readonly secret?: string }>>
> = {
  LoginMd5Sign: { operation: 'loginTokenValidate', secret: 'appSecret' },
  LoginRsaSign: { operation: 'loginTokenValidate' },
  TokenValidateHmacSign: { operation: 'tokenValidate', secret: 'appKey' },
  TokenValidateRsaSign: { operation: 'tokenValidate' },
};

/** The signature of a vector's request, made by its scheme. */
function signatureOfVector({ type, message, header, body, group }: Vector): Signature {
  const { operation = 'loginTokenValidate', secret } = SIGNED[type] ?? {};
  const sent: Readonly<Record<string, unknown>> = { ...message, ...header, ...body };
  const texts = Object.fromEntries(
    fieldsOf(operation).map(({ name, property }) => [property, sent[name]]),
  ) as Texts;
  // Some groups have no private key, because nothing is signed again.
  const { appSignPrivateKey = TEST_KEYS.demoAppSign.privateKey } = group;
  const key =
    secret === undefined
      ? { privateKey: keyOf(readPrivateKey(appSignPrivateKey)) }
      : { secret: text(group, secret) };
  return signatureOf(operation, texts, key);
}

test.each(ofType('LoginMsisdnDecrypt'))('$name', (vector) => {
  const key = keyOf(readPrivateKey(text(vector.group, 'privatePkcs8Base64')));
  const ciphertext = fromHex(text(vector.texts, 'ciphertext'));
  const number = ciphertext && decryptPkcs1(ciphertext, key);
  const isRight =
    number !== undefined && isPhoneNumber(number) && number === vector.texts['msisdn'];
  expect(isRight).toBe(isRightSign(vector));
});

test.each(ofType('Timestamp'))('$name', ({ epochMs, texts, result }) => {
  expect(formatTimestamp(epochMs) === texts['timestamp']).toBe(result === 'valid');
});

const SIGN_TYPES = [
  'LoginMd5Sign',
  'LoginRsaSign',
  'TokenValidateHmacSign',
  'TokenValidateRsaSign',
] as const;

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

test.each(ofType('Timestamp').filter(({ result }) => result === 'valid'))(
  '$name, read back',
  ({ epochMs, texts }) => {
    expect(parseTimestamp(text(texts, 'timestamp'))).toBe(epochMs);
  },
);

const SUCCESS: Readonly<Record<string, string>> = {
  loginTokenValidate: '103000',
  tokenValidate: '000',
};

test.each(REQUESTED)('$name', (vector) => {
  const { operation, settings, body, phoneNumber, refusals } = requestOf(vector);
  const { platformPrivateKey } = vector.group;
  // The carrier uses the key pair of the vectors.
  const state =
    platformPrivateKey === undefined ? {} : { platformKey: privateKeyOf(platformPrivateKey) };
  const { decision } = judge(operation, body, {
    settings,
    readings: LAX,
    state,
    token: { phoneNumber },
  });
  expect(isAccepted(vector) ? [SUCCESS[operation]] : refusals).toContain(decision.resultCode);
});

function instantOf(timestamp: string): number {
  const instant = parseTimestamp(timestamp);
  if (instant === undefined) throw new Error(`${timestamp} is not a date`);
  return instant;
}

function loginBody({ message }: Vector, signing: LoginSigningKey): Record<string, string> {
  const { body } = buildLoginTokenValidateRequest({
    appId: text(message, 'appid'),
    token: text(message, 'token'),
    msgId: text(message, 'msgid'),
    sentAtMs: instantOf(text(message, 'systemtime')),
    strictCheck: text(message, 'strictcheck') as '0' | '1',
    signing,
  });
  return JSON.parse(body);
}

interface Verification {
  readonly header: Readonly<Record<'msgId' | 'timestamp', string>>;
  readonly phoneNumber: string;
  readonly signing: VerifySigningKey;
}

const SOME_TOKEN = 'STsid0000001515028196605yc1oYNTuPlTlLT10AR3ywr2WApEq14JH';

function verifyBody(
  { group, body }: Vector,
  { header, phoneNumber, signing }: Verification,
): Record<string, string> {
  const request = buildTokenValidateRequest({
    appId: group['appId'] ?? '300011223344',
    appKey: text(group, 'appKey'),
    token: body['token'] ?? SOME_TOKEN,
    phoneNumber,
    msgId: header.msgId,
    sentAtMs: instantOf(header.timestamp),
    signing,
  });
  return JSON.parse(request.body).body;
}

const valid = (vectors: readonly Vector[]) => vectors.filter(({ result }) => result === 'valid');
const headerOf = ({ header }: Vector) => ({
  msgId: text(header, 'msgId'),
  timestamp: text(header, 'timestamp'),
});
const ofGroup = ({ group }: Vector) => ({ msgId: MSG_ID, timestamp: text(group, 'timestamp') });

describe('the client creates', () => {
  test.each(valid(ofType('LoginMd5Sign')))('$name', (vector) => {
    const { sign } = loginBody(vector, { by: 'md5', secret: text(vector.group, 'appSecret') });
    expect(sign).toBe(vector.texts['sign']);
  });

  test.each(valid(ofType('LoginRsaSign')))('$name', (vector) => {
    const { sign } = loginBody(vector, {
      by: 'rsa',
      appSignPrivateKey: text(vector.group, 'appSignPrivateKey'),
    });
    expect(sign).toBe(vector.texts['sign']?.toUpperCase());
  });

  test.each(valid(ofType('TokenValidateHmacSign')))('$name', (vector) => {
    const phoneNumber = text(vector.group, 'phoneNumber');
    const { sign, phoneNum } = verifyBody(vector, {
      header: headerOf(vector),
      phoneNumber,
      signing: { by: 'hmac' },
    });
    expect([phoneNum, sign]).toEqual([vector.body['phoneNum'], vector.texts['sign']]);
  });

  test.each(valid(ofType('TokenValidatePhoneNumHash')))('$name', (vector) => {
    const phoneNumber = text(vector.texts, 'phoneNumber');
    const { phoneNum } = verifyBody(vector, {
      header: ofGroup(vector),
      phoneNumber,
      signing: { by: 'hmac' },
    });
    expect(phoneNum).toBe(vector.texts['phoneNum']);
  });

  // Each ciphertext is different, so it is decrypted with the private key.
  test.each(valid(ofType('TokenValidatePhoneNumDecrypt')))(
    'a phoneNum that holds the text of $name',
    (vector) => {
      const { appSignPrivateKey = '' } = ofType('TokenValidateRsaSign')[0]?.group ?? {};
      const signing = {
        by: 'rsa',
        appSignPrivateKey,
        platformPublicKey: text(vector.group, 'platformPublicKey'),
      } as const;
      const phoneNumber = text(vector.texts, 'phoneNumber');
      const { phoneNum = '' } = verifyBody(vector, {
        header: ofGroup(vector),
        phoneNumber,
        signing,
      });
      const block = decryptRaw(phoneNum, text(vector.group, 'platformPrivateKey'));
      expect(block.subarray(block.indexOf(0, 2) + 1).toString()).toBe(
        vector.texts['stringToEncrypt'],
      );
    },
  );
});

describe('the client reads', () => {
  function read({ group, texts }: Vector) {
    return processLoginTokenValidateResponse({
      request: { operation: 'loginTokenValidate', msgId: MSG_ID, signing: 'rsa' },
      response: received(loginText({ msisdn: text(texts, 'ciphertext') })),
      appDecryptPrivateKey: text(group, 'privatePkcs8Base64'),
    });
  }

  test.each(ofType('LoginMsisdnDecrypt').filter(({ result }) => result !== 'invalid'))(
    '$name',
    (vector) => {
      expect(read(vector)).toMatchObject({
        kind: 'phoneNumber',
        phoneNumber: vector.texts['msisdn'],
      });
    },
  );

  test.each(ofType('LoginMsisdnDecrypt').filter(({ result }) => result === 'invalid'))(
    'no number in $name',
    (vector) => {
      expect(() => read(vector)).toThrow(
        vector.flags.includes('Empty') ? ResponseFormatError : DecryptionError,
      );
    },
  );
});
