/** The parts of a calibration that the mock uses: the observed readings. */
import { expect, test } from 'vitest';
import {
  type Calibration,
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
