/** timestamp.json: times as the 17 digits of both operations. The document, 1.2 systemtime and 2.3 timestamp. */
import { execFileSync } from 'node:child_process';
import { SOURCE } from './app.mjs';

const DIGITS = '%Y%m%d%H%M%S';
/** POSIX counts hours west of Greenwich, so this is eight hours east. It has no daylight saving and needs no time zone files. */
const BEIJING = 'CST-8';

/** Formats with `date` of the coreutils. */
function date(epochMs, { format = DIGITS, zone = BEIJING } = {}) {
  const environment = { ...process.env, TZ: zone, LC_ALL: 'C' };
  return execFileSync('date', ['-d', `@${Math.floor(epochMs / 1000)}`, `+${format}`], { env: environment })
    .toString()
    .trimEnd();
}

function milliseconds(epochMs, width = 3) {
  return String(epochMs % 1000).padStart(width, '0');
}

/** Another format or zone of `date`, with correct milliseconds. */
const as = (options) => (epochMs) => date(epochMs, options) + milliseconds(epochMs);

function test({ comment, epochMs, result = 'invalid', flags, write = as({}) }) {
  return { comment, epochMs, timestamp: write(epochMs), result, flags };
}

/** 2018-01-04 09:09:53.788 in Beijing, as in the document's sample. */
const SAMPLE = 1_515_028_193_788;
/** 2019-02-26 13:08:07.005: in the afternoon, with one digit in each of minute, second and millisecond. */
const AFTERNOON = 1_551_157_687_005;
/** 2024-12-31 00:00:00.000, in the first week of 2025. */
const LAST_DAY = 1_735_574_400_000;
/** 2025-01-01 00:00:00.000 in Beijing, which is still 2024 in Greenwich. */
const NEW_YEAR = 1_735_660_800_000;

const VALID = [
  { comment: 'the time of the sample of 2.4', epochMs: SAMPLE, flags: ['Basic'] },
  { comment: 'the time of the sample of 1.3', epochMs: 1_551_151_122_617, flags: ['Basic'] },
  { comment: 'the time in the text of 1.2', epochMs: 1_356_602_401_165, flags: ['Basic'] },
  { comment: 'five milliseconds past a second in the afternoon', epochMs: AFTERNOON, flags: ['TimeEdge'] },
  { comment: 'no milliseconds', epochMs: 1_551_151_122_000, flags: ['TimeEdge'] },
  { comment: 'the last millisecond of an hour', epochMs: 1_551_153_599_999, flags: ['TimeEdge'] },
  { comment: 'noon', epochMs: 1_551_153_600_000, flags: ['TimeEdge'] },
  { comment: 'the last millisecond of a day', epochMs: LAST_DAY - 1, flags: ['TimeEdge'] },
  { comment: 'midnight on the last day of a year', epochMs: LAST_DAY, flags: ['TimeEdge', 'WeekYear'] },
  { comment: 'the last millisecond of a year', epochMs: NEW_YEAR - 1, flags: ['TimeEdge', 'WeekYear'] },
  { comment: 'New Year in Beijing', epochMs: NEW_YEAR, flags: ['TimeEdge', 'TimeZone'] },
  { comment: 'New Year in Greenwich', epochMs: NEW_YEAR + 28_800_000, flags: ['TimeEdge', 'TimeZone'] },
  { comment: 'a leap day', epochMs: 1_709_136_000_000, flags: ['TimeEdge'] },
  {
    comment: 'the day after 28 February in a year without a leap day',
    epochMs: 1_740_758_400_000,
    flags: ['TimeEdge'],
  },
  { comment: 'the beginning of the epoch', epochMs: 0, flags: ['TimeEdge'] },
  { comment: 'more seconds than 32 bits hold', epochMs: 4_294_967_296_001, flags: ['TimeEdge'] },
].map((row) => ({ ...row, result: 'valid' }));

