/** Which readings concern an operation. */
import { expect, test } from 'vitest';
import { concerns } from '../../../src/protocol/readings.js';

test.each([
  { reading: 'verify-echo', operation: 'tokenValidate', expected: true },
  { reading: 'verify-echo', operation: 'loginTokenValidate', expected: false },
  { reading: 'login-error-desc', operation: 'loginTokenValidate', expected: true },
  { reading: 'login-error-desc', operation: 'h5TokenValidate', expected: false },
  { reading: 'json-null', operation: 'h5TokenValidate', expected: true },
] as const)('$reading concerns $operation: $expected', ({ reading, operation, expected }) => {
  expect(concerns(reading, operation)).toBe(expected);
});
