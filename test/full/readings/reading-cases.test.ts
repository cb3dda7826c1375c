/** All cases with every reading: exactly the cases in reading-cases.json have other results. `RECORD=1` rewrites the file. */
import { expect, test } from 'vitest';
import { OTHER_READINGS, record, recorded, rowOf, shownUnder } from '../../kit/readings/reading-cases.js';
import { CASES } from '../../kit/wrong-carriers/run.js';

/** A reading of one operation cannot change results of the other. */
function casesOf(reading: string): typeof CASES {
  return CASES.filter(({ operation }) =>
    reading.startsWith('login-')
      ? operation === 'loginTokenValidate'
      : !reading.startsWith('verify-') || operation === 'tokenValidate',
  );
}

test.each(OTHER_READINGS)('$id as $option', async (reading) => {
  const changedCases = rowOf(await shownUnder(reading, casesOf(reading.id)));
  if (process.env['RECORD'] === '1') record(reading, changedCases);
  expect(changedCases).toEqual(recorded()[reading.id]?.[reading.option] ?? {});
});
