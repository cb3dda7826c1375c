/** The parts of a calibration that the mock uses: the observed readings, and the latency of the carrier. */
import { expect, test } from 'vitest';
import {
  type Calibration,
  latencyAt,
  observedReadings,
  readingsAsObserved,
} from '../../mock-server/carrier/engine/calibration.js';
import { DEFAULT_READINGS } from '../../src/protocol/readings.js';

const CALIBRATION: Calibration = {
  target: 'staging',
  calibratedAt: '2026-11-27T10:00:00.000Z',
  readings: {
    'login-md5-case': { option: 'upper', observedOn: '2026-11-27' },
    'content-type': { option: 'any', observedOn: '2026-11-26' },
    'daily-quota-covers': { notSettled: { en: 'another day', zh: '再等一天' } },
  },
};

test('a reading that is not settled has no observed option', () => {
  expect(observedReadings(CALIBRATION)).toEqual({
    'login-md5-case': 'upper',
    'content-type': 'any',
  });
});

test('a reading that an app overrides is not as observed', () => {
  const readings = { ...DEFAULT_READINGS, ...observedReadings(CALIBRATION) };
  const ids = (given: typeof readings) =>
    readingsAsObserved(CALIBRATION, given).map(({ id, observedOn }) => `${id} ${observedOn}`);
  expect(ids(readings)).toEqual(['login-md5-case 2026-11-27', 'content-type 2026-11-26']);
  expect(ids({ ...readings, 'login-md5-case': 'any' })).toEqual(['content-type 2026-11-26']);
  expect(readingsAsObserved(undefined, readings)).toEqual([]);
});

test.each([
  [0, 30],
  [0.4999, 30],
  [0.5, 30],
  [0.7, 45],
  [0.9, 60],
  [0.945, 150],
  [0.99, 240],
  [0.9999, 240],
])('at the quantile %d the latency is %d ms', (point, ms) => {
  expect(latencyAt({ p50: 30, p90: 60, p99: 240 }, point)).toBe(ms);
});
