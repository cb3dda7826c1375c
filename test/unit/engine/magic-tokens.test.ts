/** Magic tokens: one for each of the 27 codes, at the operation that has the code. Undocumented codes work at both operations. */
import { describe, expect, test } from 'vitest';
import { formatMagicToken, isTokenWellFormed } from '../../../mock-server/carrier/engine/token-format.js';
import { magicResultCode } from '../../../mock-server/carrier/outcomes/magic-tokens.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { ENDPOINTS } from '../../support/endpoints.js';

const HEAD = 'STsid0000000000000000000MOCKRESULTCODE';

const ROWS = ENDPOINTS.flatMap(({ operation, codes }) => codes.map((code) => ({ code, operation })));

test('there are 27', () => {
  expect(ROWS).toHaveLength(27);
});

describe.each(ROWS)('$code', ({ code, operation }) => {
  const token = HEAD + code.padStart(18, '0');

  test('is a well-formed token with the code at its end', () => {
    expect(formatMagicToken(code)).toBe(token);
    expect(isTokenWellFormed(token)).toBe(true);
  });

  test(`works at ${operation} only, of the operations of the document`, () => {
    const codes = OPERATIONS.filter(({ basis }) => basis === 'documented').map((row) => [
      row.operation,
      magicResultCode(row.operation, token),
    ]);
    expect(codes.filter(([, result]) => result !== undefined)).toEqual([[operation, code]]);
  });
});

test.each([
  {
    description: 'a literal magic token',
    token: 'STsid0000000000000000000MOCKRESULTCODE000000000000103211',
    expected: '103211',
  },
  {
    description: 'a time that is not zero',
    token: 'STsid0000000000000000001MOCKRESULTCODE000000000000103211',
    expected: undefined,
  },
  { description: 'lower case', token: 'STsid0000000000000000000mockresultcode000000000000103211', expected: undefined },
  { description: 'no padding', token: `${HEAD}103211`, expected: undefined },
  { description: 'a documented code of verify', token: formatMagicToken('999'), expected: undefined },
  {
    description: 'an ordinary token',
    token: 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ',
    expected: undefined,
  },
  { description: 'an empty text', token: '', expected: undefined },
  { description: 'undefined', token: undefined, expected: undefined },
])('at login, $description is $expected', ({ token, expected }) => {
  expect(magicResultCode('loginTokenValidate', token)).toBe(expected);
});

describe.each(OPERATIONS)('an undocumented code at $operation', ({ operation }) => {
  test.each(['103911', '102315', '5', '103001', '999999'])('%s is returned', (code) => {
    expect(magicResultCode(operation, formatMagicToken(code))).toBe(code);
  });

  test.each([
    { description: 'seven digits', code: '1000000' },
    { description: 'eighteen digits', code: '9'.repeat(18) },
    { description: 'letters', code: '10391a' },
  ])('$description are no code', ({ code }) => {
    expect(magicResultCode(operation, formatMagicToken(code))).toBeUndefined();
  });

  test('leading zeros are padding', () => {
    expect(magicResultCode(operation, formatMagicToken('0777'))).toBe('777');
  });
});
