/** Mistakes in systemtime and timestamp, on fixed days on which they occur. The document, 1.2 and 2.3. */
import { beijingTime, type Fields } from './client.js';
import type { Mistake } from './mistake.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const LOGIN = { mode: 'login MD5' } as const;
const VERIFY = { mode: 'verify HMAC' } as const;

/** Wednesday, 25 November 2026, 15:42:36.807 in Beijing. */
const AFTERNOON_MS = Date.UTC(2026, 10, 25, 7, 42, 36, 807);
/** Tuesday, 29 December 2026, noon in Beijing: the week that has the first of January in it. */
const LAST_WEEK_MS = Date.UTC(2026, 11, 29, 4);
/** Friday, 1 January 2027, noon in Beijing: by ISO 8601 still the last week of 2026. */
const NEW_YEAR_MS = Date.UTC(2027, 0, 1, 4);

const at = { todayMs: AFTERNOON_MS } as const;

const systemtime = (text: string) => (): Fields => ({ systemtime: text });
const timestamp = (text: string) => (): Fields => ({ timestamp: text });

/** A clock frozen at the start of the process, a minute ago. */
const FROZEN = beijingTime(AFTERNOON_MS - MINUTE_MS);

export const TIMES: readonly Mistake[] = [
  {
    ...LOGIN,
    ...at,
    description: 'a client sends System.currentTimeMillis()',
    fields: systemtime(String(AFTERNOON_MS)),
    resultCode: '103414',
    finding: 'time.format',
  },
  {
    ...LOGIN,
    ...at,
    description: 'a client sends yyyy-MM-dd HH:mm:ss',
    fields: systemtime('2026-11-25 15:42:36'),
    resultCode: '103414',
    finding: 'time.format',
  },
  {
    ...LOGIN,
    ...at,
    description: 'SimpleDateFormat("yyyyMMDDHHmmssSSS") writes the day of the year',
    fields: systemtime('202611329154236807'),
    resultCode: '103414',
    finding: 'time.format',
  },
  {
    ...VERIFY,
    ...at,
    description: 'a Go client formats 20060102150405, without milliseconds',
    fields: timestamp('20261125154236'),
    resultCode: '102',
    finding: 'time.format',
  },
  {
    ...VERIFY,
    ...at,
    description: 'a Python client sends isoformat()',
    fields: timestamp('2026-11-25T15:42:36.807000'),
    resultCode: '102',
    finding: 'time.format',
  },
  {
    ...LOGIN,
    ...at,
    description: 'a client pads epoch milliseconds to 17 digits, which works',
    fields: systemtime('17955597570543730'),
    resultCode: '103000',
    finding: 'time.not-a-date',
  },
  {
    ...VERIFY,
    ...at,
    description: 'SimpleDateFormat("yyyymmddHHmmssSSS") writes minutes for the month, which works',
    fields: timestamp('20264225154236807'),
    resultCode: '000',
    finding: 'time.not-a-date',
  },
  {
    ...LOGIN,
    ...at,
    description: 'a container runs in UTC, which works',
    fields: systemtime(beijingTime(AFTERNOON_MS - 8 * HOUR_MS)),
    resultCode: '103000',
    finding: 'time.not-beijing',
  },
  {
    ...VERIFY,
    ...at,
    description: 'a server is in Tokyo, which works',
    fields: timestamp(beijingTime(AFTERNOON_MS + HOUR_MS)),
    resultCode: '000',
    finding: 'time.not-beijing',
  },
  {
    ...LOGIN,
    ...at,
    description: 'SimpleDateFormat("yyyyMMddhhmmssSSS") writes 3 for 15 in the afternoon, which works',
    fields: systemtime(beijingTime(AFTERNOON_MS - 12 * HOUR_MS)),
    resultCode: '103000',
    finding: 'time.not-beijing',
  },
  {
    ...LOGIN,
    ...at,
    description: 'a server has a clock ten minutes slow, which works',
    fields: systemtime(beijingTime(AFTERNOON_MS - 10 * MINUTE_MS)),
    resultCode: '103000',
    finding: 'time.stale',
  },
  {
    ...VERIFY,
    ...at,
    description: 'a server has a clock seven minutes fast, which works',
    fields: timestamp(beijingTime(AFTERNOON_MS + 7 * MINUTE_MS)),
    resultCode: '000',
    finding: 'time.stale',
  },
  {
    ...LOGIN,
    ...at,
    description: 'the time of the document is sent, which works',
    fields: systemtime('20121227180001165'),
    resultCode: '103000',
    finding: 'time.stale',
  },
  {
    ...LOGIN,
    ...at,
    description: 'a static timestamp is made at start-up and sent each time, which works',
    fields: systemtime(FROZEN),
    earlier: { token: 'its own', plan: { fields: systemtime(FROZEN) } },
    resultCode: '103000',
    finding: 'time.stale',
  },
  {
    ...VERIFY,
    ...at,
    description: 'a static timestamp is sent to verify each time, which works',
    fields: timestamp(FROZEN),
    earlier: { token: 'its own', plan: { fields: timestamp(FROZEN) } },
    resultCode: '000',
    finding: 'time.stale',
  },
  {
    ...LOGIN,
    todayMs: LAST_WEEK_MS,
    description: 'SimpleDateFormat("YYYYMMddHHmmssSSS") writes next year in the last week of December, which works',
    fields: systemtime('20271229120000000'),
    resultCode: '103000',
    finding: 'time.week-year',
  },
  {
    ...VERIFY,
    todayMs: NEW_YEAR_MS,
    description: 'strftime("%G%m%d…") writes last year on New Year\'s Day, which works',
    fields: timestamp('20260101120000000'),
    resultCode: '000',
    finding: 'time.week-year',
  },
];
