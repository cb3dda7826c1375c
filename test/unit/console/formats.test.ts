/** Conversion between addresses and places of the page. The formats of times and durations. */
import { describe, expect, test } from 'vitest';
import {
  beijingDateTime,
  beijingTime,
  countdown,
  duration,
  nextBeijingMidnight,
  signedDuration,
} from '../../../mock-server/console/parts/times.js';
import { hashOf, placeOf } from '../../../mock-server/console/state/hash.js';

describe('a place read from the address', () => {
  test.each([
    { description: 'no hash is the list of requests', hash: '', view: 'requests' },
    { description: 'a view', hash: '#/apps', view: 'apps' },
    { description: 'an unknown view is the list of requests', hash: '#/nothing', view: 'requests' },
    {
      description: 'an open request',
      hash: '#/requests/Ab12Cd-7',
      view: 'requests',
      opened: 'Ab12Cd-7',
    },
    {
      description: 'encoded letters',
      hash: '#/outcomes/tokenValidate%20001',
      view: 'outcomes',
      opened: 'tokenValidate 001',
    },
    { description: 'an invalid escape', hash: '#/apps/100%', view: 'apps', opened: '100%' },
  ])('$description', ({ hash, view, opened }) => {
    expect(placeOf(hash)).toEqual({ view, opened, parameters: {} });
  });

  test('the last of several parameters with one name applies', () => {
    expect(placeOf('#/handset?app=a&number=1&number=2').parameters).toEqual({
      app: 'a',
      number: '2',
    });
  });
});

test.each([
  { view: 'apps', opened: 'a/b?c#d', parameters: {} },
  { view: 'handset', opened: undefined, parameters: { app: '300000000001', asked: '138 & more' } },
  { view: 'requests', opened: '手机', parameters: { text: '=' } },
] as const)(
  'a place is the same after conversion to an address and back: $view $opened',
  (place) => {
    expect(placeOf(hashOf(place))).toEqual(place);
  },
);

test('undefined parameters are omitted, empty ones are kept', () => {
  expect(hashOf({ view: 'handset', parameters: { app: undefined, asked: '' } })).toBe(
    '#/handset?asked=',
  );
});

test('times are in Beijing time, in any time zone of the machine', () => {
  const atMs = Date.UTC(2026, 10, 25, 18, 3, 21, 45);
  expect(beijingDateTime(atMs)).toBe('2026-11-26 02:03:21.045');
  expect(beijingTime(atMs)).toBe('02:03:21.045');
});

describe('the next midnight in Beijing', () => {
  const midnight = Date.UTC(2026, 10, 25, 16);
  test.each([
    { description: 'a millisecond before', atMs: midnight - 1, expected: midnight },
    { description: 'at midnight', atMs: midnight, expected: midnight + 86_400_000 },
    { description: 'a millisecond after', atMs: midnight + 1, expected: midnight + 86_400_000 },
  ])('$description', ({ atMs, expected }) => {
    expect(nextBeijingMidnight(atMs)).toBe(expected);
  });
});

test.each([
  { leftMs: 120_000, expected: '2:00' },
  { leftMs: 119_001, expected: '2:00' },
  { leftMs: 119_000, expected: '1:59' },
  { leftMs: 60_000, expected: '1:00' },
  { leftMs: 1, expected: '0:01' },
  { leftMs: 0, expected: '0:00' },
  { leftMs: -5, expected: '0:00' },
  { leftMs: 3_600_000, expected: '60:00' },
])('$leftMs ms left is written $expected', ({ leftMs, expected }) => {
  expect(countdown(leftMs)).toBe(expected);
});

test.each([
  { ms: 0.42, expected: '0.4 ms' },
  { ms: 12.4, expected: '12 ms' },
  { ms: 999, expected: '999 ms' },
  { ms: 3040, expected: '3.0 s' },
])('$ms ms is written $expected', ({ ms, expected }) => {
  expect(duration(ms)).toBe(expected);
});

describe('the offset of a clock', () => {
  test('has the units of the language', () => {
    expect(signedDuration(97_200_000, { d: '天', h: '小时', min: '分钟', s: '秒' })).toBe(
      '+1 天 3 小时',
    );
  });

  test.each([
    { ms: 120_000, expected: '+2 min' },
    { ms: 119_700, expected: '+2 min' },
    { ms: -30_000, expected: '-30 s' },
    { ms: 97_200_000, expected: '+1 d 3 h' },
    { ms: 90_061_000, expected: '+1 d 1 h' },
    { ms: 3_661_000, expected: '+1 h 1 min' },
    { ms: 100, expected: '+0 s' },
  ])('of $ms ms is written $expected', ({ ms, expected }) => {
    expect(signedDuration(ms, { d: 'd', h: 'h', min: 'min', s: 's' })).toBe(expected);
  });
});
