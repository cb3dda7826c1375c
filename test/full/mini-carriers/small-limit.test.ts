/**
 * A mock with the calibration of a carrier in another language, made with a small limit. The page on
 * what a calibration settles has the figures. `RECORD=1` writes them.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ConfigurationInput } from '../../../mock-server/options/settings.js';
import { privateValuesIn } from '../../support/private-values.js';
import { isInstalled } from '../../support/programs.js';
import { calibrate, compare } from './compare.js';
import { BY_LANGUAGE } from './mini-carrier.js';
import recorded from './small-limit.json' with { type: 'json' };

const PATH = fileURLToPath(new URL('small-limit.json', import.meta.url));
const { spendLimit, requests, differences } = recorded;
/** Ids and times are random. */
const NOISE = 2;

const CARRIERS = [
  { program: 'go', isThere: isInstalled('go', 'version') },
  { program: 'php', isThere: isInstalled('php') },
  { program: 'python3', isThere: isInstalled('python3') },
] as const;

test.for(CARRIERS)(
  '$program: no more codes differ than recorded',
  { timeout: 600_000 },
  async ({ program, isThere }, { skip }) => {
    if (!isThere) skip(`${program} is not installed`);
    const carrier = await BY_LANGUAGE[program]();
    try {
      const calibration = await calibrate(carrier, spendLimit);
      expect(calibration.paidCalls).toBeLessThanOrEqual(spendLimit);
      expect(privateValuesIn(calibration)).toEqual([]);
      const found = await compare(carrier, { calibration } as ConfigurationInput, requests);
      if (process.env['RECORD'] === '1') {
        Object.assign(differences, { [program]: found.length });
        return writeFileSync(PATH, `${JSON.stringify(recorded, null, 2)}\n`);
      }
      expect(found.length, found.join('\n')).toBeLessThanOrEqual(differences[program] + NOISE);
    } finally {
      carrier.stop();
    }
  },
);
