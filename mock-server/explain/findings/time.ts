/** Mistakes in systemtime and timestamp, compared with the server's own clock. The document, 1.2 and 2.3: "精确到毫秒，共17位". */
import { wireName } from '../../../src/protocol/fields.js';
import {
  formatTimestamp,
  HOUR_MS,
  isTimestamp,
  MINUTE_MS,
  parseTimestamp,
  SECOND_MS,
} from '../../../src/protocol/timestamp.js';
import { isSentAtAccepted } from '../../carrier/engine/facts/sent-at.js';
import { situationOf } from '../../carrier/engine/facts/situation.js';
import type { Evidence, FindingRow, FindingWords } from '../finding.js';
import { withOwnTime } from '../repair/change.js';
import type { Subject } from '../subject.js';

const ROWS = [
  {
    id: 'time.format',
    inLog: ['expected'],
    title: { en: 'The time is not 17 digits', zh: '时间不是 17 位数字' },
    detail: {
      en: '{field} was "{received}" ({length} characters). Use the format yyyyMMddHHmmssSSS, 17 digits: {expected} when the request arrived. Do not use epoch time or separators.',
      zh: '{field} 的值是“{received}”，共 {length} 个字符。格式是 yyyyMMddHHmmssSSS，17 位数字，收到请求时应该是 {expected}。不能用时间戳，也不能带分隔符。',
    },
  },
  {
    id: 'time.not-a-date',
    inLog: ['expected'],
    title: { en: 'The 17 digits are not a date', zh: '17 位数字不是真实存在的时间' },
    detail: {
      en: '{field} was "{received}", which is not a date in the format yyyyMMddHHmmssSSS. Expected when the request arrived: {expected}. Epoch time padded to 17 digits looks like this.',
      zh: '{field} 的值是“{received}”，按 yyyyMMddHHmmssSSS 不是真实存在的时间，收到请求时应该是 {expected}。时间戳补到 17 位就是这个样子。',
    },
  },
  {
    id: 'time.not-beijing',
    inLog: ['expected'],
    title: { en: 'The time is not Beijing time', zh: '时间不是北京时间' },
    detail: {
      en: '{field} was "{received}". Beijing time was {expected}: the client’s time is {off}. Format the time in the time zone Asia/Shanghai, whatever the machine’s time zone is. Use HH for the hour: hh is twelve hours off in the afternoon.',
      zh: '{field} 的值是“{received}”，比北京时间 {expected} {off}。格式化时请写明时区 Asia/Shanghai，不要依赖服务器或容器的时区。小时用 HH；用 hh，下午会差 12 小时。',
    },
  },
  {
    id: 'time.stale',
    inLog: ['expected', 'requestId'],
    title: { en: 'The time is not the time of the request', zh: '时间不是发送请求的时间' },
    detail: {
      en: '{field} was "{received}". The request arrived at {expected}, a difference of {seconds} seconds. Read the clock for each request.',
      zh: '{field} 的值是“{received}”，与收到请求的时间 {expected} 相差 {seconds} 秒。每次请求都要重新取当前时间。',
    },
    addition: {
      ifPresent: 'requestId',
      detail: {
        en: ' Request {requestId} had exactly the same time and another token: the clock was probably read only once, for example at start-up.',
        zh: '更早的请求 {requestId} 用的是另一个 token，时间却完全相同：时间可能只取了一次，例如在启动时。',
      },
    },
  },
  {
    id: 'time.week-year',
    inLog: ['expected'],
    title: { en: 'The year is a week-based year (YYYY)', zh: '年份用成了 week-year（YYYY）' },
    detail: {
      en: '{field} was "{received}". Only the year is wrong: expected {expected}. YYYY is the year that the week belongs to, and differs from the calendar year around New Year. Use yyyy.',
      zh: '{field} 的值是“{received}”，只有年份不对，应该是 {expected}。YYYY 是“周所在的年”，元旦前后与日历年不同，请用 yyyy。',
    },
  },
] as const satisfies readonly FindingWords[];

export const TIME_FINDINGS: readonly FindingRow[] = ROWS.map((row) => ({
  ...row,
  explains: ['parametersValid'],
  detect: (subject) => {
    const { sentAt: received = '', operation } = subject.request;
    const mistake = received === '' ? undefined : mistakeIn(received, subject);
    if (mistake?.id !== row.id) return [];
    return [
      {
        field: wireName(operation, 'sentAt'),
        received,
        ...mistake.evidence,
        ...acceptedBy(received, subject),
      },
    ];
  },
  repair: withOwnTime,
}));

