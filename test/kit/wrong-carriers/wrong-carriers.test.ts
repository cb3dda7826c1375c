/** Each wrong carrier is caught by a sample of its cases in caught-by.json. test/full/wrong-carriers runs all of them. */
import { expect, test } from 'vitest';
import { caughtBy, sampleOf } from './caught.js';
import { CASES, caughtIn, resultsOf } from './run.js';
import { WRONG_CARRIERS } from './wrong-carriers.js';

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
    expect(missed.join(), `a carrier that ${does} must fail at ${ids.join(', ')}, but passes these`).toBe('');
  });
}

test('the unchanged carrier passes all these cases', async () => {
  const ids = WRONG_CARRIERS.flatMap(({ id }) => sampleOf(id));
  expect(caughtIn(await resultsOf(casesOf(ids))).join(), 'these cases fail without a mistake').toBe('');
});

test('every wrong carrier has a row in caught-by.json, and every row a wrong carrier', () => {
  expect(Object.keys(caughtBy())).toEqual(WRONG_CARRIERS.map(({ id }) => id));
});