const INVALID = [
  { comment: 'the time in Greenwich', epochMs: SAMPLE, flags: ['TimeZone'], write: as({ zone: 'UTC0' }) },
  { comment: 'the time in Tokyo', epochMs: SAMPLE, flags: ['TimeZone'], write: as({ zone: 'JST-9' }) },
  { comment: 'the year in Greenwich at New Year', epochMs: NEW_YEAR, flags: ['TimeZone'], write: as({ zone: 'UTC0' }) },
  {
    comment: 'the week year (YYYY instead of yyyy)',
    epochMs: LAST_DAY,
    flags: ['WeekYear'],
    write: as({ format: '%G%m%d%H%M%S' }),
  },
  {
    comment: 'the day of the year (DD instead of dd)',
    epochMs: SAMPLE,
    flags: ['WrongPattern'],
    write: as({ format: '%Y%m%j%H%M%S' }),
  },
  {
    comment: 'the twelve-hour clock (hh instead of HH)',
    epochMs: AFTERNOON,
    flags: ['WrongPattern'],
    write: as({ format: '%Y%m%d%I%M%S' }),
  },
  {
    comment: 'the twelve-hour clock at midnight',
    epochMs: NEW_YEAR,
    flags: ['WrongPattern'],
    write: as({ format: '%Y%m%d%I%M%S' }),
  },
  {
    comment: 'midnight as hour 24 (kk instead of HH)',
    epochMs: NEW_YEAR,
    flags: ['WrongPattern'],
    write: as({ format: '%Y%m%d24%M%S' }),
  },
  {
    comment: 'month and minute swapped',
    epochMs: SAMPLE,
    flags: ['WrongPattern'],
    write: as({ format: '%Y%M%d%H%m%S' }),
  },
  { comment: 'two digits of the year', epochMs: SAMPLE, flags: ['WrongLength'], write: as({ format: '%y%m%d%H%M%S' }) },
  { comment: 'without milliseconds', epochMs: SAMPLE, flags: ['WrongLength'], write: (ms) => date(ms) },
  {
    comment: 'milliseconds without their zeros',
    epochMs: AFTERNOON,
    flags: ['WrongLength'],
    write: (ms) => date(ms) + milliseconds(ms, 1),
  },
  {
    comment: 'milliseconds padded with zeros at the end',
    epochMs: AFTERNOON,
    flags: ['WrongPattern'],
    write: (ms) => `${date(ms)}500`,
  },
  { comment: 'microseconds', epochMs: SAMPLE, flags: ['WrongLength'], write: (ms) => `${as({})(ms)}000` },
  { comment: 'epoch milliseconds', epochMs: SAMPLE, flags: ['WrongLength'], write: (ms) => String(ms) },
  {
    comment: 'epoch milliseconds padded to 17 digits',
    epochMs: SAMPLE,
    flags: ['WrongPattern'],
    write: (ms) => String(ms).padEnd(17, '0'),
  },
  {
    comment: 'ISO 8601',
    epochMs: SAMPLE,
    flags: ['WrongLength'],
    write: (ms) => `${date(ms, { format: '%Y-%m-%dT%H:%M:%S' })}.${milliseconds(ms)}+08:00`,
  },
  {
    comment: 'a point before the milliseconds',
    epochMs: SAMPLE,
    flags: ['WrongLength'],
    write: (ms) => `${date(ms)}.${milliseconds(ms)}`,
  },
  {
    comment: 'spaces instead of leading zeros',
    epochMs: AFTERNOON,
    flags: ['WrongPattern'],
    write: as({ format: '%Y%_m%d%H%_M%_S' }),
  },
  {
    comment: 'converted to a double and back',
    epochMs: 1_551_151_122_617,
    flags: ['Precision'],
    write: (ms) => BigInt(Number(as({})(ms))).toString(),
  },
  { comment: 'rounded to seconds', epochMs: SAMPLE, flags: ['WrongPattern'], write: (ms) => `${date(ms)}000` },
  { comment: 'empty', epochMs: SAMPLE, flags: ['Empty'], write: () => '' },
];

export const TIMESTAMP = {
  file: 'timestamp',
  firstTcId: 801,
  type: 'Timestamp',
  groups: [{ source: SOURCE, algorithm: 'yyyyMMddHHmmssSSS', tests: [...VALID, ...INVALID].map(test) }],
};
