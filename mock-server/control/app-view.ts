/** An app as the control API shows it: whole, but for its control token, which nobody is shown again. */
import type { Carrier } from '../carrier/carrier.js';
import type { AppRecord } from '../state-store.js';
import { findApp } from '../worlds/apps.js';
import { unknownApp } from './problem.js';

export function appView({ settings: { platformPublicKey } }: Carrier, { settings, origin }: AppRecord) {
  const { controlTokenHash, ...shown } = settings;
  return { ...shown, platformPublicKey, origin, hasControlToken: controlTokenHash !== null };
}

export async function appAt(carrier: Carrier, appId: string): Promise<AppRecord> {
  const entry = await findApp(carrier, appId);
  if (entry === undefined) throw unknownApp(appId);
  return entry.value;
}
