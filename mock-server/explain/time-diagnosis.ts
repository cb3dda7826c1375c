/** The mistake in a request's time: at most one, the most significant. The document, 1.2 and 2.3. */
import {
  BEIJING_OFFSET_MS,
  DAY_MS,
  formatTimestamp,
  HOUR_MS,
  isTimestamp,
  MINUTE_MS,
  parseTimestamp,
  SECOND_MS,
} from '../../src/protocol/timestamp.js';
import type { Evidence } from './finding.js';
import type { EarlierRequest } from './subject.js';

export type TimeMistake = 'format' | 'not-a-date' | 'stale' | 'week-year' | 'not-beijing';

export interface TimeDiagnosis {
  readonly mistake: TimeMistake;
  readonly evidence: Evidence;
}

export interface SentTime {
  /** Must not be empty. */
  readonly sentAt: string;
  readonly token: string | undefined;
  /** By the server's own clock. */
  readonly receivedAtMs: number;
  /** By the app's clock, which can be moved. */
  readonly atMs: number;
  /** Newest first. */
  readonly earlier: readonly EarlierRequest[];
}

/** A smaller difference is acceptable: a slightly wrong clock, or a slow network. */
const STALE_AFTER_MS = 5 * MINUTE_MS;
// The error of a clock that is set to another zone. With a larger one, a whole hour is a coincidence.
const ZONE_TOLERANCE_MS = 2 * MINUTE_MS;
// Time zones range from UTC-12, twenty hours behind Beijing, to UTC+14.
const ZONE_HOURS_MAX = 20;
// Concurrent requests may have the same millisecond.
const SAME_TIME_AFTER_MS = SECOND_MS;

export function diagnoseTime(sent: SentTime): TimeDiagnosis | undefined {
  const { sentAt, receivedAtMs } = sent;
  const expected = formatTimestamp(receivedAtMs);
  if (!isTimestamp(sentAt)) return { mistake: 'format', evidence: { expected, length: sentAt.length } };
  const sentAtMs = parseTimestamp(sentAt);
  if (sentAtMs === undefined) return { mistake: 'not-a-date', evidence: { expected } };
  if (isByMovedClock(sent, sentAtMs)) return undefined;
  return frozen(sent, sentAtMs) ?? weekYear(sent) ?? notBeijing(sent, sentAtMs) ?? stale(sent, sentAtMs);
}

/** A time that matches a moved app clock is intentional. */
function isByMovedClock({ atMs, receivedAtMs }: SentTime, sentAtMs: number): boolean {
  const isMoved = Math.abs(atMs - receivedAtMs) > SAME_TIME_AFTER_MS;
  return isMoved && Math.abs(sentAtMs - atMs) <= STALE_AFTER_MS;
}

/** The exact time of an earlier request with another token: a frozen clock, not a retry. */
function frozen({ sentAt, token, receivedAtMs, earlier }: SentTime, sentAtMs: number): TimeDiagnosis | undefined {
  const before = earlier.find(
    (request) =>
      token !== undefined &&
      request.token !== undefined &&
      request.token !== token &&
      receivedAtMs - request.receivedAtMs > SAME_TIME_AFTER_MS &&
      request.sentAt === sentAt,
  );
  return before && staleBy(sentAtMs, { receivedAtMs, requestId: before.id });
}

function weekYear({ sentAt, receivedAtMs }: SentTime): TimeDiagnosis | undefined {
  const year = Number(sentAt.slice(0, 4));
  const expected = [year - 1, year + 1]
    .map((right) => String(right).padStart(4, '0') + sentAt.slice(4))
    .find((text) => {
      const ms = parseTimestamp(text);
      return ms !== undefined && Math.abs(ms - receivedAtMs) <= STALE_AFTER_MS && weekYearsOf(ms).includes(year);
    });
  return expected === undefined ? undefined : { mistake: 'week-year', evidence: { expected } };
}

const THURSDAY = 4;
const SATURDAY = 6;
const WEEK_DAYS = 7;

/**
 * The years that the week in Beijing belongs to. ISO 8601: weeks start on Monday and belong to the year of their Thursday.
 * Java's YYYY in a Chinese or American locale: weeks start on Sunday and belong to the year of their Saturday.
 */
function weekYearsOf(ms: number): readonly number[] {
  const weekDay = new Date(ms + BEIJING_OFFSET_MS).getUTCDay();
  const isoWeekDay = weekDay === 0 ? WEEK_DAYS : weekDay;
  return [ms + (THURSDAY - isoWeekDay) * DAY_MS, ms + (SATURDAY - weekDay) * DAY_MS].map((day) =>
    Number(formatTimestamp(day).slice(0, 4)),
  );
}

function notBeijing({ receivedAtMs }: SentTime, sentAtMs: number): TimeDiagnosis | undefined {
  const offMs = sentAtMs - receivedAtMs;
  const hours = Math.round(offMs / HOUR_MS);
  const isZone = hours !== 0 && Math.abs(hours) <= ZONE_HOURS_MAX;
  if (!isZone || Math.abs(offMs - hours * HOUR_MS) > ZONE_TOLERANCE_MS) return undefined;
  return { mistake: 'not-beijing', evidence: { expected: formatTimestamp(sentAtMs - hours * HOUR_MS), hours } };
}

function stale({ receivedAtMs }: SentTime, sentAtMs: number): TimeDiagnosis | undefined {
  return Math.abs(sentAtMs - receivedAtMs) > STALE_AFTER_MS ? staleBy(sentAtMs, { receivedAtMs }) : undefined;
}

function staleBy(
  sentAtMs: number,
  { receivedAtMs, ...request }: { readonly receivedAtMs: number; readonly requestId?: string },
): TimeDiagnosis {
  const seconds = Math.round(Math.abs(sentAtMs - receivedAtMs) / SECOND_MS);
  return { mistake: 'stale', evidence: { expected: formatTimestamp(receivedAtMs), seconds, ...request } };
}
