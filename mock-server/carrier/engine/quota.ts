/** The limit of an app's calls: a daily quota without a contract, a call package with one. The document, 2, notes 1 and 2, for verify; observed for login. */
import type { Operation } from '../../../src/protocol/operations.js';
import { beijingDay } from '../../../src/protocol/timestamp.js';
import type { AppSettings } from './app-settings.js';

export interface CallLimit {
  /** The name of the counter that the limit applies to. */
  readonly counter: string;
  /** null means no limit. */
  readonly limit: number | null;
}

export interface QuotaInputs {
  readonly settings: AppSettings;
  /** Increases with each change of the call package, so that its count restarts. */
  readonly packageNumber: number;
  readonly nowMs: number;
}

/** The limit that applies to a call; undefined if the readings exempt the operation. */
export function callLimit(
  operation: Operation,
  { settings, packageNumber, nowMs }: QuotaInputs,
): CallLimit | undefined {
  if (settings.contracted)
    return { counter: `package:${packageNumber}`, limit: settings.callPackage };
  const covered = settings.readings['daily-quota-covers'];
  if (covered !== 'both' && covered !== operation) return undefined;
  return { counter: `calls:${beijingDay(nowMs)}`, limit: settings.dailyQuota };
}
