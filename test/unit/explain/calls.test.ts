/** Findings about used-up calls. The document, 1.4 105312 and 2, notes 1 and 2. */
import { describe, expect, test } from 'vitest';
import { loginBody, NOW_MS, QUOTA, UNKNOWN_APP, verifyBody } from '../../support/engine.js';
import { evidenceFor, findingIds, subjectFor } from '../../support/explain.js';

// 2026-11-26 00:00:00 in Beijing.
const MIDNIGHT_MS = Date.UTC(2026, 10, 25, 16);

describe('the daily quota', () => {
  test('its evidence has the counts and the time of the reset', () => {
    const subject = subjectFor('tokenValidate', verifyBody(), { state: { callsUsed: QUOTA + 3 } });
    expect(evidenceFor(subject, 'calls.daily-quota')).toEqual([
      { limit: QUOTA, used: QUOTA + 3, renewsAtMs: MIDNIGHT_MS, renewsAt: '20261126000000000' },
    ]);
  });

  test.each([
    { description: 'one millisecond before midnight', nowMs: MIDNIGHT_MS - 1, renewsAt: '20261126000000000' },
    { description: 'at midnight', nowMs: MIDNIGHT_MS, renewsAt: '20261127000000000' },
    { description: 'on the last day of the year', nowMs: Date.UTC(2026, 11, 31), renewsAt: '20270101000000000' },
  ])('it resets at the next midnight in Beijing by the app’s clock, $description', ({ nowMs, renewsAt }) => {
    const subject = subjectFor('tokenValidate', verifyBody(), { nowMs, settings: { dailyQuota: 0 } });
    expect(evidenceFor(subject, 'calls.daily-quota')).toMatchObject([{ limit: 0, renewsAt }]);
  });

  test('login is not limited if a reading applies the quota only to verify', () => {
    const scene = { state: { callsUsed: QUOTA }, readings: { 'daily-quota-covers': 'tokenValidate' } } as const;
    expect(findingIds(subjectFor('loginTokenValidate', loginBody(), scene))).toEqual([]);
    expect(findingIds(subjectFor('tokenValidate', verifyBody(), scene))).toEqual(['calls.daily-quota']);
  });
});

describe('the package', () => {
  test.each([
    { description: 'is reported if it has no calls', callPackage: 0, callsUsed: 0, ids: ['calls.package'] },
    { description: 'is not reported if it has no limit', callPackage: null, callsUsed: 5000, ids: [] },
  ])('$description', ({ callPackage, callsUsed, ids }) => {
    const scene = { settings: { contracted: true, callPackage, dailyQuota: 0 }, state: { callsUsed } };
    expect(findingIds(subjectFor('tokenValidate', verifyBody(), scene))).toEqual(ids);
    expect(findingIds(subjectFor('loginTokenValidate', loginBody(), scene))).toEqual(ids);
  });

  test('its evidence has the counts and no time of a reset', () => {
    const scene = { settings: { contracted: true, callPackage: 10 }, state: { callsUsed: 10 }, nowMs: NOW_MS };
    const subject = subjectFor('tokenValidate', verifyBody(), scene);
    expect(evidenceFor(subject, 'calls.package')).toEqual([{ limit: 10, used: 10 }]);
  });
});

test('used-up calls are reported after a token that decided', () => {
  const scene = { token: { usedBy: 'abc123-0123456789abcdef' }, state: { callsUsed: QUOTA } };
  const ids = findingIds(subjectFor('tokenValidate', verifyBody(), scene));
  expect(ids[0]).toBe('token.used');
  expect(ids).toContain('calls.daily-quota');
});

test('an unknown app has no finding', () => {
  const ids = findingIds(subjectFor('tokenValidate', verifyBody(), UNKNOWN_APP));
  expect(ids.filter((id) => id.startsWith('calls.'))).toEqual([]);
});
