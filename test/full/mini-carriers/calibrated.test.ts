/** A mock with the calibration of an independent carrier responds with that carrier's result codes. */
import { expect, test } from 'vitest';
import { isSettled } from '../../../contracts/calibrate/calibration.js';
import type { ConfigurationInput } from '../../../mock-server/options/settings.js';
import { isInstalled } from '../../support/programs.js';
import CLAIMS from './claims.json' with { type: 'json' };
import { calibrate, compare } from './compare.js';
import { CARRIERS, type CarrierName, startCarrier } from './mini-carrier.js';

const REQUESTS = { seed: 20261129, count: 300, mistakes: 2 };
/** How many codes differ: what a carrier does that no reading names. */
const DIFFERENCES = { c: 3, d: 5 } as const;
/** Ids and times are random. */
const NOISE = 1;
const SPEND_LIMIT = 120;
const hasPrograms = isInstalled('python3') && isInstalled('openssl', 'version');

// claims.json: what each carrier does, as its file says, where a reading has a name for it. A reading that is not there may be open.

test.runIf(hasPrograms).each(CARRIERS)(
  'carrier %s: no more random requests get another code than recorded, and no claim is untrue',
  async (name: CarrierName) => {
    const carrier = await startCarrier(name);
    try {
      const calibration = await calibrate(carrier, SPEND_LIMIT);
      const claims = Object.entries(calibration.readings).flatMap(([id, reading]) =>
        isSettled(reading) ? [[id, reading.option]] : [],
      );
      expect(Object.fromEntries(claims)).toEqual(CLAIMS[name]);
      expect(calibration.paidCalls).toBeLessThanOrEqual(SPEND_LIMIT);
      const codes = await compare(carrier, { calibration } as ConfigurationInput, REQUESTS);
      expect(codes.length, codes.join('\n')).toBeLessThanOrEqual(DIFFERENCES[name] + NOISE);
    } finally {
      carrier.stop();
    }
  },
  600_000,
);
