/** Which of the readings that a request was decided by a calibration observed. */

import type { Operation } from '../../src/protocol/operations.js';
import type { Carrier } from '../carrier/carrier.js';
import { type ObservedReading, readingsAsObserved } from '../carrier/engine/calibration.js';
import { readingsOf } from '../carrier/engine/facts/situation.js';
import type { JournalRecord } from '../carrier/store/state-store.js';

export function observedFor({ settings }: Carrier, { operation, state }: JournalRecord): readonly ObservedReading[] {
  const all = readingsAsObserved(settings.calibration, readingsOf(state));
  return all.filter(({ id }) => !OF_THE_OTHER[operation].test(id));
}

/** The readings that only the other operation has. */
const OF_THE_OTHER: Readonly<Record<Operation, RegExp>> = {
  loginTokenValidate: /^verify-|-at-verify$/,
  tokenValidate: /^login-/,
};
