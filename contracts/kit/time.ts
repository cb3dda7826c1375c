/** The carrier's times have 17 digits: yyyyMMddHHmmssSSS in Beijing, which has had no daylight saving time since 1991. The document, 1.2 systemtime. */
import { parseDuration } from '../../src/text/duration.js';

const BEIJING_MS = 8 * 3_600_000;

export function beijingTime(atMs: number): string {
  return new Date(atMs + BEIJING_MS).toISOString().replace(/[^0-9]/g, '');
}

/** Epoch milliseconds, or undefined for a value that is not the text of a date. */
export function beijingTimeToMs(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(value);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, ms] = found;
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  return Number.isNaN(atMs) ? undefined : atMs - BEIJING_MS;
}

/** Converts `90s` or `-10m` to milliseconds. Throws for other texts, which the schemas refuse before. */
export function durationToMs(text: string): number {
  const ms = parseDuration(text.replace(/^[+-]/, ''));
  if (ms === undefined)
    throw new TypeError(`${JSON.stringify(text)} is not a duration: write 90s, 2m or 1500ms`);
  return text.startsWith('-') ? -ms : ms;
}
