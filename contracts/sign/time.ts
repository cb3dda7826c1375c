/** The carrier's times have 17 digits: yyyyMMddHHmmssSSS in Beijing, which has had no daylight saving time since 1991. The document, 1.2 systemtime. */
const BEIJING_MS = 8 * 3_600_000;
const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export function beijingTime(atMs: number): string {
  return new Date(atMs + BEIJING_MS).toISOString().replace(/[^0-9]/g, '');
}

/** Epoch milliseconds, or undefined for a text that is not a date. */
export function beijingTimeToMs(text: string): number | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, ms] = found;
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  return Number.isNaN(atMs) ? undefined : atMs - BEIJING_MS;
}

/** Converts `90s` or `-10m` to milliseconds. Throws for other texts, which the schemas refuse before. */
export function durationToMs(text: string): number {
  const found = /^([+-]?)(\d+)(ms|s|m|h|d)$/.exec(text);
  const [, sign, amount, unit = ''] = found ?? [];
  const unitMs = UNITS_MS[unit];
  if (unitMs === undefined) throw new TypeError(`${JSON.stringify(text)} is not a duration: write 90s, 2m or 1500ms`);
  return (sign === '-' ? -1 : 1) * Number(amount) * unitMs;
}
