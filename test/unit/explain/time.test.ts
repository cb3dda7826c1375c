/** Findings about systemtime and timestamp, compared with the server's own clock. */
import { expect, test } from 'vitest';
import type { EarlierRequest } from '../../../mock-server/explain/subject.js';
import { loginBody, NOW_MS, TOKEN, verifyBody } from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';
import { SENT_AT } from '../../support/requests.js';

const NOW = '20261125093620000';
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** 17 digits in Beijing time, calculated here and not by the code under test. */
function beijing(ms: number): string {
  return new Date(ms + 8 * HOUR_MS).toISOString().replace(/\D/g, '');
}

function subjectAt(
  systemtime: string,
  receivedAtMs = NOW_MS,
  earlier: readonly EarlierRequest[] = [],
) {
  return subjectFor('loginTokenValidate', loginBody({ systemtime }), {}, { receivedAtMs, earlier });
}

test.each([
  { description: 'microseconds', sent: '20261125093620000000' },
  { description: 'with white space around it', sent: ` ${NOW}` },
  { description: 'full-width digits', sent: '２０２６１１２５０９３６２００００' },
])('$description: the time is not 17 digits', ({ sent }) => {
  const subject = subjectAt(sent);
  expect(subject.decidedBy).toBe('parametersValid');
  expect(requestFindingIds(subject)).toEqual(['time.format']);
  expect(evidenceFor(subject, 'time.format')).toEqual([
    { field: 'systemtime', received: sent, expected: NOW, length: sent.length },
  ]);
});

test.each([
  { description: '29 February of a common year', sent: '20260229093620000' },
  { description: 'hour 24', sent: '20261125243620000' },
])('$description: 17 digits but no date', ({ sent }) => {
  const subject = subjectAt(sent);
  expect(subject.decidedBy).toBe('allMet');
  expect(requestFindingIds(subject)).toEqual(['time.not-a-date']);
  expect(evidenceFor(subject, 'time.not-a-date')).toEqual([
    { field: 'systemtime', received: sent, expected: NOW, acceptedBy: 'system-time' },
  ]);
});

test('an invalid date decides if the reading requires a date', () => {
  const scene = { readings: { 'system-time': 'calendar' } } as const;
  const body = verifyBody({ header: { timestamp: '17955705800000000' } });
  const subject = subjectFor('tokenValidate', body, scene);
  expect(subject.decidedBy).toBe('parametersValid');
  expect(requestFindingIds(subject)).toEqual(['time.not-a-date']);
  expect(evidenceFor(subject, 'time.not-a-date')).toMatchObject([{ field: 'timestamp' }]);
  expect(evidenceFor(subject, 'time.not-a-date')[0]?.acceptedBy).toBeUndefined();
});

test('with an app clock at the end of December, a week-based year is one by that clock', () => {
  const atMs = Date.UTC(2025, 11, 29, 1);
  const systemtime = beijing(atMs).replace('2025', '2026');
  const subject = subjectFor('loginTokenValidate', loginBody({ systemtime }), { nowMs: atMs });
  expect(requestFindingIds(subject)).toEqual(['time.week-year']);
  expect(evidenceFor(subject, 'time.week-year')).toMatchObject([{ expected: beijing(atMs) }]);
});

test.each([
  { description: 'New York in winter', offMs: -13 * HOUR_MS, hours: -13 },
  {
    description: 'UTC on a clock two minutes late',
    offMs: -8 * HOUR_MS - 2 * MINUTE_MS,
    hours: -8,
  },
  { description: 'Los Angeles in winter', offMs: -16 * HOUR_MS, hours: -16 },
  { description: 'the westernmost zone', offMs: -20 * HOUR_MS, hours: -20 },
])('$description: the time is not Beijing time', ({ offMs, hours }) => {
  const sent = beijing(NOW_MS + offMs);
  const subject = subjectAt(sent);
  expect(requestFindingIds(subject)).toEqual(['time.not-beijing']);
  const expected = beijing(NOW_MS + offMs - hours * HOUR_MS);
  expect(evidenceFor(subject, 'time.not-beijing')).toEqual([
    {
      field: 'systemtime',
      received: sent,
      expected,
      hours,
      off: expect.any(String),
      acceptedBy: 'system-time',
    },
  ]);
});

test.each([
  {
    description: 'one millisecond more than five minutes late',
    offMs: -5 * MINUTE_MS - 1,
    seconds: 300,
  },
  {
    description: 'one millisecond more than five minutes early',
    offMs: 5 * MINUTE_MS + 1,
    seconds: 300,
  },
  {
    description: 'eight hours and over two minutes',
    offMs: -8 * HOUR_MS - 2 * MINUTE_MS - 1,
    seconds: 28_920,
  },
  { description: 'one hour beyond the westernmost zone', offMs: -21 * HOUR_MS, seconds: 75_600 },
])('$description: the time is stale', ({ offMs, seconds }) => {
  const sent = beijing(NOW_MS + offMs);
  const subject = subjectAt(sent);
  expect(requestFindingIds(subject)).toEqual(['time.stale']);
  expect(evidenceFor(subject, 'time.stale')).toEqual([
    { field: 'systemtime', received: sent, expected: NOW, seconds, acceptedBy: 'system-time' },
  ]);
});

