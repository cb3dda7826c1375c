/** The limit of an app's calls. The document, 2, notes 1 and 2. */
import { describe, expect, test } from 'vitest';
import { callLimit } from '../../../mock-server/carrier/engine/quota.js';
import { login, settingsOf, verify } from '../../support/engine.js';

/** 2026-11-26 00:00:00.000 in Beijing. */
const MIDNIGHT_MS = Date.UTC(2026, 10, 25, 16);

describe('without a contract: a daily quota', () => {
  test.each([
    { description: 'the millisecond before midnight in Beijing', nowMs: MIDNIGHT_MS - 1, counter: 'calls:20261125' },
    { description: 'midnight in Beijing', nowMs: MIDNIGHT_MS, counter: 'calls:20261126' },
    { description: 'the last millisecond of that day', nowMs: MIDNIGHT_MS + 86_399_999, counter: 'calls:20261126' },
    { description: 'the next midnight', nowMs: MIDNIGHT_MS + 86_400_000, counter: 'calls:20261127' },
  ])('$description counts on $counter', ({ nowMs, counter }) => {
    const inputs = { settings: settingsOf({ settings: { dailyQuota: 7, callPackage: 3 } }), packageNumber: 5, nowMs };
    expect(callLimit('loginTokenValidate', inputs)).toEqual({ counter, limit: 7 });
    expect(callLimit('tokenValidate', inputs)).toEqual({ counter, limit: 7 });
  });

  test('a decision counts against the day of the app’s clock', () => {
    const scene = (nowMs: number) => ({ nowMs, token: { issuedAtMs: nowMs, expiresAtMs: nowMs + 1 } });
    const counters = [MIDNIGHT_MS - 1, MIDNIGHT_MS].flatMap((nowMs) =>
      [login({}, scene(nowMs)), verify({}, scene(nowMs))].map(({ effects }) => effects[1]),
    );
    expect(counters).toEqual([
      { kind: 'countCall', counter: 'calls:20261125', limit: 1000 },
      { kind: 'countCall', counter: 'calls:20261125', limit: 1000 },
      { kind: 'countCall', counter: 'calls:20261126', limit: 1000 },
      { kind: 'countCall', counter: 'calls:20261126', limit: 1000 },
    ]);
  });
});

describe('with a contract: a package', () => {
  test.each([
    { callPackage: null, packageNumber: 0, expected: { counter: 'package:0', limit: null } },
    { callPackage: 3, packageNumber: 0, expected: { counter: 'package:0', limit: 3 } },
    { callPackage: 0, packageNumber: 2, expected: { counter: 'package:2', limit: 0 } },
  ])('$callPackage, number $packageNumber', ({ callPackage, packageNumber, expected }) => {
    const settings = settingsOf({ settings: { contracted: true, callPackage } });
    const inputs = { settings, packageNumber, nowMs: MIDNIGHT_MS };
    expect([callLimit('loginTokenValidate', inputs), callLimit('tokenValidate', inputs)]).toEqual([expected, expected]);
  });

  test('a decision counts against the current package', () => {
    const callLimit = { counter: 'package:2', limit: 3 };
    const scene = { settings: { contracted: true, callPackage: 3 }, state: { callLimit, callsUsed: 2 } };
    expect(login({}, scene).effects).toContainEqual({ kind: 'countCall', counter: 'package:2', limit: 3 });
  });
});

describe('daily-quota-covers tokenValidate', () => {
  const readings = { 'daily-quota-covers': 'tokenValidate' } as const;
  const inputs = { packageNumber: 0, nowMs: MIDNIGHT_MS };

  test('exempts login but not verify', () => {
    const settings = settingsOf({ readings });
    expect(callLimit('loginTokenValidate', { ...inputs, settings })).toBeUndefined();
    expect(callLimit('tokenValidate', { ...inputs, settings })).toEqual({ counter: 'calls:20261126', limit: 1000 });
  });

  test('a charged login is not counted', () => {
    expect(login({}, { readings }).effects.map(({ kind }) => kind)).toEqual(['useToken', 'charge']);
  });

  test('does not affect a package', () => {
    const settings = settingsOf({ readings, settings: { contracted: true, callPackage: 3 } });
    expect(callLimit('loginTokenValidate', { ...inputs, settings })).toEqual({ counter: 'package:0', limit: 3 });
  });
});
