/** The 17 digits. The document, 1.2 systemtime: `20121227180001165`. */
import { describe, expect, test } from 'vitest';
import {
  beijingDay,
  formatTimestamp,
  isTimestamp,
  parseTimestamp,
  TIMESTAMP_MS_MAX,
} from '../../../src/protocol/timestamp.js';

describe('isTimestamp', () => {
  test.each([
    { description: '17 digits', text: '20121227180001165', expected: true },
    { description: '17 digits that are not a date', text: '17955597570543730', expected: true },
    { description: '16 digits', text: '2012122718000116', expected: false },
    { description: '18 digits', text: '201212271800011650', expected: false },
    { description: 'a letter', text: '2012122718000116O', expected: false },
    { description: 'full-width digits', text: '２０１２１２２７１８０００１１６５', expected: false },
    { description: 'a leading space', text: ' 20121227180001165', expected: false },
    { description: 'a trailing line feed', text: '20121227180001165\n', expected: false },
    { description: 'a minus sign', text: '-2012122718000116', expected: false },
    { description: 'an empty text', text: '', expected: false },
  ])('$description: $expected', ({ text, expected }) => {
    expect(isTimestamp(text)).toBe(expected);
  });
});

const MOMENTS = [
  { description: 'the sample of the document', text: '20121227180001165', ms: Date.UTC(2012, 11, 27, 10, 0, 1, 165) },
  { description: 'the epoch, at eight in the morning', text: '19700101080000000', ms: 0 },
  {
    description: 'the millisecond before midnight',
    text: '20261125235959999',
    ms: Date.UTC(2026, 10, 25, 15, 59, 59, 999),
  },
  { description: 'midnight, on the next day', text: '20261126000000000', ms: Date.UTC(2026, 10, 25, 16) },
  { description: 'midnight of a new year', text: '20270101000000000', ms: Date.UTC(2026, 11, 31, 16) },
  { description: 'the leap day of 2024', text: '20240229120000000', ms: Date.UTC(2024, 1, 29, 4) },
  { description: 'the leap day of 2000', text: '20000229000000000', ms: Date.UTC(2000, 1, 28, 16) },
  {
    description: 'the summer of 1990, without daylight saving',
    text: '19900701120000000',
    ms: Date.UTC(1990, 6, 1, 4),
  },
  { description: 'other digits in each field', text: '12340506070809012', ms: Date.UTC(1234, 4, 5, 23, 8, 9, 12) },
  { description: 'the last time with 17 digits', text: '99991231235959999', ms: TIMESTAMP_MS_MAX },
];

describe('17 digits are converted to epoch milliseconds and back', () => {
  test.each(MOMENTS)('$description', ({ text, ms }) => {
    expect({ text: formatTimestamp(ms), ms: parseTimestamp(text) }).toEqual({ text, ms });
  });

  test('the last time with 17 digits is one millisecond before the year 10000 in Beijing', () => {
    expect(TIMESTAMP_MS_MAX).toBe(Date.UTC(9999, 11, 31, 15, 59, 59, 999));
  });
});

describe('digits that are not a date are undefined', () => {
  test.each([
    { description: 'month 55, as a client sends it', text: '17955597570543730' },
    { description: 'month 00', text: '20260001000000000' },
    { description: 'month 13', text: '20261301000000000' },
    { description: 'day 00', text: '20261100000000000' },
    { description: '31 November', text: '20261131000000000' },
    { description: '30 February', text: '20240230000000000' },
    { description: '29 February of a common year', text: '20230229000000000' },
    { description: '29 February of 1900', text: '19000229000000000' },
    { description: '24:00', text: '20261125240000000' },
    { description: '25:00', text: '20261125250000000' },
    { description: 'minute 60', text: '20261125236000000' },
    { description: 'second 60', text: '20161231235960000' },
    { description: '16 digits', text: '2026112523595999' },
    { description: '18 digits', text: '202611252359599990' },
    { description: 'an empty text', text: '' },
  ])('$description', ({ text }) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

test.each([
  {
    description: 'the old day before midnight',
    ms: Date.UTC(2026, 10, 25, 15, 59, 59, 999),
    expected: '20261125',
  },
  { description: 'the new day at midnight', ms: Date.UTC(2026, 10, 25, 16), expected: '20261126' },
])('the day in Beijing: $description', ({ ms, expected }) => {
  expect(beijingDay(ms)).toBe(expected);
});
