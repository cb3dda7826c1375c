/** The schemas against the document's samples, 1.3 and 2.4, and the signature vectors. */
import { describe, expect, test } from 'vitest';
import {
  LOGIN_REQUEST_SAMPLE,
  LOGIN_RESPONSE_SAMPLE,
  VERIFY_REQUEST_SAMPLE,
  VERIFY_RESPONSE_SAMPLE,
} from '../../support/document-samples.js';
import { readVectors } from '../../support/vectors.js';
import { problemsOf } from './validators.js';

describe('a sample of the document is valid', () => {
  test.each([
    { operation: 'loginTokenValidate', direction: 'request', text: LOGIN_REQUEST_SAMPLE, change: 'unchanged' },
    {
      operation: 'loginTokenValidate',
      direction: 'response',
      text: LOGIN_RESPONSE_SAMPLE.replace('xxxxxxxx', '12345678'),
      change: 'with its number unmasked',
    },
    { operation: 'tokenValidate', direction: 'request', text: VERIFY_REQUEST_SAMPLE, change: 'unchanged' },
    {
      operation: 'tokenValidate',
      direction: 'response',
      text: VERIFY_RESPONSE_SAMPLE.replace('"是本机号码"', '"是本机号码",'),
      change: 'with its missing comma',
    },
  ] as const)('$operation, $direction, $change', ({ operation, direction, text }) => {
    expect(problemsOf(operation, direction, JSON.parse(text))).toEqual([]);
  });
});

test('the sample response of verify without its comma is not JSON', () => {
  expect(() => JSON.parse(VERIFY_RESPONSE_SAMPLE)).toThrow(SyntaxError);
});

/** A schema does not detect a wrong signature with a correct format. These have a wrong format. */
const MALFORMED: Readonly<Record<number, readonly string[]>> = {
  14: ['/sign pattern'],
  15: ['/sign pattern'],
  19: ['/sign pattern', '/sign minLength'],
  26: ['/sign minLength'],
  27: ['/sign pattern', '/sign minLength'],
  32: ['/body/sign pattern'],
  40: ['/body/sign pattern'],
  48: ['/body/sign not'],
};

describe('a vector is valid unless its signature is malformed', () => {
  test.each([...readVectors('login-md5'), ...readVectors('login-rsa')])('$description', ({ tcId, message, sign }) => {
    const problems = problemsOf('loginTokenValidate', 'request', { ...message, sign });
    expect(problems.toSorted()).toEqual((MALFORMED[tcId] ?? []).toSorted());
  });

  test.each([...readVectors('token-validate-hmac'), ...readVectors('token-validate-rsa')])(
    '$description',
    ({ tcId, message, sign }) => {
      const request = { header: message.header, body: { ...message.body, sign } };
      expect(problemsOf('tokenValidate', 'request', request)).toEqual(MALFORMED[tcId] ?? []);
    },
  );

  test.each(readVectors('login-msisdn'))('$description, as msisdn', ({ ciphertext }) => {
    const answer = { ...JSON.parse(LOGIN_RESPONSE_SAMPLE), msisdn: ciphertext };
    expect(problemsOf('loginTokenValidate', 'response', answer)).toEqual([]);
  });
});

test('no valid vector is malformed', () => {
  const files = ['login-md5', 'login-rsa', 'token-validate-hmac', 'token-validate-rsa'];
  const valid = files.flatMap(readVectors).filter(({ result }) => result === 'valid');
  expect(valid.filter(({ tcId }) => tcId in MALFORMED)).toEqual([]);
  expect(valid.length).toBeGreaterThan(8);
});
