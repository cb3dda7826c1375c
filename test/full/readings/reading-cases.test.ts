/**
 * The recorded cases and a part of the others with every reading: exactly those in reading-cases.json have other results.
 * `RECORD=1` runs all cases and rewrites the file.
 */
import { expect, test } from 'vitest';
import {
  OTHER_READINGS,
  record,
  recorded,
  rowOf,
  shownUnder,
} from '../../kit/readings/reading-cases.js';
import { CASES, sampled } from '../../kit/wrong-carriers/run.js';
import { expanded } from '../../kit/wrong-carriers/wrong-carriers.js';

/** A reading of one operation cannot change results of the other. */
function casesOf(reading: string): typeof CASES {
  return CASES.filter(({ operation }) =>
    reading.startsWith('login-')
      ? operation === 'loginTokenValidate'
      : !reading.startsWith('verify-') || operation === 'tokenValidate',
  );
}

test.each(OTHER_READINGS.map((reading, turn) => ({ ...reading, turn })))(
  '$id as $option',
  async ({ id, option, turn }) => {
    const isRecording = process.env['RECORD'] === '1';
    const expected = recorded()[id]?.[option] ?? {};
    const cases = isRecording
      ? casesOf(id)
      : sampled(casesOf(id), expanded(Object.values(expected).flat()), turn);
    const changedCases = rowOf(await shownUnder({ id, option }, cases));
    if (isRecording) record({ id, option }, changedCases);
    expect(changedCases).toEqual(recorded()[id]?.[option] ?? {});
  },
);
