/** The readings of a request's decision that a calibration observed. */

import type { Operation } from '../../src/protocol/operations.js';
import type { Carrier } from '../carrier/carrier.js';
import { type ObservedReading, readingsAsObserved } from '../carrier/engine/calibration.js';
import { readingsOf } from '../carrier/engine/facts/situation.js';
import type { JournalRecord } from '../carrier/store/state-store.js';

export function observedFor({ settings }: Carrier, { operation, state }: JournalRecord): readonly ObservedReading[] {
  const all = readingsAsObserved(settings.calibration, readingsOf(state));
  return all.filter(({ id }) => !OTHER_OPERATION[operation].test(id));
}

/** The ids of readings that only concern the other operation. */
const OTHER_OPERATION: Readonly<Record<Operation, RegExp>> = {
  loginTokenValidate: /^verify-|-at-verify$/,
  tokenValidate: /^login-/,
};
