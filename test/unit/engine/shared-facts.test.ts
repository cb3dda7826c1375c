/** The facts of both operations, on both sides of each boundary. The document, 1.2, 2 and 2.3. */
import { describe, expect, test } from 'vitest';
import {
  foreignTokenOf,
  IP,
  login,
  NOW_MS,
  QUOTA,
  type Scene,
  TOKEN,
  tokenOf,
  verdict,
  verify,
} from '../../support/engine.js';

const login_ = (changes: object, scene: Scene = {}) => verdict(login({ ...changes }, scene));
const verifyHeader = (changes: object) => verdict(verify({ header: { ...changes } }));

const PASSES = { atLogin: '103000 allMet', atVerify: '000 allMet' };
const INVALID = { atLogin: '103414 parametersValid', atVerify: '102 parametersValid' };

describe('msgid: 1 to 36 UTF-16 units', () => {
  test.each([
    { description: '36 letters', msgId: 'a'.repeat(36), expected: PASSES },
    { description: '37 letters', msgId: 'a'.repeat(37), expected: INVALID },
    { description: 'one letter', msgId: 'a', expected: PASSES },
    { description: 'a space', msgId: ' ', expected: PASSES },
    { description: 'nothing', msgId: '', expected: INVALID },
    { description: '36 characters of three bytes', msgId: '消'.repeat(36), expected: PASSES },
    { description: '37 characters of three bytes', msgId: '消'.repeat(37), expected: INVALID },
    { description: '18 astral characters, 36 units', msgId: '😀'.repeat(18), expected: PASSES },
    { description: '18 astral characters and a letter, 37 units', msgId: `${'😀'.repeat(18)}a`, expected: INVALID },
    { description: '19 astral characters, 38 units', msgId: '😀'.repeat(19), expected: INVALID },
    { description: 'a UUID with dashes', msgId: '8adff305-c7fc-b3e1-b1ae-cc130792fbd0', expected: PASSES },
  ])('$description', ({ msgId, expected }) => {
    expect({ atLogin: login_({ msgid: msgId }), atVerify: verifyHeader({ msgId }) }).toEqual(expected);
  });

  test('absent is invalid', () => {
    expect({ atLogin: login_({ msgid: undefined }), atVerify: verifyHeader({ msgId: undefined }) }).toEqual(INVALID);
  });
});

describe('systemtime: 17 digits', () => {
  test.each([
    { description: '17 digits', sentAt: '20121227180001165', expected: PASSES },
    { description: '16 digits', sentAt: '2012122718000116', expected: INVALID },
    { description: '18 digits', sentAt: '201212271800011650', expected: INVALID },
    { description: '17 digits that are not a date', sentAt: '17955597570543730', expected: PASSES },
    { description: 'a letter', sentAt: '2012122718000116x', expected: INVALID },
    { description: 'nothing', sentAt: '', expected: INVALID },
  ])('$description', ({ sentAt, expected }) => {
    expect({ atLogin: login_({ systemtime: sentAt }), atVerify: verifyHeader({ timestamp: sentAt }) }).toEqual(
      expected,
    );
  });

  test('absent is invalid', () => {
    const actual = { atLogin: login_({ systemtime: undefined }), atVerify: verifyHeader({ timestamp: undefined }) };
    expect(actual).toEqual(INVALID);
  });

  test('a time before the token was issued is valid', () => {
    const token = { issuedAtMs: NOW_MS, expiresAtMs: NOW_MS + 120_000 };
    expect({ atLogin: login_({}, { token }), atVerify: verdict(verify({}, { token })) }).toEqual(PASSES);
  });
});

describe('a token lives from its issue until just before two minutes', () => {
  const token = { issuedAtMs: NOW_MS, expiresAtMs: NOW_MS + 120_000 };
  const dead = { atLogin: '104201 tokenLive', atVerify: '606 tokenLive' };

  test.each([
    { description: 'a clock set back a millisecond: dead', ageMs: -1, expected: dead },
    { description: 'the same millisecond: live', ageMs: 0, expected: PASSES },
    { description: 'one millisecond before two minutes: live', ageMs: 119_999, expected: PASSES },
    { description: 'at two minutes: dead', ageMs: 120_000, expected: dead },
    { description: 'after two minutes: dead', ageMs: 120_001, expected: dead },
  ])('$description', ({ ageMs, expected }) => {
    const scene = { token, nowMs: NOW_MS + ageMs };
    expect({ atLogin: login_({}, scene), atVerify: verdict(verify({}, scene)) }).toEqual(expected);
  });

  test('a configured lifetime applies', () => {
    const short = { issuedAtMs: NOW_MS - 10, expiresAtMs: NOW_MS + 1 };
    expect(login_({}, { token: short })).toBe('103000 allMet');
    expect(login_({}, { token: short, nowMs: NOW_MS + 1 })).toBe('104201 tokenLive');
  });
});

