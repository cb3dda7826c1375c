/** An app as the control API shows it: whole, except for its control token, which is shown once. */
import type { Carrier } from '../carrier/carrier.js';
import type { AppRecord } from '../state-store.js';

export function appView({ settings: { platformPublicKey } }: Carrier, { settings, origin }: AppRecord) {
  const { controlTokenHash, ...shown } = settings;
  return { ...shown, platformPublicKey, origin, hasControlToken: controlTokenHash !== null };
}
