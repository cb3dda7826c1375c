/** An app as the control API shows it: whole, except for its control token, which is shown once. */
import type { Carrier } from '../carrier/carrier.js';
import type { AppRecord } from '../state-store.js';

export function appView({ settings: { platformPublicKey } }: Carrier, { settings, origin }: AppRecord) {
  const hasControlToken = settings.controlTokenHash !== null;
  // JSON leaves out what is undefined.
  return { ...settings, controlTokenHash: undefined, platformPublicKey, origin, hasControlToken };
}
