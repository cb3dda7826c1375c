/**
 * Runs all cases against each wrong carrier. Exactly the recorded cases catch it.
 * `RECORD=1` rewrites caught-by.json and docs/internals/wrong-carriers.md; the diff shows what changed.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { CASES, caughtIn, resultsOf } from '../../kit/wrong-carriers/run.js';
import {
  caughtBy,
  PAGE,
  pageText,
  record,
  shortened,
  WRONG_CARRIERS,
} from '../../kit/wrong-carriers/wrong-carriers.js';
import { english } from '../../support/words.js';

const IS_RECORDING = process.env['RECORD'] === '1';

// Not test.each, which cuts long names.
for (const { id, does, operations, wrong } of WRONG_CARRIERS) {
  test(`a carrier that ${does} is caught by exactly the recorded cases`, async () => {
    const cases = CASES.filter(({ operation }) => operations.includes(operation));
    const results = await resultsOf(cases, wrong);
    const errors = results.filter(({ status }) => status === 'error').map((one) => `${one.id}: ${english(one.reason)}`);
    expect(errors.join('\n')).toBe('');
    const ids = caughtIn(results);
    expect(ids.length).toBeGreaterThan(0);
    if (IS_RECORDING) record(id, ids);
    // The ids as lines, so that the failure shows those that are new or missing.
    expect(shortened(ids).join('\n')).toBe(caughtBy()[id]?.join('\n'));
  });
}

test('the unchanged carrier passes all cases', async () => {
  expect(caughtIn(await resultsOf(CASES)).join('\n')).toBe('');
});

afterAll(() => {
  if (IS_RECORDING) writeFileSync(PAGE, pageText());
});
