/** The time in a request. The document, 1.2 systemtime and 2.3 timestamp. */
import { parseTimestamp } from '../../../../src/protocol/timestamp.js';
import { parseDuration } from '../../../../src/text/duration.js';
import type { Situation } from './situation.js';

/** Depending on `system-time`, the digits must be a date. */
export function isSentAtDate({ request: { sentAt = '' }, readings }: Situation): boolean {
  return readings['system-time'] === 'digits' || parseTimestamp(sentAt) !== undefined;
}

/** Depending on `system-time`, the date must be within a window around the app's clock. */
export function isSentAtInWindow({
  request: { sentAt = '' },
  readings,
  nowMs,
}: Situation): boolean {
  const reading = readings['system-time'];
  if (reading === 'digits' || reading === 'calendar') return true;
  const window = timeWindow(reading);
  const sentAtMs = parseTimestamp(sentAt);
  if (window === undefined || sentAtMs === undefined) return true;
  return sentAtMs - nowMs >= -window.pastMs && sentAtMs - nowMs <= window.futureMs;
}

export function isSentAtAccepted(situation: Situation): boolean {
  return isSentAtDate(situation) && isSentAtInWindow(situation);
}

export interface TimeWindow {
  readonly pastMs: number;
  readonly futureMs: number;
}

/** The window of `window:<duration>` or `window:-<past>..<future>`; undefined for another option. */
export function timeWindow(reading: string): TimeWindow | undefined {
  const [, window] = reading.split('window:');
  if (window === undefined) return undefined;
  const [past = '', future = past] = window.split('..');
  const pastMs = parseDuration(past.replace('-', ''));
  const futureMs = parseDuration(future);
  return pastMs === undefined || futureMs === undefined ? undefined : { pastMs, futureMs };
}
