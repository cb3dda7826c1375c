/** An app as the control API shows it. */
import type { Carrier } from '../carrier.js';
import type { AppRecord } from '../state-store.js';
import { findApp } from '../worlds/apps.js';
import { unknownApp } from './problem.js';

export function appView({ settings: { platformPublicKey } }: Carrier, { settings, origin }: AppRecord) {
  return { ...settings, platformPublicKey, origin };
}

export async function appAt(carrier: Carrier, appId: string): Promise<AppRecord> {
  const entry = await findApp(carrier, appId);
  if (entry === undefined) throw unknownApp(appId);
  return entry.value;
}
