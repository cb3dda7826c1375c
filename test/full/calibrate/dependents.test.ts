/**
 * The cases that the provider suite judges otherwise by a calibration are exactly those that an option changes.
 * `RECORD=1` rewrites contracts/calibrate/dependents.json; the diff shows what changed. That they then pass is proved
 * in test/kit/calibrate.
 */
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import dependents from '../../../contracts/calibrate/dependents.json' with { type: 'json' };
import { recorded } from '../../kit/calibrate/dependents.js';

const FILE = 'contracts/calibrate/dependents.json';

test('the recorded cases are those that an option changes', async () => {
  const found = await recorded();
  if (process.env['RECORD'] === '1') {
    const { $comment } = dependents;
    writeFileSync(FILE, `${JSON.stringify({ $comment, dependents: found }, undefined, 2)}\n`);
  } else expect(dependents.dependents).toEqual(found);
});
