/** The signature vectors before the engine: what is acceptable is decided by the readings. */
import { describe, expect, test } from 'vitest';
import type { AppSettings } from '../../../mock-server/engine/app-settings.js';
import type { Readings } from '../../../mock-server/engine/readings.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { judge, SETTINGS, TOKEN, verdict } from '../../support/engine.js';
import { privateKeyOf } from '../../support/keys.js';
import { verifyRequest } from '../../support/requests.js';
import { readVectors, type Vector, vectorOf } from '../../support/vectors.js';

/** An app with the credentials of a vector, and the keys that are registered besides. */
function settingsOf({ group }: Vector): Partial<AppSettings> {
  const {
    appId = SETTINGS.appId,
    appKey = '',
    appSecret = '',
    appVerifyKey = null,
  } = group as Partial<Vector['group']>;
  return { appId, appKey, appSecret, appVerifyKey };
}

function decideVector(operation: Operation, vector: Vector, readings: Partial<Readings> = {}): string {
  const { message, sign, group } = vector;
  const body =
    operation === 'loginTokenValidate'
      ? { ...message, sign }
      : { header: message.header, body: { ...message.body, sign } };
  const { platformPrivateKey } = group as Partial<Vector['group']>;
  const state = platformPrivateKey === undefined ? {} : { platformKey: privateKeyOf(platformPrivateKey) };
  return verdict(judge(operation, body, { settings: settingsOf(vector), readings, state }).decision);
}

const EMPTY_SIGN = 27;

describe('login', () => {
  test.each([...readVectors('login-md5'), ...readVectors('login-rsa')])('$description', (vector) => {
    const refused = vector.tcId === EMPTY_SIGN ? '103414 parametersValid' : '103101 signValid';
    const expected = vector.result === 'invalid' ? refused : '103000 allMet';
    expect(decideVector('loginTokenValidate', vector)).toBe(expected);
  });

  test.each([
    { tcId: 2, file: 'login-md5', expected: '103101 signValid' },
    { tcId: 1, file: 'login-md5', expected: '103000 allMet' },
    { tcId: 18, file: 'login-rsa', expected: '103000 allMet' },
  ])('$tcId under login-md5-case upper is $expected', ({ tcId, file, expected }) => {
    const readings = { 'login-md5-case': 'upper' } as const;
    expect(decideVector('loginTokenValidate', vectorOf(readVectors(file), tcId), readings)).toBe(expected);
  });
});

describe('verify, HMACSHA256', () => {
  test.each(readVectors('token-validate-hmac'))('$description', (vector) => {
    expect(decideVector('tokenValidate', vector)).toBe(vector.result === 'valid' ? '000 allMet' : '302 signValid');
  });

  test.each(readVectors('token-validate-hmac'))('under verify-hex-case any, $description', (vector) => {
    const expected = vector.result === 'invalid' ? '302 signValid' : '000 allMet';
    expect(decideVector('tokenValidate', vector, { 'verify-hex-case': 'any' })).toBe(expected);
  });
});

describe('verify, MD5withRSA', () => {
  test.each(readVectors('token-validate-rsa'))('$description', (vector) => {
    const expected = vector.result === 'invalid' ? '302 signValid' : '000 allMet';
    expect(decideVector('tokenValidate', vector)).toBe(expected);
  });
});

describe('verify, phoneNum', () => {
  test.each(readVectors('token-validate-phone-num'))('$description', ({ group, phoneNum, phoneNumber, result }) => {
    const { appKey, timestamp } = group;
    const credentials = { ...SETTINGS, appKey };
    const body = verifyRequest(
      credentials,
      { token: TOKEN, phoneNumber },
      { header: { timestamp }, body: { phoneNum } },
    );
    const { decision } = judge('tokenValidate', body, { settings: { appKey }, token: { phoneNumber } });
    expect(verdict(decision)).toBe(result === 'valid' ? '000 allMet' : '001 numberMatches');
  });
});
