/** Durations such as `250ms`, `90s`, `2m`, `1.5h` and `1d`. */

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The format of a duration, also for schemas. The number of digits is limited, so that every duration fits in a number. */
export const DURATION_PATTERN = '^\\d{1,9}(?:\\.\\d{1,3})?(?:ms|s|m|h|d)$';
const DURATION = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/;

/** Milliseconds, rounded to an integer; undefined for an invalid text. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  const unitMs = unit === undefined ? undefined : UNIT_MS[unit];
  return unitMs === undefined ? undefined : Math.round(Number(amount) * unitMs);
}

/** In the largest unit with an integer value: 3000 is `3s`, 1500 is `1500ms`. */
export function formatDuration(ms: number): string {
  const [unit, unitMs] = Object.entries(UNIT_MS).findLast(
    ([, size]) => ms !== 0 && ms % size === 0,
  ) ?? ['ms', 1];
  return `${ms / unitMs}${unit}`;
}
