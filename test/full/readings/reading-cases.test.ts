/** All cases under every reading: exactly those of reading-cases.json show it. `RECORD=1` writes the file anew. */
import { expect, test } from 'vitest';
import { OTHER_READINGS, record, recorded, rowOf, shownUnder } from '../../kit/readings/reading-cases.js';
import { CASES } from '../../kit/wrong-carriers/run.js';

/** A reading of one operation cannot change the answers of the other. */
function casesOf(reading: string): typeof CASES {
  return CASES.filter(({ operation }) =>
    reading.startsWith('login-')
      ? operation === 'loginTokenValidate'
      : !reading.startsWith('verify-') || operation === 'tokenValidate',
  );
}

test.each(OTHER_READINGS)('$id as $option', async (reading) => {
  const shown = rowOf(await shownUnder(reading, casesOf(reading.id)));
  if (process.env['RECORD'] === '1') record(reading, shown);
  expect(shown).toEqual(recorded()[reading.id]?.[reading.option] ?? {});
});
