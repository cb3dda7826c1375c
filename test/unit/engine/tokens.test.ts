/**
 * The shape of tokens. Observed: STsid, 000000, 13 digits, 32 letters and digits; the 15th character of the tail is 0, 1,
 * w or x, the 16th is 0 or w. Magic tokens: one for each of the 27 codes, at the operation that has the code. Undocumented
 * codes work at both operations.
 */
import { describe, expect, test } from 'vitest';
import { moduleOf } from '../../../mock-server/carrier/engine/operations/operations.js';
import {
  formatMagicToken,
  formatToken,
  isMagicToken,
  isTokenWellFormed,
  magicResultCode,
  RESERVED_SHORT_ID,
  SHORT_ID_LENGTH,
  shortIdOf,
} from '../../../mock-server/carrier/engine/token-format.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { ENDPOINTS } from '../../support/endpoints.js';

const TAIL = 'KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ';
const TOKEN = `STsid0000001551151128045${TAIL}`;

describe('isTokenWellFormed', () => {
  test.each([
    { description: 'a sample of the document', token: TOKEN, expected: true },
    {
      description: 'the other sample of the document',
      token: 'STsid0000001515028196605yc1oYNTuPlTlLT10AR3ywr2WApEq14JH',
      expected: true,
    },
    {
      description: 'other characters at 15 and 16',
      token: TOKEN.replace('Sy00', 'SyZZ'),
      expected: true,
    },
    { description: 'one character short', token: TOKEN.slice(0, -1), expected: false },
    { description: 'one character long', token: `${TOKEN}A`, expected: false },
    { description: 'a trailing line feed', token: `${TOKEN}\n`, expected: false },
    { description: 'a leading space', token: ` ${TOKEN}`, expected: false },
    { description: 'another prefix', token: TOKEN.replace('ST', 'st'), expected: false },
    { description: 'not six zeros', token: TOKEN.replace('000000', '000001'), expected: false },
    {
      description: 'a letter among the digits',
      token: TOKEN.replace('1551151128045', '155115112804x'),
      expected: false,
    },
    {
      description: '12 digits',
      token: TOKEN.replace('1551151128045', '155115112804-'),
      expected: false,
    },
    {
      description: 'another character in the tail',
      token: TOKEN.replace('KPX', 'K+X'),
      expected: false,
    },
    { description: 'URL-encoded', token: TOKEN.replace('KPX', 'K%58'), expected: false },
    {
      description: 'full-width digits',
      token: TOKEN.replace('1551151128045', '１551151128045'),
      expected: false,
    },
    {
      description: 'wrapped',
      token: `CM__1__0123456789abcdef0123456789abcdef__2.5.3.1__${TOKEN}`,
      expected: false,
    },
    {
      description: 'of another product',
      token: 'H5AB0123456789ABCDEF0123456789ABCDEF',
      expected: false,
    },
    {
      description: 'of the v1.0 API',
      token: '848401000133020037515451304E7A497A4D7A5A4651',
      expected: false,
    },
    { description: 'an empty text', token: '', expected: false },
  ])('$description: $expected', ({ token, expected }) => {
    expect(isTokenWellFormed(token)).toBe(expected);
  });
});

/** Random characters that repeat this text. */
const repeating = (text: string) => (length: number) => text.repeat(length).slice(0, length);

describe('a minted token', () => {
  test('has the time, MOCK, the short id of the app, and random characters', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij';
    // The character codes 65 and 66 select the second of 0 1 w x, and the first of 0 w.
    expect(formatToken(1_551_151_128_045, 'abc123', repeating(alphabet))).toBe(
      'STsid0000001551151128045MOCKabc123CDEF10QRSTUVWXYZabcdef',
    );
  });

  test.each([
    { first: '0', second: '0', marks: '00' },
    { first: '1', second: '1', marks: '1w' },
    { first: '2', second: '2', marks: 'w0' },
    { first: '3', second: '3', marks: 'xw' },
    { first: 'z', second: 'y', marks: 'ww' },
  ])('has random 15th and 16th characters in its tail: $marks', ({ first, second, marks }) => {
    const token = formatToken(1_551_151_128_045, 'abc123', repeating(first + second));
    expect(token.slice(24).slice(14, 16)).toBe(marks);
  });

  const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

  test('is well-formed, whatever the random characters', () => {
    const marks = new Set<string>();
    for (const first of ALPHABET)
      for (const second of ALPHABET) {
        const token = formatToken(1_795_570_579_000, 'Zz9876', repeating(first + second));
        expect(token).toMatch(
          /^STsid0000001795570579000MOCKZz9876[0-9A-Za-z]{4}[01wx][0w][0-9A-Za-z]{16}$/,
        );
        expect(isTokenWellFormed(token) && shortIdOf(token)).toBe('Zz9876');
        marks.add(token.slice(38, 40));
      }
    expect([...marks].sort()).toEqual(['00', '0w', '10', '1w', 'w0', 'ww', 'x0', 'xw']);
  });

  test.each([
    { ms: 0, digits: '0000000000000' },
    { ms: 7, digits: '0000000000007' },
    { ms: 9_999_999_999_999, digits: '9999999999999' },
  ])('of the time $ms has thirteen digits', ({ ms, digits }) => {
    const token = formatToken(ms, 'abc123', repeating('A'));
    expect([token.slice(11, 24), isTokenWellFormed(token)]).toEqual([digits, true]);
  });
});

