/** Each wrong carrier is caught by a sample of its cases in caught-by.json. test/full/wrong-carriers runs all of them. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CASES, caughtIn, resultsOf } from './run.js';
import { caughtBy, PAGE, pageText, sampleOf, WRONG_CARRIERS } from './wrong-carriers.js';

function casesOf(ids: readonly string[]) {
  return CASES.filter(({ testCase }) => ids.includes(testCase.id));
}

// Not test.each, which cuts long names.
for (const { id, does, wrong } of WRONG_CARRIERS) {
  test(`a carrier that ${does} is caught`, async () => {
    const ids = sampleOf(id);
    expect(ids.length).toBeGreaterThan(0);
    const caught = caughtIn(await resultsOf(casesOf(ids), wrong));
    const missed = ids.filter((one) => !caught.includes(one));
    expect(
      missed.join(),
      `a carrier that ${does} must fail at ${ids.join(', ')}, but passes these`,
    ).toBe('');
  });
}

test('the unchanged carrier passes all these cases', async () => {
  const ids = WRONG_CARRIERS.flatMap(({ id }) => sampleOf(id));
  expect(caughtIn(await resultsOf(casesOf(ids))).join(), 'these cases fail without a mistake').toBe(
    '',
  );
});

test('every wrong carrier has a row in caught-by.json, and every row a wrong carrier', () => {
  expect(Object.keys(caughtBy())).toEqual(WRONG_CARRIERS.map(({ id }) => id));
});

// docs/internals/wrong-carriers.md is up to date. `RECORD=1 npx vitest run test/full/wrong-carriers` writes it.

test('the page lists every wrong carrier and the cases that catch it', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(pageText());
});
