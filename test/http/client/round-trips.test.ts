/** Properties: the carrier reads what the client sends, for any credentials, numbers and texts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildLoginTokenValidateRequest, buildTokenValidateRequest, type CmpassportError, processLoginTokenValidateResponse, processTokenValidateResponse } from '../../../src/index.js';
import { decryptPhoneNum } from '../../../src/protocol/phone-num.js';
import { encryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import { fromBase64, fromHex, verifyRsa } from '../../../src/protocol/sign.js';
import { parseTimestamp, TIMESTAMP_MS_MAX } from '../../../src/protocol/timestamp.js';
import { privateKeyOf, publicKeyOf, TEST_KEYS } from '../../support/keys.js';
import { loginText, MSG_ID, received, verifyText } from './scene.js';

const { demoAppSign, demoAppDecrypt, platform } = TEST_KEYS;
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const word = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...BASE62), minLength: 1, maxLength }).filter((text) => !text.startsWith('MII'));
const phoneNumbers = fc.integer({ min: 0, max: 9_999_999_999 }).map((rest) => `1${String(rest).padStart(10, '0')}`);
const requests = fc.record({
  appId: word(20),
  appKey: word(89),
  token: word(80),
  msgId: word(36),
  phoneNumber: phoneNumbers,
  sentAtMs: fc.integer({ min: 0, max: TIMESTAMP_MS_MAX }),
});
const RUNS = { numRuns: 60 };

test('login by RSA: the carrier verifies the signature, and the client decrypts the number', () => {
  fc.assert(
    fc.property(requests, ({ phoneNumber, ...input }) => {
      const signing = { by: 'rsa', appSignPrivateKey: demoAppSign.privateKey } as const;
      const request = buildLoginTokenValidateRequest({ ...input, signing });
      const { sign, appid, token, systemtime } = JSON.parse(request.body);
      const signature = fromHex(sign) ?? Buffer.alloc(0);
      expect(verifyRsa('RSA-SHA256', appid + token, signature, publicKeyOf(demoAppSign.publicKey))).toBe(true);
      expect(parseTimestamp(systemtime)).toBe(input.sentAtMs);
      const msisdn = encryptPkcs1(phoneNumber, publicKeyOf(demoAppDecrypt.publicKey)).toString('hex');
      const response = received(loginText({ inresponseto: input.msgId, msisdn }));
      const answer = processLoginTokenValidateResponse({
        request,
        response,
        appDecryptPrivateKey: demoAppDecrypt.privateKey,
      });
      expect(answer).toMatchObject({ kind: 'phoneNumber', phoneNumber });
    }),
    RUNS,
  );
});

test('verify by RSA: the carrier decrypts the number and verifies the signature', () => {
  fc.assert(
    fc.property(requests, (input) => {
      const request = buildTokenValidateRequest({
        ...input,
        signing: { by: 'rsa', appSignPrivateKey: demoAppSign.privateKey, platformPublicKey: platform.publicKey },
      });
      const { header, body } = JSON.parse(request.body);
      const fields = { appKey: input.appKey, timestamp: header.timestamp };
      const ciphertext = fromBase64(body.phoneNum) ?? Buffer.alloc(0);
      expect(decryptPhoneNum(ciphertext, fields, privateKeyOf(platform.privateKey))).toBe(input.phoneNumber);
      const text = `${input.appId}${input.msgId}${body.phoneNum}${header.timestamp}${input.token}1.0`;
      const signature = fromBase64(body.sign) ?? Buffer.alloc(0);
      expect(verifyRsa('RSA-MD5', text, signature, publicKeyOf(demoAppSign.publicKey))).toBe(true);
    }),
    RUNS,
  );
});

test('any message and expandParams are returned as sent', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !/[|=]/.test(text));
  const value = fc.string().filter((text) => !text.includes('|'));
  const params = fc.dictionary(name, value, { minKeys: 1, noNullPrototype: true });
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), params, (message, expandParams) => {
      const request = buildTokenValidateRequest({
        appId: '1',
        appKey: '2',
        token: 't',
        msgId: MSG_ID,
        phoneNumber: '13800138000',
        sentAtMs: 0,
        signing: { by: 'hmac' },
        message,
        expandParams,
      });
      const { body } = JSON.parse(request.body);
      const echo = { message: body.message, expandParams: body.expandParams };
      const answer = processTokenValidateResponse({ request, response: received(verifyText({ body: echo })) });
      expect(answer).toMatchObject({ message });
      expect(Object.entries(answer.expandParams ?? {}).toSorted()).toEqual(Object.entries(expandParams).toSorted());
    }),
    RUNS,
  );
});

test('any response leads to an answer or an error of the client', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({ inresponseto: fc.constantFrom(MSG_ID, '', 1), resultCode: fc.anything(), msisdn: fc.anything() })
      .map((value) => JSON.stringify(value)),
    fc.record({ header: fc.anything(), body: fc.anything() }).map((value) => JSON.stringify(value)),
    fc
      .tuple(fc.nat(loginText().length), fc.string())
      .map(([at, text]) => loginText().slice(0, at) + text + loginText().slice(at + 1)),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom('md5', 'rsa'), (text, signing) => {
      const calls = [
        () =>
          processLoginTokenValidateResponse({
            request: { operation: 'loginTokenValidate', msgId: MSG_ID, signing },
            response: received(text),
            appDecryptPrivateKey: demoAppDecrypt.privateKey,
          }),
        () =>
          processTokenValidateResponse({
            request: { operation: 'tokenValidate', msgId: MSG_ID },
            response: received(text),
          }),
      ];
      for (const run of calls) {
        try {
          const answer = run();
          if (answer.kind === 'phoneNumber') expect(answer.phoneNumber).toMatch(/^1\d{10}$/);
        } catch (error) {
          expect((error as CmpassportError).code).toMatch(/^ERR_RESPONSE_|^ERR_DECRYPTION$/);
        }
      }
    }),
    { numRuns: 400 },
  );
});
