/** Codes that were observed but are not in the document. */
import { expect, test } from 'vitest';
import { BEYOND_RESULTS } from '../../../src/protocol/beyond-codes.js';
import { isUndocumented, RESULTS } from '../../../src/protocol/result-codes.js';

test('each has six digits, is not in the document, and is listed once, in order', () => {
  const codes = BEYOND_RESULTS.map(({ code }) => code);
  expect(codes.filter((code) => /^\d{6}$/.test(code) && isUndocumented(code))).toEqual(codes);
  expect([...new Set(codes)].sort()).toEqual(codes);
});

test('the codes that integrators see most often are listed', () => {
  const codes = BEYOND_RESULTS.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['102315', '103111', '103902', '103911', '105021', '105302']));
});

test('each has a text in both languages, and a source', () => {
  for (const { desc, descEn, source } of BEYOND_RESULTS) {
    expect(desc).toMatch(/\p{Script=Han}/u);
    expect(descEn).toMatch(/^[a-z ]+$/);
    expect(source.zh).toMatch(/\p{Script=Han}/u);
    expect(source.en).toMatch(/^[ -~]+$/);
  }
});

test('a code of the document and a missing code are not undocumented', () => {
  const codes = Object.values(RESULTS).flatMap((rows) => rows.map(({ code }) => code));
  expect(codes.filter(isUndocumented)).toEqual([]);
  expect([isUndocumented('103911'), isUndocumented('00'), isUndocumented(undefined)]).toEqual([true, true, false]);
});
