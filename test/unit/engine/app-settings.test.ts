/**
 * Compiling an app's settings for the decision, and the keys that can be registered. The limit of an app's calls. The
 * document, 2, notes 1 and 2.
 */
import { describe, expect, test } from 'vitest';
import { compileApp, publicKeyProblem } from '../../../mock-server/carrier/engine/app-settings.js';
import { callLimit } from '../../../mock-server/carrier/engine/quota.js';
import { isTokenLive } from '../../../mock-server/carrier/engine/state.js';
import { CAPABILITIES, OPERATORS, SIGN_SECRETS } from '../../../src/protocol/portal.js';
import { english } from '../../support/bilingual.js';
import { listsOf, login, SETTINGS, settingsOf, tokenOf, verify } from '../../support/engine.js';
import { longPair, publicKeyOf, publicKeyOfBits, TEST_KEYS } from '../../support/keys.js';

test('capabilities, signing secrets and operators are closed sets', () => {
  expect(CAPABILITIES.at(-1)).toBe('smsFallback');
  expect(SIGN_SECRETS).toEqual(['appSecret', 'appKey']);
  expect(OPERATORS).toEqual(['mobile', 'unicom', 'telecom']);
});

describe('a compiled app', () => {
  test('has its keys, lists, capabilities and secret', () => {
    const ipWhitelist = listsOf({ loginTokenValidate: '10.0.0.1', tokenValidate: '10.0.0.2' });
    const settings = settingsOf({ settings: { ipWhitelist } });
    const app = compileApp(settings);
    expect(app.settings).toBe(settings);
    expect(app.verifyKey?.equals(publicKeyOf(TEST_KEYS.demoAppSign.publicKey))).toBe(true);
    expect(app.encryptKey?.equals(publicKeyOf(TEST_KEYS.demoAppDecrypt.publicKey))).toBe(true);
    expect([...app.capabilities]).toEqual(SETTINGS.capabilities);
    expect([
      app.admits.loginTokenValidate('10.0.0.1'),
      app.admits.loginTokenValidate('10.0.0.2'),
    ]).toEqual([true, false]);
    expect([app.admits.tokenValidate('10.0.0.1'), app.admits.tokenValidate('10.0.0.2')]).toEqual([
      false,
      true,
    ]);
    const { appKey, appSecret } = SETTINGS;
    expect(Array.from(app.signers.values(), ({ secret }) => secret)).toEqual([appSecret, appKey]);
  });

  test('is compiled once for each settings object', () => {
    const settings = settingsOf();
    expect(compileApp(settings)).toBe(compileApp(settings));
    expect(compileApp(settings)).not.toBe(compileApp(settingsOf()));
  });

  test.each([
    { description: 'no keys', text: null },
    { description: 'invalid keys', text: 'AAEC' },
    { description: 'private keys', text: TEST_KEYS.demoAppSign.privateKey },
    { description: 'keys of 1023 bits', text: publicKeyOfBits(1023) },
    { description: 'keys of 4097 bits', text: publicKeyOfBits(4097) },
    { description: 'keys with an exponent of 1', text: publicKeyOfBits(1024, 'AQ') },
  ])('with $description has no usable keys', ({ text }) => {
    const app = compileApp(settingsOf({ settings: { appVerifyKey: text, appEncryptKey: text } }));
    expect([app.verifyKey, app.encryptKey]).toEqual([undefined, undefined]);
  });

  test('has its own key, even if many other apps have other keys', () => {
    const keys = Array.from({ length: 100 }, (_, at) => publicKeyOfBits(1024 + at));
    for (const appVerifyKey of [...keys, ...keys]) {
      const { verifyKey } = compileApp(settingsOf({ settings: { appVerifyKey } }));
      expect(verifyKey?.export({ format: 'der', type: 'spki' }).toString('base64')).toBe(
        appVerifyKey,
      );
    }
  });
});