const READING = 'system-time';

/** Most interpretations check the digits only: then the time decides nothing. */
function acceptedBy(
  sentAt: string,
  { request, state, atMs, exchange }: Subject,
): Pick<Evidence, 'acceptedBy'> {
  const situation = situationOf(request, state, { nowMs: atMs, clientIp: exchange.clientIp });
  return isTimestamp(sentAt) && isSentAtAccepted(situation) ? { acceptedBy: READING } : {};
}

interface TimeMistake {
  readonly id: (typeof ROWS)[number]['id'];
  readonly evidence: Evidence;
}

/** A smaller difference is acceptable: a slightly wrong clock, or a slow network. */
const STALE_AFTER_MS = 5 * MINUTE_MS;
// The error of a clock that is set to another zone. With a larger one, a whole hour is a coincidence.
const ZONE_TOLERANCE_MS = 2 * MINUTE_MS;
// Time zones range from UTC-12, twenty hours behind Beijing, to UTC+14.
const ZONE_HOURS_MAX = 20;
// Concurrent requests may have the same millisecond.
const SAME_TIME_AFTER_MS = SECOND_MS;

function mistakeIn(sentAt: string, subject: Subject): TimeMistake | undefined {
  const { atMs, receivedAtMs } = subject;
  const expected = formatTimestamp(receivedAtMs);
  if (!isTimestamp(sentAt))
    return { id: 'time.format', evidence: { expected, length: sentAt.length } };
  const sentAtMs = parseTimestamp(sentAt);
  if (sentAtMs === undefined) return { id: 'time.not-a-date', evidence: { expected } };
  // A time that matches a moved app clock is intentional.
  const isMoved = Math.abs(atMs - receivedAtMs) > SAME_TIME_AFTER_MS;
  if (isMoved && Math.abs(sentAtMs - atMs) <= STALE_AFTER_MS) return undefined;
  const offMs = sentAtMs - receivedAtMs;
  const stale = { expected, seconds: Math.round(Math.abs(offMs) / SECOND_MS) };
  const requestId = withFrozenTime(sentAt, subject)?.id;
  if (requestId !== undefined) return { id: 'time.stale', evidence: { ...stale, requestId } };
  const found =
    weekYear(sentAt, atMs) ?? weekYear(sentAt, receivedAtMs) ?? notBeijing(offMs, sentAtMs);
  if (found !== undefined || Math.abs(offMs) <= STALE_AFTER_MS) return found;
  return { id: 'time.stale', evidence: stale };
}

/** The request that had exactly this time before, with another token: a frozen clock, not a retry. */
function withFrozenTime(sentAt: string, { request: { token }, receivedAtMs, earlier }: Subject) {
  return earlier.find(
    (before) =>
      token !== undefined &&
      before.token !== undefined &&
      before.token !== token &&
      receivedAtMs - before.receivedAtMs > SAME_TIME_AFTER_MS &&
      before.sentAt === sentAt,
  );
}

/** The days whose week can belong to another year: until 3 January by ISO 8601, and from 26 December by Java's YYYY. */
const AT_NEW_YEAR = /^\d{4}(?:12(?:2[6-9]|3)|010[1-3])/;

function weekYear(sentAt: string, nowMs: number): TimeMistake | undefined {
  if (!AT_NEW_YEAR.test(sentAt)) return undefined;
  const year = Number(sentAt.slice(0, 4)) + (sentAt.slice(4, 6) === '12' ? -1 : 1);
  const expected = String(year).padStart(4, '0') + sentAt.slice(4);
  const ms = parseTimestamp(expected);
  if (ms === undefined || Math.abs(ms - nowMs) > STALE_AFTER_MS) return undefined;
  return { id: 'time.week-year', evidence: { expected } };
}

function notBeijing(offMs: number, sentAtMs: number): TimeMistake | undefined {
  const hours = Math.round(offMs / HOUR_MS);
  const isZone = hours !== 0 && Math.abs(hours) <= ZONE_HOURS_MAX;
  if (!isZone || Math.abs(offMs - hours * HOUR_MS) > ZONE_TOLERANCE_MS) return undefined;
  const count = Math.abs(hours);
  const off =
    hours < 0
      ? { en: `${count} hours slow`, zh: `慢 ${count} 小时` }
      : { en: `${count} hours fast`, zh: `快 ${count} 小时` };
  return {
    id: 'time.not-beijing',
    evidence: { expected: formatTimestamp(sentAtMs - hours * HOUR_MS), hours, off },
  };
}
