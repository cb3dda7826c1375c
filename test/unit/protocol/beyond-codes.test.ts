/** Result codes from public lists that the document does not have. */
import { expect, test } from 'vitest';
import { BEYOND_RESULTS } from '../../../src/protocol/beyond-codes.js';
import { isUndocumented, RESULTS } from '../../../src/protocol/result-codes.js';

test('each code has six digits, is not in the document and is listed once, in order', () => {
  const codes = BEYOND_RESULTS.map(({ code }) => code);
  expect(codes.filter((code) => /^\d{6}$/.test(code) && isUndocumented(code))).toEqual(codes);
  expect([...new Set(codes)].sort()).toEqual(codes);
});

test('the most common codes are listed', () => {
  const codes = BEYOND_RESULTS.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['102315', '103111', '103902', '103911', '105021', '105302']));
});

test('each code has a text and a source in both languages', () => {
  for (const { desc, descEn, source } of BEYOND_RESULTS) {
    expect(desc).toMatch(/\p{Script=Han}/u);
    expect(descEn).toMatch(/^[a-z ]+$/);
    expect(source.zh).toMatch(/\p{Script=Han}/u);
    expect(source.en).toMatch(/^[ -~]+$/);
  }
});

test('no code of the document is undocumented, and a missing code is not undocumented either', () => {
  const codes = Object.values(RESULTS).flatMap((rows) => rows.map(({ code }) => code));
  expect(codes.filter(isUndocumented)).toEqual([]);
  expect([isUndocumented('103911'), isUndocumented('00'), isUndocumented(undefined)]).toEqual([true, true, false]);
});