test.each([
  {
    description: 'a minted token',
    token: 'STsid0000001551151128045MOCKabc123CDEF10QRSTUVWXYZabcdef',
    expected: 'abc123',
  },
  { description: 'a real token', token: TOKEN, expected: undefined },
  { description: 'MOCK in lower case', token: TOKEN.replace('KPXu', 'mock'), expected: undefined },
  {
    description: 'MOCK at a later position',
    token: TOKEN.replace('KPXue', 'KMOCK'),
    expected: undefined,
  },
  {
    description: 'a letter before it',
    token: `xSTsid0000001551151128045MOCKabc123`,
    expected: undefined,
  },
  {
    description: 'a token truncated in its short id',
    token: 'STsid0000001551151128045MOCKabc12',
    expected: undefined,
  },
  { description: 'an empty text', token: '', expected: undefined },
])('the short id of $description is $expected', ({ token, expected }) => {
  expect(shortIdOf(token)).toBe(expected);
});

test('a magic token has the reserved short id', () => {
  expect(shortIdOf(formatMagicToken('103211'))).toBe(RESERVED_SHORT_ID);
  expect(RESERVED_SHORT_ID).toHaveLength(SHORT_ID_LENGTH);
});

const MAGIC = 'STsid0000000000000000000MOCKRESULTCODE000000000000103211';

test.each([
  { description: 'a code of login', token: MAGIC, expected: true },
  { description: 'a code of verify', token: MAGIC.replace('103211', '000001'), expected: true },
  { description: 'an undocumented code', token: MAGIC.replace('103211', '999999'), expected: true },
  { description: 'a letter before it', token: `x${MAGIC}`, expected: false },
  { description: 'one digit more', token: `${MAGIC}0`, expected: false },
  { description: 'one digit less', token: MAGIC.slice(0, -1), expected: false },
  {
    description: 'a letter in the code',
    token: MAGIC.replace('103211', '10321x'),
    expected: false,
  },
  { description: 'a time', token: MAGIC.replace('0000MOCK', '0001MOCK'), expected: false },
  {
    description: 'MOCK instead of the mark',
    token: TOKEN.replace('KPXu', 'MOCK'),
    expected: false,
  },
])('a magic token with $description: $expected', ({ token, expected }) => {
  expect(isMagicToken(token)).toBe(expected);
});

const HEAD = 'STsid0000000000000000000MOCKRESULTCODE';

const ROWS = ENDPOINTS.flatMap(({ operation, codes }) =>
  codes.map((code) => ({ code, operation })),
);

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
  {
    description: 'lower case',
    token: 'STsid0000000000000000000mockresultcode000000000000103211',
    expected: undefined,
  },
  { description: 'no padding', token: `${HEAD}103211`, expected: undefined },
  {
    description: 'a documented code of verify',
    token: formatMagicToken('999'),
    expected: undefined,
  },
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

test('each number has a browser of its own at the login of H5 pages', () => {
  const browserOf = (phoneNumber: string) =>
    moduleOf('h5TokenValidate').tokens.userInformationOf?.(phoneNumber);
  expect(browserOf('13800138000')).toMatch(/[0-9a-f]{32}$/);
  expect(browserOf('13800138000')).toBe(browserOf('13800138000'));
  expect(browserOf('13900139000')).not.toBe(browserOf('13800138000'));
});
