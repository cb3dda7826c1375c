/** How many calls an app has left: a daily quota without a contract, a package with one. The document, 2, notes 1 and 2, of verify; that login has them too is observed. */
import type { Operation } from '../../../src/protocol/operations.js';
import { beijingDay } from '../../../src/protocol/timestamp.js';
import type { AppSettings } from './app-settings.js';

export interface CallLimit {
  /** The name of the bounded count that charged calls draw on. */
  readonly counter: string;
  /** null has no limit. */
  readonly limit: number | null;
}

export interface QuotaInputs {
  readonly settings: AppSettings;
  /** Goes up each time that the call package is changed: its count starts anew. */
  readonly packageNumber: number;
  readonly nowMs: number;
}

/** The limit that a call draws on; undefined where the readings leave the operation free. */
export function callLimit(
  operation: Operation,
  { settings, packageNumber, nowMs }: QuotaInputs,
): CallLimit | undefined {
  if (settings.contracted) return { counter: `package:${packageNumber}`, limit: settings.callPackage };
  const covered = settings.readings['daily-quota-covers'];
  if (covered !== 'both' && covered !== operation) return undefined;
  return { counter: `calls:${beijingDay(nowMs)}`, limit: settings.dailyQuota };
}
