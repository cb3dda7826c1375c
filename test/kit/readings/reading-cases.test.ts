/** The cases that a reading affects have the results in reading-cases.json. */
import { expect, test } from 'vitest';
import { READING_RESULTS } from '../../../contracts/kit/reading-cases.js';
import { CASES } from '../wrong-carriers/run.js';
import { OTHER_READINGS, shownUnder } from './reading-cases.js';

/** refused-call-uses-token affects half of all cases. */
const SAMPLE_MAX = 40;

test.each(READING_RESULTS)(
  '$reading.id as $reading.option has the recorded results',
  async ({ reading, shownAt }) => {
    const affected = CASES.filter(({ testCase }) => shownAt(testCase.id) !== undefined);
    const sample = affected.slice(0, SAMPLE_MAX);
    expect(await shownUnder(reading, sample)).toEqual(
      new Map(sample.map(({ testCase: { id } }) => [id, shownAt(id)])),
    );
  },
);

test('every recorded reading is in ambiguities.json', () => {
  for (const { reading } of READING_RESULTS) expect(OTHER_READINGS).toContainEqual(reading);
});
