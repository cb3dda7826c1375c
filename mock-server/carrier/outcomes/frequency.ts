/** `frequency(30/10m)` before a step: the step is used only above that rate. Calls are counted per tenth of the time. */
import { formatDuration, parseDuration } from '../../../src/text/duration.js';

export interface Frequency {
  /** This many calls are still within the rate. */
  readonly calls: number;
  readonly perMs: number;
}

const CALLS_MAX = 1_000_000;
const PER_MS_MIN = 1000;
// Enough for a daily limit. A longer time is a mistake in the unit.
export const PER_MS_MAX = 86_400_000;
const FREQUENCY = /^\s*(\d{1,7})\s*\/\s*(\S+)\s*$/;
// A call counts for 90 to 100 percent of the time: exact enough for a test, with only ten small counters.
const PARTS = 10;

/** undefined for an invalid text and for a rate outside the limits. */
export function parseFrequency(text: string): Frequency | undefined {
  const [, digits, duration = ''] = FREQUENCY.exec(text) ?? [];
  const calls = Number(digits);
  const perMs = parseDuration(duration);
  if (perMs === undefined || perMs < PER_MS_MIN || perMs > PER_MS_MAX) return undefined;
  return calls >= 1 && calls <= CALLS_MAX ? { calls, perMs } : undefined;
}

export function formatFrequency({ calls, perMs }: Frequency): string {
  return `${calls}/${formatDuration(perMs)}`;
}

/** The names of the counters that have the calls of this time, newest first. The next call is counted in the first. */
export function countersAt(
  { perMs }: Frequency,
  cursor: string,
  nowMs: number,
): readonly [string, ...string[]] {
  const part = Math.floor((nowMs * PARTS) / perMs);
  const nameOf = (ago: number) => `${ratePrefix(cursor)}${perMs}:${part - ago}`;
  return [nameOf(0), ...Array.from({ length: PARTS - 1 }, (_, at) => nameOf(at + 1))];
}

/** The prefix of the counters for a script's rates. */
export function ratePrefix(cursor: string): string {
  return `${cursor}:`;
}
