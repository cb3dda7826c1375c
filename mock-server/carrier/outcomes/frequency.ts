/** `frequency(30/10m)` in front of a step: it is used only beyond that rate. Calls are counted by tenths of the time. */
import { formatDuration, parseDuration } from '../engine/duration.js';

export interface Frequency {
  /** So many calls are still within the rate. */
  readonly calls: number;
  readonly perMs: number;
}

const CALLS_MAX = 1_000_000;
const PER_MS_MIN = 1000;
// A daily limit. Longer times are a mistake in the unit.
export const PER_MS_MAX = 86_400_000;
const FREQUENCY = /^\s*(\d{1,7})\s*\/\s*(\S+)\s*$/;
// A call counts for nine to ten tenths of the time: enough for a test, and ten small counters are enough for it.
const PARTS = 10;

/** undefined for a text that is no rate within the bounds. */
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

/** The names of the counters that the calls of this time are in: the newest first, which the next call goes into. */
export function countersAt({ perMs }: Frequency, cursor: string, nowMs: number): readonly [string, ...string[]] {
  const part = Math.floor((nowMs * PARTS) / perMs);
  const nameOf = (ago: number) => `${ratePrefix(cursor)}${perMs}:${part - ago}`;
  return [nameOf(0), ...Array.from({ length: PARTS - 1 }, (_, at) => nameOf(at + 1))];
}

/** What the names of all counters of a script's rates begin with. */
export function ratePrefix(cursor: string): string {
  return `${cursor}:`;
}