test.each([
  {
    description: 'a key of the portal',
    text: TEST_KEYS.demoAppSign.publicKey,
    expected: undefined,
  },
  { description: '2048 bits', text: longPair().publicKey, expected: undefined },
  {
    description: '1023 bits',
    text: publicKeyOfBits(1023),
    expected: 'must be an RSA key of 1024 to 4096 bits, found one of 1023',
  },
  { description: '1024 bits', text: publicKeyOfBits(1024), expected: undefined },
  { description: '4096 bits', text: publicKeyOfBits(4096), expected: undefined },
  {
    description: '4097 bits',
    text: publicKeyOfBits(4097),
    expected: 'must be an RSA key of 1024 to 4096 bits, found one of 4097',
  },
  { description: 'an exponent of 3', text: publicKeyOfBits(1024, 'Aw'), expected: undefined },
  {
    description: 'an exponent of 1',
    text: publicKeyOfBits(1024, 'AQ'),
    expected: 'must be an RSA key with an odd exponent of 3 or more, found 1',
  },
  {
    description: 'an exponent of 65536',
    text: publicKeyOfBits(1024, 'AQAA'),
    expected: 'must be an RSA key with an odd exponent of 3 or more, found 65536',
  },
  {
    description: 'a text that is not Base64',
    text: '*',
    expected: 'must be the Base64 of an RSA public key (SPKI), found text that is not Base64',
  },
  {
    description: 'a private key',
    text: TEST_KEYS.demoAppSign.privateKey,
    expected: 'must be the Base64 of an RSA public key (SPKI), found a private key',
  },
])('registering $description: $expected', ({ text, expected }) => {
  const problem = publicKeyProblem(text);
  expect(problem && english(problem)).toBe(expected);
});

test.each([
  { description: 'one millisecond before its issue', nowMs: 999, expected: false },
  { description: 'at its issue', nowMs: 1000, expected: true },
  { description: 'one millisecond before its expiry', nowMs: 120_999, expected: true },
  { description: 'at its expiry', nowMs: 121_000, expected: false },
])('a token $description is live: $expected', ({ nowMs, expected }) => {
  expect(
    isTokenLive(tokenOf('loginTokenValidate', { issuedAtMs: 1000, expiresAtMs: 121_000 }), nowMs),
  ).toBe(expected);
});

/** 2026-11-26 00:00:00.000 in Beijing. */
const MIDNIGHT_MS = Date.UTC(2026, 10, 25, 16);

describe('without a contract: a daily quota', () => {
  test.each([
    {
      description: 'the millisecond before midnight in Beijing',
      nowMs: MIDNIGHT_MS - 1,
      counter: 'calls:20261125',
    },
    { description: 'midnight in Beijing', nowMs: MIDNIGHT_MS, counter: 'calls:20261126' },
    {
      description: 'the last millisecond of that day',
      nowMs: MIDNIGHT_MS + 86_399_999,
      counter: 'calls:20261126',
    },
    {
      description: 'the next midnight',
      nowMs: MIDNIGHT_MS + 86_400_000,
      counter: 'calls:20261127',
    },
  ])('$description counts on $counter', ({ nowMs, counter }) => {
    const inputs = {
      settings: settingsOf({ settings: { dailyQuota: 7, callPackage: 3 } }),
      packageNumber: 5,
      nowMs,
    };
    expect(callLimit('loginTokenValidate', inputs)).toEqual({ counter, limit: 7 });
    expect(callLimit('tokenValidate', inputs)).toEqual({ counter, limit: 7 });
  });

  test('a decision counts on the day of the app', () => {
    const scene = (nowMs: number) => ({
      nowMs,
      token: { issuedAtMs: nowMs, expiresAtMs: nowMs + 1 },
    });
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
  ])(
    'package $packageNumber with a callPackage of $callPackage has its own counter',
    ({ callPackage, packageNumber, expected }) => {
      const settings = settingsOf({ settings: { contracted: true, callPackage } });
      const inputs = { settings, packageNumber, nowMs: MIDNIGHT_MS };
      expect([callLimit('loginTokenValidate', inputs), callLimit('tokenValidate', inputs)]).toEqual(
        [expected, expected],
      );
    },
  );

  test('a decision counts on the current package', () => {
    const callLimit = { counter: 'package:2', limit: 3 };
    const scene = {
      settings: { contracted: true, callPackage: 3 },
      state: { callLimit, callsUsed: 2 },
    };
    expect(login({}, scene).effects).toContainEqual({
      kind: 'countCall',
      counter: 'package:2',
      limit: 3,
    });
  });
});

describe('daily-quota-covers tokenValidate', () => {
  const readings = { 'daily-quota-covers': 'tokenValidate' } as const;
  const inputs = { packageNumber: 0, nowMs: MIDNIGHT_MS };

  test('limits verify only', () => {
    const settings = settingsOf({ readings });
    expect(callLimit('loginTokenValidate', { ...inputs, settings })).toBeUndefined();
    expect(callLimit('tokenValidate', { ...inputs, settings })).toEqual({
      counter: 'calls:20261126',
      limit: 1000,
    });
  });

  test('does not count a charged login', () => {
    expect(login({}, { readings }).effects.map(({ kind }) => kind)).toEqual(['useToken', 'charge']);
  });

  test('does not change a package', () => {
    const settings = settingsOf({ readings, settings: { contracted: true, callPackage: 3 } });
    expect(callLimit('loginTokenValidate', { ...inputs, settings })).toEqual({
      counter: 'package:0',
      limit: 3,
    });
  });
});
