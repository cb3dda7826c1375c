/** Codes that were observed but are not in the document. */
import { expect, test } from 'vitest';
import { BEYOND_RESULTS } from '../../../src/protocol/beyond-codes.js';
import { byOperation, OPERATIONS } from '../../../src/protocol/operations.js';
import { isUndocumented, RESULTS } from '../../../src/protocol/result-codes.js';

test('each has six digits, is not in the document, and is listed once, in order', () => {
  const codes = BEYOND_RESULTS.map(({ code }) => code);
  expect(
    codes.filter(
      (code) =>
        /^\d{6}$/.test(code) &&
        OPERATIONS.every(({ operation }) => isUndocumented(operation, code)),
    ),
  ).toEqual(codes);
  expect([...new Set(codes)].sort()).toEqual(codes);
});

test('the codes that integrators see most often are listed', () => {
  const codes = BEYOND_RESULTS.map(({ code }) => code);
  expect(codes).toEqual(
    expect.arrayContaining(['102315', '103111', '103902', '103911', '105021', '105302']),
  );
});

test('each has a text in both languages, and a source', () => {
  for (const { desc, descEn, source } of BEYOND_RESULTS) {
    expect(desc).toMatch(/\p{Script=Han}/u);
    expect(descEn).toMatch(/^[a-z ]+$/);
    expect(source.zh).toMatch(/\p{Script=Han}/u);
    expect(source.en).toMatch(/^[ -~]+$/);
  }
});

const OWN = byOperation((operation): string => RESULTS[operation][0]?.code ?? '');

test('a code of the document and a missing code are not undocumented', () => {
  for (const { operation } of OPERATIONS) {
    expect(RESULTS[operation].filter(({ code }) => isUndocumented(operation, code))).toEqual([]);
    const others = [
      ...OPERATIONS.map(({ results }) => results[0].code).filter((code) => code !== OWN[operation]),
    ];
    expect(
      [...others, '103911', '00', undefined].map((code) => isUndocumented(operation, code)),
    ).toEqual([...others.map(() => true), true, true, false]);
  }
});