test.each([
  { description: 'five minutes late', offMs: -5 * MINUTE_MS },
  { description: 'five minutes early', offMs: 5 * MINUTE_MS },
])('$description is a valid time', ({ offMs }) => {
  expect(requestFindingIds(subjectAt(beijing(NOW_MS + offMs)))).toEqual([]);
});

test.each([
  {
    description: 'the time of a moved clock is valid',
    movedMs: 21 * HOUR_MS,
    offMs: 0,
    expected: [],
  },
  {
    description: 'five minutes from a moved clock is valid',
    movedMs: -72 * HOUR_MS,
    offMs: 5 * MINUTE_MS,
    expected: [],
  },
  {
    description: 'more than five minutes from a moved clock is stale',
    movedMs: 72 * HOUR_MS,
    offMs: 5 * MINUTE_MS + 1,
    expected: ['time.stale'],
  },
  {
    description: 'real time is valid although the clock was moved',
    movedMs: 72 * HOUR_MS,
    offMs: -72 * HOUR_MS,
    expected: [],
  },
])('$description', ({ movedMs, offMs, expected }) => {
  const atMs = NOW_MS + movedMs;
  const systemtime = beijing(atMs + offMs);
  const times = { receivedAtMs: NOW_MS, atMs };
  const subject = subjectFor('loginTokenValidate', loginBody({ systemtime }), {}, times);
  expect(requestFindingIds(subject)).toEqual(expected);
});

const BEFORE: EarlierRequest = {
  id: 'abc123-0000000000000001',
  receivedAtMs: NOW_MS - SECOND_MS - 1,
  token: `${TOKEN.slice(0, -1)}Z`,
  msgId: undefined,
  sentAt: SENT_AT,
  resultCode: '103000',
};

test('the exact time of an earlier request with another token means a frozen clock', () => {
  const subject = subjectAt(SENT_AT, NOW_MS, [{ ...BEFORE, id: 'other', sentAt: NOW }, BEFORE]);
  expect(requestFindingIds(subject)).toEqual(['time.stale']);
  expect(evidenceFor(subject, 'time.stale')).toEqual([
    {
      ...{
        field: 'systemtime',
        received: SENT_AT,
        expected: NOW,
        seconds: 0,
        requestId: BEFORE.id,
      },
      acceptedBy: 'system-time',
    },
  ]);
});

test.each([
  { description: 'with the same token is a retry', before: { ...BEFORE, token: TOKEN } },
  { description: 'without a token shows nothing', before: { ...BEFORE, token: undefined } },
  {
    description: 'of one second ago may have the same time by chance',
    before: { ...BEFORE, receivedAtMs: NOW_MS - SECOND_MS },
  },
  {
    description: 'with a time one millisecond apart does not count',
    before: { ...BEFORE, sentAt: '20261125093619761' },
  },
])('an earlier request $description', ({ before }) => {
  expect(requestFindingIds(subjectAt(SENT_AT, NOW_MS, [before]))).toEqual([]);
});

test.each([
  // Java's YYYY: the week from Sunday, 27 December 2026, on belongs to 2027.
  {
    description: 'Sunday before New Year, with YYYY',
    real: '20261227080000000',
    sent: '20271227080000000',
  },
  {
    description: "New Year's Eve, with YYYY",
    real: '20261231235959999',
    sent: '20271231235959999',
  },
  // ISO 8601: 1 January 2027 is a Friday, and belongs to the last week of 2026.
  { description: "New Year's Day, by ISO", real: '20270101080000000', sent: '20260101080000000' },
  // ISO 8601: 30 December 2024 is a Monday, and belongs to the first week of 2025.
  {
    description: 'Monday before New Year, by ISO',
    real: '20241230080000000',
    sent: '20251230080000000',
  },
])('$description: the year is a week-based year', ({ real, sent }) => {
  const subject = subjectAt(sent, epochMs(real) + 5 * MINUTE_MS);
  expect(requestFindingIds(subject)).toEqual(['time.week-year']);
  expect(evidenceFor(subject, 'time.week-year')).toEqual([
    { field: 'systemtime', received: sent, expected: real, acceptedBy: 'system-time' },
  ]);
});

test.each([
  { description: 'a year off in summer', real: '20260701080000000', sent: '20270701080000000' },
  {
    description: 'a year and six minutes off',
    real: '20261231080600001',
    sent: '20271231080000000',
  },
  {
    description: 'a year earlier instead of later',
    real: '20261231080000000',
    sent: '20251231080000000',
  },
])('$description is stale, and not a week-based year', ({ real, sent }) => {
  expect(requestFindingIds(subjectAt(sent, epochMs(real)))).toEqual(['time.stale']);
});

/** Converts a Beijing time. */
function epochMs(digits: string): number {
  const [, date, hour, minute, rest] = /^(\d{8})(\d\d)(\d\d)(\d{5})$/.exec(digits) ?? [];
  const day = String(date).replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
  return Date.parse(
    `${day}T${hour}:${minute}:${String(rest).slice(0, 2)}.${String(rest).slice(2)}+08:00`,
  );
}

test.each([
  { description: 'an empty time', systemtime: '' },
  { description: 'no time', systemtime: undefined },
])('$description is missing, not wrong', ({ systemtime }) => {
  expect(requestFindingIds(subjectFor('loginTokenValidate', loginBody({ systemtime })))).toEqual([
    'field.missing',
  ]);
});
