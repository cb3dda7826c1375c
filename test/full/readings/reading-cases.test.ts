/** All cases under every reading: exactly those of reading-cases.json show it. `RECORD=1` writes the file anew. */
import { expect, test } from 'vitest';
import { OTHER_READINGS, record, recorded, rowOf, shownUnder } from '../../kit/readings/reading-cases.js';
import { CASES } from '../../kit/wrong-carriers/run.js';

test.each(OTHER_READINGS)('$id as $option', async (reading) => {
  const shown = rowOf(await shownUnder(reading, CASES));
  if (process.env['RECORD'] === '1') record(reading, shown);
  expect(shown).toEqual(recorded()[reading.id]?.[reading.option] ?? {});
});
