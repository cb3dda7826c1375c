/** The number that h5TokenValidate returns. The vectors were computed with openssl. */
import { expect, test } from 'vitest';
import { decryptNumber, encryptNumber } from '../../../src/protocol/phone-num.js';

test.each([
  { description: 'an appKey of 16 characters', appKey: 'B50BBEF6C4CD4FA8', expected: '5ZgvTbCcv5gkcGBCwRaHzg==' },
  {
    description: 'the first 16 characters of an appKey of 32',
    appKey: '5A1E0C9B7D3F4826B1907E6C42D8AF35',
    expected: 'A+zYNYOuQEf57vzSvvwycA==',
  },
  { description: 'an appKey of 3, filled with 0', appKey: 'ABC', expected: '4/KbSRLrlsciQEH6m6V2oQ==' },
])('the key is $description', ({ appKey, expected }) => {
  expect(encryptNumber('13800138000', appKey)).toBe(expected);
  expect(decryptNumber(expected, appKey)).toBe('13800138000');
});

test('a text for another key does not decrypt', () => {
  expect(decryptNumber('5ZgvTbCcv5gkcGBCwRaHzg==', 'ABC')).toBeUndefined();
});
