/**
 * Times against the vectors. The engine against every vector with a signature or a phoneNum. The reference client against
 * every vector that a client can create or read.
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
import { formatTimestamp, parseTimestamp } from '../../../src/protocol/timestamp.js';
import { loginText, MSG_ID, received } from '../../support/client.js';
import { judge } from '../../support/engine.js';
import { privateKeyOf } from '../../support/keys.js';
import { decryptRaw, isAccepted, ofType, text, type Vector } from './vector-files.js';
import { LAX, REQUESTED, requestOf } from './vector-requests.js';

test.each(ofType('Timestamp'))('$name', ({ epochMs, texts, result }) => {
  expect(formatTimestamp(epochMs) === texts['timestamp']).toBe(result === 'valid');
});

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
