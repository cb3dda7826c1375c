/** Magic tokens: each of the 27 codes has one, for the operation that has the code; undocumented codes work at both. */
import { describe, expect, test } from 'vitest';
import { formatMagicToken, isTokenWellFormed } from '../../../mock-server/carrier/engine/token-format.js';
import { magicResultCode } from '../../../mock-server/carrier/outcomes/magic-tokens.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';

const LOGIN_CODES = [
  '103000',
  '103101',
  '103113',
  '103119',
  '103133',
  '103211',
  '103412',
  '103414',
  '103511',
  '103811',
  '104201',
  '105018',
  '105019',
  '105312',
  '105313',
];
const VERIFY_CODES = ['000', '001', '002', '003', '004', '102', '124', '302', '303', '606', '999', '103420'];

const HEAD = 'STsid0000000000000000000MOCKRESULTCODE';

const ROWS = [
  ...LOGIN_CODES.map((code) => ({ code, operation: 'loginTokenValidate' as const })),
  ...VERIFY_CODES.map((code) => ({ code, operation: 'tokenValidate' as const })),
];

test('there are 27', () => {
  expect(ROWS).toHaveLength(27);
});

describe.each(ROWS)('$code', ({ code, operation }) => {
  const token = HEAD + code.padStart(18, '0');

  test('is a well-formed token with the code at its end', () => {
    expect(formatMagicToken(code)).toBe(token);
    expect(isTokenWellFormed(token)).toBe(true);
  });

  test(`forces the code at ${operation} only`, () => {
    const answered = OPERATIONS.map((row) => [row.operation, magicResultCode(row.operation, token)]);
    expect(answered.filter(([, answer]) => answer !== undefined)).toEqual([[operation, code]]);
  });
});

test.each([
  {
    description: 'as the design specifies it',
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
  { description: 'nothing', token: '', expected: undefined },
  { description: 'undefined', token: undefined, expected: undefined },
])('at login, $description is $expected', ({ token, expected }) => {
  expect(magicResultCode('loginTokenValidate', token)).toBe(expected);
});

describe.each(OPERATIONS)('an undocumented code at $operation', ({ operation }) => {
  test.each(['103911', '102315', '5', '103001', '999999'])('%s is forced', (code) => {
    expect(magicResultCode(operation, formatMagicToken(code))).toBe(code);
  });

  test.each([
    { description: 'seven digits', code: '1000000' },
    { description: 'eighteen digits', code: '9'.repeat(18) },
    { description: 'letters', code: '10391a' },
  ])('$description do not make a magic token', ({ code }) => {
    expect(magicResultCode(operation, formatMagicToken(code))).toBeUndefined();
  });

  test('leading zeros are padding', () => {
    expect(magicResultCode(operation, formatMagicToken('0777'))).toBe('777');
  });
});
