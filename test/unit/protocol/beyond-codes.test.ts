/** Codes that were seen beyond the document: each is one indeed, and is there once. */
import { expect, test } from 'vitest';
import { BEYOND_RESULTS } from '../../../src/protocol/beyond-codes.js';
import { isUndocumented, RESULTS } from '../../../src/protocol/result-codes.js';

test('each is a code of six digits that the document does not have, in order and once', () => {
  const codes = BEYOND_RESULTS.map(({ code }) => code);
  expect(codes.filter((code) => /^\d{6}$/.test(code) && isUndocumented(code))).toEqual(codes);
  expect([...new Set(codes)].sort()).toEqual(codes);
});

test('those that an integrator meets first are there', () => {
  const codes = BEYOND_RESULTS.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['102315', '103111', '103902', '103911', '105021', '105302']));
});

test('each has words in both languages, and a source', () => {
  for (const { desc, descEn, source } of BEYOND_RESULTS) {
    expect(desc).toMatch(/\p{Script=Han}/u);
    expect(descEn).toMatch(/^[a-z ]+$/);
    expect(source.zh).toMatch(/\p{Script=Han}/u);
    expect(source.en).toMatch(/^[ -~]+$/);
  }
});

test('no code of the document is undocumented, and no code is none', () => {
  const codes = Object.values(RESULTS).flatMap((rows) => rows.map(({ code }) => code));
  expect(codes.filter(isUndocumented)).toEqual([]);
  expect([isUndocumented('103911'), isUndocumented('00'), isUndocumented(undefined)]).toEqual([true, true, false]);
});
