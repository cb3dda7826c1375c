/**
 * contracts/calibrate/dependents.json lists exactly the cases whose results an option changes. The provider suite judges
 * them by the calibration; test/kit/calibrate proves that they then pass. `RECORD=1` rewrites the file.
 */
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import dependents from '../../../contracts/calibrate/dependents.json' with { type: 'json' };
import { recorded } from '../../kit/calibrate/dependents.js';

const FILE = 'contracts/calibrate/dependents.json';

test('the recorded cases are exactly those that an option changes', async () => {
  const found = await recorded();
  if (process.env['RECORD'] === '1') {
    const { $comment } = dependents;
    writeFileSync(FILE, `${JSON.stringify({ $comment, dependents: found }, undefined, 2)}\n`);
  } else expect(dependents.dependents).toEqual(found);
});