describe('calls left', () => {
  const none = { atLogin: '105312 callsLeft', atVerify: '103420 callsLeft' };

  test.each([
    { description: 'the last call of the day', settings: {}, callsUsed: QUOTA - 1, expected: PASSES },
    { description: 'all calls of the day used', settings: {}, callsUsed: QUOTA, expected: none },
    { description: 'more calls than the quota', settings: {}, callsUsed: QUOTA + 1, expected: none },
    { description: 'a quota of zero', settings: { dailyQuota: 0 }, callsUsed: 0, expected: none },
    { description: 'a quota of one', settings: { dailyQuota: 1 }, callsUsed: 0, expected: PASSES },
    {
      description: 'a contract without a limit',
      settings: { contracted: true },
      callsUsed: 1_000_000,
      expected: PASSES,
    },
    {
      description: 'the last call of a package',
      settings: { contracted: true, callPackage: 5 },
      callsUsed: 4,
      expected: PASSES,
    },
    { description: 'a used-up package', settings: { contracted: true, callPackage: 5 }, callsUsed: 5, expected: none },
    { description: 'an empty package', settings: { contracted: true, callPackage: 0 }, callsUsed: 0, expected: none },
    {
      description: 'a contract has no free quota',
      settings: { contracted: true, callPackage: 5, dailyQuota: 1000 },
      callsUsed: 5,
      expected: none,
    },
    {
      description: 'a package has no effect without a contract',
      settings: { contracted: false, callPackage: 0 },
      callsUsed: 0,
      expected: PASSES,
    },
  ])('$description', ({ settings, callsUsed, expected }) => {
    const scene = { settings, state: { callsUsed } };
    expect({ atLogin: login_({}, scene), atVerify: verdict(verify({}, scene)) }).toEqual(expected);
  });
});

describe('an unknown token, a token of another app, and both', () => {
  test.each([
    { description: 'unknown', state: { token: undefined }, expected: ['104201 tokenKnown', '606 tokenKnown'] },
    {
      description: 'another app',
      state: { token: undefined, foreignToken: foreignTokenOf('loginTokenValidate') },
      expected: ['103133 tokenOfThisApp', '606 tokenOfThisApp'],
    },
    {
      description: 'another app, expired by that app’s clock',
      state: { token: undefined, foreignToken: { ...foreignTokenOf('loginTokenValidate'), nowMs: NOW_MS + 120_000 } },
      expected: ['103133 tokenOfThisApp', '606 tokenOfThisApp'],
    },
  ])('$description', ({ state, expected }) => {
    expect([login_({}, { state }), verdict(verify({}, { state }))]).toEqual(expected);
  });

  test('the app’s own token has precedence', () => {
    const state = { token: tokenOf('loginTokenValidate'), foreignToken: foreignTokenOf('loginTokenValidate') };
    expect(login_({}, { state })).toBe('103000 allMet');
  });
});

describe('the token must be well-formed even if it is in the store', () => {
  test.each([
    { description: 'a wrapped token', token: `CM__1__0123456789abcdef0123456789abcdef__2.5.3.1__${TOKEN}` },
    { description: 'a token of another product', token: `H5${TOKEN}` },
    { description: 'a trailing space', token: `${TOKEN} ` },
    { description: 'a space', token: ' ' },
  ])('$description', ({ token }) => {
    expect({ atLogin: login_({ token }), atVerify: verdict(verify({ body: { token } })) }).toEqual({
      atLogin: '103113 tokenWellFormed',
      atVerify: '606 tokenWellFormed',
    });
  });
});

describe('each operation has its own whitelist and capability', () => {
  test.each([
    { description: 'both lists', loginList: IP, verifyList: IP, expected: ['103000 allMet', '000 allMet'] },
    { description: "login's list only", loginList: IP, verifyList: '', expected: ['103000 allMet', '124 ipAllowed'] },
    { description: "verify's list only", loginList: '', verifyList: IP, expected: ['103511 ipAllowed', '000 allMet'] },
    { description: 'no lists', loginList: null, verifyList: null, expected: ['103000 allMet', '000 allMet'] },
  ])('$description', ({ loginList, verifyList, expected }) => {
    const settings = { ipWhitelist: { loginTokenValidate: loginList, tokenValidate: verifyList } };
    expect([login_({ strictcheck: '1' }, { settings }), verdict(verify({}, { settings }))]).toEqual(expected);
  });

  test.each([
    { capabilities: ['loginTokenValidate'] as const, expected: ['103000 allMet', '103420 capabilityGranted'] },
    { capabilities: ['tokenValidate'] as const, expected: ['105019 capabilityGranted', '000 allMet'] },
    { capabilities: ['smsFallback'] as const, expected: ['105019 capabilityGranted', '103420 capabilityGranted'] },
  ])('$capabilities', ({ capabilities, expected }) => {
    const settings = { capabilities };
    expect([login_({}, { settings }), verdict(verify({}, { settings }))]).toEqual(expected);
  });
});

describe('a test number fails at the row of its requirement', () => {
  test.each([
    { unmet: 'serviceUp', expected: ['103211 serviceUp', '999 serviceUp'] },
    { unmet: 'tokenServiceUp', expected: ['103000 allMet', '003 tokenServiceUp'] },
    { unmet: 'numberObtained', expected: ['103000 allMet', '002 numberObtained'] },
  ])('$unmet', ({ unmet, expected }) => {
    const state = { unmetByPersona: [unmet] };
    expect([login_({}, { state }), verdict(verify({}, { state }))]).toEqual(expected);
  });
});
