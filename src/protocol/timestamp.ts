/** The carrier's 17-digit time, `yyyyMMddHHmmssSSS`. The document, 1.2 systemtime and 2.3 timestamp; Beijing time is observed, not documented. */

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Beijing has no daylight saving time. */
export const BEIJING_OFFSET_MS = 8 * HOUR_MS;

/** 9999-12-31 23:59:59.999 in Beijing: later times do not fit in 17 digits. */
export const TIMESTAMP_MS_MAX = Date.UTC(9999, 11, 31, 23, 59, 59, 999) - BEIJING_OFFSET_MS;

export function isTimestamp(text: string): boolean {
  return /^\d{17}$/.test(text);
}

// The last formatted minute and its twelve digits: consecutive times mostly fall into the same minute, and formatting
// the date is nearly all of the work.
let lastMinute = Number.NaN;
let lastMinuteDigits = '';

/** Epoch milliseconds, from 0 to TIMESTAMP_MS_MAX, to 17 digits. */
export function formatTimestamp(ms: number): string {
  const minute = Math.floor(ms / MINUTE_MS);
  if (minute !== lastMinute) {
    // 2012-12-27T18:00:01.165Z
    const [year, month, day, hour, min] = new Date(ms + BEIJING_OFFSET_MS)
      .toISOString()
      .split(/[-T:]/);
    lastMinuteDigits = `${year}${month}${day}${hour}${min}`;
    lastMinute = minute;
  }
  return lastMinuteDigits + String(ms - minute * MINUTE_MS).padStart(5, '0');
}

/** 17 digits to epoch milliseconds; undefined if they are not a date (`17955597570543730` has month 55). */
export function parseTimestamp(text: string): number | undefined {
  if (!isTimestamp(text)) return undefined;
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}T${text.slice(8, 10)}:${text.slice(10, 12)}:${text.slice(12, 14)}.${text.slice(14)}+08:00`;
  const ms = Date.parse(iso);
  // Date.parse lets 30 February and 24:00 roll over into the next day.
  return Number.isNaN(ms) || formatTimestamp(ms) !== text ? undefined : ms;
}

/** The day in Beijing, `yyyyMMdd`. The daily quota is counted per day. */
export function beijingDay(ms: number): string {
  return formatTimestamp(ms).slice(0, 8);
}
