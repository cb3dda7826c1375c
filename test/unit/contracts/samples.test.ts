/** The schemas against the document's samples, 1.3 and 2.4. */
import { describe, expect, test } from 'vitest';
import {
  LOGIN_REQUEST_SAMPLE,
  LOGIN_RESPONSE_SAMPLE,
  VERIFY_REQUEST_SAMPLE,
  VERIFY_RESPONSE_SAMPLE,
} from '../../support/document-samples.js';
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
