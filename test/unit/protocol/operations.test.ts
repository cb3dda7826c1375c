/** The operations. The document, 1.1 and 2.2; public material for the third. */
import { expect, test } from 'vitest';
import { CARRIER_HOST_NAMES, OPERATIONS, operationUnder } from '../../../src/protocol/operations.js';

test.each([
  { operation: 'loginTokenValidate', path: '/unisdk/rsapi/loginTokenValidate', version: '2.0' },
  { operation: 'tokenValidate', path: '/openapi/rs/tokenValidate', version: '1.0' },
  { operation: 'h5TokenValidate', path: '/h5/onekeylogin/tokenValidate', version: '2.0' },
])('the address and the version of $operation are the published ones', (published) => {
  expect(OPERATIONS).toContainEqual(expect.objectContaining(published));
});

test('the host of the document comes first', () => {
  expect(CARRIER_HOST_NAMES[0]).toBe('www.cmpassport.com');
});

test.each([
  { path: '/unisdk/rsapi/loginTokenValidate', expected: 'loginTokenValidate' },
  { path: '/unisdk/rsapi/tokenValidate', expected: 'loginTokenValidate' },
  { path: '/unisdk/', expected: 'loginTokenValidate' },
  { path: '/unisdk', expected: undefined },
  { path: '/openapi/rs/tokenValidate', expected: 'tokenValidate' },
  { path: '/openapi/', expected: 'tokenValidate' },
  { path: '/openapi', expected: undefined },
  { path: '/h5/onekeylogin/authGetToken', expected: 'h5TokenValidate' },
  { path: '/Openapi/rs/tokenValidate', expected: undefined },
  { path: '/x/openapi/rs/tokenValidate', expected: undefined },
  { path: '/', expected: undefined },
  { path: '', expected: undefined },
])('$path belongs to $expected', ({ path, expected }) => {
  expect(operationUnder(path)?.operation).toBe(expected);
});
