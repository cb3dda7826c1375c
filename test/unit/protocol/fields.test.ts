/** The fields of both requests, and the strings to sign. The document, 1.2 sign, 1.3, 2.3 sign and 2.4. */
import { expect, test } from 'vitest';
import { requestBody, signingOf, stringToSign, wireName, wireNames } from '../../../src/protocol/fields.js';

const TEXTS = {
  appId: '<appId>',
  version: '<version>',
  msgId: '<msgId>',
  sentAt: '<sentAt>',
  strictCheck: '<strictCheck>',
  phoneNum: '<phoneNum>',
  token: '<token>',
};

test.each([
  {
    description: 'login, MD5: appid + version + msgid + systemtime + strictcheck + token + APPSecret',
    text: stringToSign(signingOf('loginTokenValidate', 'md5').fields, TEXTS, '<APPSecret>'),
    expected: '<appId><version><msgId><sentAt><strictCheck><token><APPSecret>',
  },
  {
    description: 'login, RSA: appid + token',
    text: stringToSign(signingOf('loginTokenValidate', 'rsa').fields, TEXTS),
    expected: '<appId><token>',
  },
  {
    description: 'verify: appId + msgId + phoneNum + timestamp + token + version',
    text: stringToSign(signingOf('tokenValidate', 'hmac').fields, TEXTS),
    expected: '<appId><msgId><phoneNum><sentAt><token><version>',
  },
  {
    description: 'a missing field is empty',
    text: stringToSign(signingOf('loginTokenValidate', 'rsa').fields, { token: '<token>' }),
    expected: '<token>',
  },
])('$description', ({ text, expected }) => {
  expect(text).toBe(expected);
});

test('a body has the fields of its operation under their wire names, in the order of the document', () => {
  expect(JSON.stringify(requestBody('loginTokenValidate', TEXTS))).toBe(
    '{"version":"<version>","msgid":"<msgId>","systemtime":"<sentAt>","strictcheck":"<strictCheck>","appid":"<appId>","token":"<token>"}',
  );
  expect(JSON.stringify(requestBody('tokenValidate', TEXTS))).toBe(
    '{"header":{"version":"<version>","msgId":"<msgId>","timestamp":"<sentAt>","appId":"<appId>"},"body":{"phoneNum":"<phoneNum>","token":"<token>"}}',
  );
});

test('an empty text is sent, and a missing one is left out', () => {
  const empty = { expandParams: '', message: '', token: undefined };
  expect(requestBody('loginTokenValidate', empty)).toEqual({ expandparams: '' });
  expect(requestBody('tokenValidate', empty)).toEqual({ header: {}, body: { expandParams: '', message: '' } });
});

test('wire names depend on the operation and the part', () => {
  expect(wireNames('tokenValidate', 'header')).toEqual(['version', 'msgId', 'timestamp', 'appId']);
  expect(wireNames('tokenValidate')).toEqual([]);
  expect(wireName('loginTokenValidate', 'sentAt')).toBe('systemtime');
});

test('a signing that the operation does not have is an error', () => {
  expect(() => signingOf('loginTokenValidate', 'hmac')).toThrow('loginTokenValidate is not signed with hmac');
});
