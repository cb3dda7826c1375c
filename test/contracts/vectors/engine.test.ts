/** Every vector of a sign or a phoneNum, sent to the engine: what is acceptable is taken under the laxest readings. */
import { describe, expect, test } from 'vitest';
import type { Readings } from '../../../mock-server/engine/readings.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { judge, SETTINGS, TOKEN } from '../../support/engine.js';
import { privateKeyOf } from '../../support/keys.js';
import { verifyRequest, verifyRsaRequest } from '../../support/requests.js';
import { ofType, text, type Vector } from './vector-files.js';

const LAX = { 'login-md5-case': 'any', 'verify-hex-case': 'any', 'system-time': 'digits' } as const;

/** An app with the credentials of a vector; the carrier's pair is that of the vectors. */
function sceneOf({ group }: Vector, readings: Partial<Readings>) {
  const { appId = SETTINGS.appId, appKey = SETTINGS.appKey, appSecret = '', appVerifyKey = null } = group;
  const { platformPrivateKey } = group;
  const state = platformPrivateKey === undefined ? {} : { platformKey: privateKeyOf(platformPrivateKey) };
  return { settings: { appId, appKey, appSecret, appVerifyKey }, readings, state };
}

function codeOf(operation: Operation, body: unknown, vector: Vector): string {
  return judge(operation, body, sceneOf(vector, LAX)).decision.resultCode;
}

describe('a sign before the engine', () => {
  // A sign that is not there, or that no key could make, is refused as a parameter.
  test.each(ofType('LoginMd5Sign', 'LoginRsaSign'))('$name', (vector) => {
    const code = codeOf('loginTokenValidate', { ...vector.message, sign: text(vector.texts, 'sign') }, vector);
    const refusal = vector.flags.includes('Empty') ? '103414' : '103101';
    expect(code).toBe(vector.result === 'invalid' ? refusal : '103000');
  });

  test.each(ofType('TokenValidateHmacSign', 'TokenValidateRsaSign'))('$name', (vector) => {
    const { header, body, texts } = vector;
    const code = codeOf('tokenValidate', { header, body: { ...body, sign: text(texts, 'sign') } }, vector);
    const refusal = vector.flags.includes('Empty') ? '102' : '302';
    expect(code).toBe(vector.result === 'invalid' ? refusal : '000');
  });
});

/** Of the vector's number, with a sign that is right for its phoneNum. */
function hashedRequest({ group, texts }: Vector) {
  const phoneNumber = text(texts, 'phoneNumber');
  const changes = { header: { timestamp: text(group, 'timestamp') }, body: { phoneNum: text(texts, 'phoneNum') } };
  return verifyRequest({ ...SETTINGS, appKey: text(group, 'appKey') }, { token: TOKEN, phoneNumber }, changes);
}

describe('a phoneNum before the engine', () => {
  test.each(ofType('TokenValidatePhoneNumHash'))('$name', (vector) => {
    const phoneNumber = text(vector.texts, 'phoneNumber');
    const body = hashedRequest(vector);
    const { decision } = judge('tokenValidate', body, { ...sceneOf(vector, LAX), token: { phoneNumber } });
    const refusals = vector.flags.includes('Empty') ? ['102'] : ['001', '004'];
    expect(vector.result === 'invalid' ? refusals : ['000']).toContain(decision.resultCode);
  });

  test.each(ofType('TokenValidatePhoneNumDecrypt'))('$name', (vector) => {
    const { group, texts } = vector;
    const { appSignPrivateKey = '', appVerifyKey = '' } = ofType('TokenValidateRsaSign')[0]?.group ?? {};
    const phoneNumber = text(texts, 'phoneNumber');
    const body = verifyRsaRequest(
      { ...SETTINGS, appKey: text(group, 'appKey') },
      { token: TOKEN, phoneNumber },
      {
        signKey: appSignPrivateKey,
        platformPublicKey: text(group, 'platformPublicKey'),
        changes: { header: { timestamp: text(group, 'timestamp') }, body: { phoneNum: text(texts, 'phoneNum') } },
      },
    );
    const scene = sceneOf({ ...vector, group: { ...group, appVerifyKey } }, LAX);
    const { decision } = judge('tokenValidate', body, { ...scene, token: { phoneNumber } });
    const refusal = vector.flags.includes('Empty') ? '102' : '004';
    expect(decision.resultCode).toBe(vector.result === 'invalid' ? refusal : '000');
  });
});
