/**
 * Runs the recorded cases and a part of the others against each wrong carrier. Exactly the recorded cases catch it.
 * `RECORD=1` runs all cases, and rewrites caught-by.json and docs/internals/wrong-carriers.md; the diff shows what changed.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { CASES, caughtIn, resultsOf, sampled } from '../../kit/wrong-carriers/run.js';
import {
  caughtBy,
  expanded,
  PAGE,
  pageText,
  record,
  shortened,
  WRONG_CARRIERS,
} from '../../kit/wrong-carriers/wrong-carriers.js';
import { english } from '../../support/words.js';

const IS_RECORDING = process.env['RECORD'] === '1';

// Not test.each, which cuts long names.
for (const [turn, { id, does, operations, wrong }] of WRONG_CARRIERS.entries()) {
  test(`a carrier that ${does} is caught by exactly the recorded cases`, async () => {
    const cases = CASES.filter(({ operation }) => operations.includes(operation));
    const ids = expanded(caughtBy()[id] ?? []);
    const results = await resultsOf(IS_RECORDING ? cases : sampled(cases, ids, turn), wrong);
    const errors = results
      .filter(({ status }) => status === 'error')
      .map((one) => `${one.id}: ${english(one.reason)}`);
    expect(errors.join('\n')).toBe('');
    const caught = caughtIn(results);
    expect(caught.length).toBeGreaterThan(0);
    if (IS_RECORDING) record(id, caught);
    // The ids as lines, so that the failure shows those that are new or missing.
    expect(shortened(caught).join('\n')).toBe(caughtBy()[id]?.join('\n'));
  });
}

test('the unchanged carrier passes all cases', async () => {
  expect(caughtIn(await resultsOf(CASES)).join('\n')).toBe('');
});

afterAll(() => {
  if (IS_RECORDING) writeFileSync(PAGE, pageText());
});
