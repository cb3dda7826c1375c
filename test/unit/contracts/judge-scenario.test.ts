/** The judge of the consumer suite: the exit status of a client, in each kind of scenario, with and without --handled-status. */
import { expect, test } from 'vitest';
import { judgeScenario } from '../../../contracts/consumer/results.js';
import type { Ran } from '../../../contracts/consumer/run-scenario.js';

function symptomsOf(status: number, believed: boolean | undefined, handledStatus: number | undefined) {
  const then = { ...(believed !== undefined && { believed }), calls: { min: 1, max: 1 } };
  const ran = { ended: { kind: 'exited', status, output: '' }, scenario: { then }, sent: [{}], limitMs: 1 };
  return judgeScenario(ran as unknown as Ran, { handledStatus }).symptoms;
}

// 126 and 127 are of a shell, above 128 are signals, 255 is the last: all are a refusal if no status is named.
const OTHER = [1, 2, 124, 125, 126, 127, 128, 137, 139, 254, 255];

test.each([
  { believed: true, handledStatus: undefined, zero: [], other: ['not-believed'] },
  { believed: false, handledStatus: undefined, zero: ['believed'], other: [] },
  { believed: undefined, handledStatus: undefined, zero: [], other: [] },
  { believed: true, handledStatus: 3, zero: [], other: ['crashed'] },
  { believed: false, handledStatus: 3, zero: ['believed'], other: ['crashed'] },
  { believed: undefined, handledStatus: 3, zero: [], other: ['crashed'] },
])('accepted $believed, --handled-status $handledStatus: 0 is $zero, another status $other', (row) => {
  const { believed, handledStatus, zero, other } = row;
  expect(symptomsOf(0, believed, handledStatus)).toEqual(zero);
  const found = OTHER.map((status) => `${status}: ${symptomsOf(status, believed, handledStatus)}`);
  expect(found).toEqual(OTHER.map((status) => `${status}: ${other}`));
});

test.each([1, 3, 125, 126, 200, 255])('the handled status %i is a handled refusal', (status) => {
  expect(symptomsOf(status, false, status)).toEqual([]);
  expect(symptomsOf(status, undefined, status)).toEqual([]);
  expect(symptomsOf(status, true, status)).toEqual(['not-believed']);
});
