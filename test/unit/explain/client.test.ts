/** Findings about a client's behaviour over several requests. */
import { describe, expect, test } from 'vitest';
import { formatMagicToken } from '../../../mock-server/carrier/engine/token-format.js';
import type { EarlierRequest } from '../../../mock-server/explain/subject.js';
import { loginBody, NOW_MS, type Scene, TOKEN, USED, verifyBody } from '../../support/engine.js';
import { type Around, evidenceFor, findingIds, subjectFor } from '../../support/explain.js';

const OTHER_TOKEN = `${TOKEN.slice(0, -1)}Q`;

function earlierRequest(changes: Partial<EarlierRequest> = {}): EarlierRequest {
  return {
    id: USED.usedBy,
    receivedAtMs: NOW_MS - 10_000,
    token: TOKEN,
    msgId: undefined,
    sentAt: undefined,
    resultCode: '103000',
    ...changes,
  };
}

function loginAgain(scene: Scene, around: Around = {}) {
  return subjectFor('loginTokenValidate', loginBody(), scene, around);
}

function verifyAgain(scene: Scene, around: Around = {}) {
  return subjectFor('tokenValidate', verifyBody(), scene, around);
}

describe('a token sent again after a charged result', () => {
  test.each([
    { operation: 'loginTokenValidate', resultCode: '103000' },
    { operation: 'tokenValidate', resultCode: '000' },
    { operation: 'tokenValidate', resultCode: '001' },
  ] as const)('$resultCode', ({ operation, resultCode }) => {
    const again = operation === 'loginTokenValidate' ? loginAgain : verifyAgain;
    const subject = again({ token: USED }, { earlier: [earlierRequest({ resultCode })] });
    expect(subject.decidedBy).toBe('tokenUnused');
    expect(findingIds(subject)).toEqual(['token.used', 'client.retry']);
    expect(evidenceFor(subject, 'client.retry')).toEqual([{ requestId: USED.usedBy, resultCode }]);
  });

  test('and after a later refusal: the charged request is named', () => {
    const refused = earlierRequest({ id: 'abc123-1', resultCode: '104201' });
    const subject = loginAgain({ token: USED }, { earlier: [refused, earlierRequest()] });
    expect(evidenceFor(subject, 'client.retry')).toEqual([{ requestId: USED.usedBy, resultCode: '103000' }]);
  });

  test('is accepted if the first result was forced, because a forced result consumes no token', () => {
    const subject = loginAgain({}, { earlier: [earlierRequest()] });
    expect(subject.decidedBy).toBe('allMet');
    expect(findingIds(subject)).toEqual(['client.retry']);
  });

  test('is recognised if the journal no longer has the charged request', () => {
    const subject = loginAgain({ token: USED });
    expect(findingIds(subject)).toEqual(['token.used', 'client.retry']);
    expect(evidenceFor(subject, 'client.retry')).toEqual([{ requestId: USED.usedBy }]);
  });
});

test('a refusal that consumed the token, by a reading, counts like a success', () => {
  const scene: Scene = { token: USED, readings: { 'refused-call-uses-token': 'yes' } };
  const subject = loginAgain(scene, { earlier: [earlierRequest({ resultCode: '103101' })] });
  expect(evidenceFor(subject, 'client.retry')).toEqual([{ requestId: USED.usedBy, resultCode: '103101' }]);
});

describe('is not a retry:', () => {
  test.each([
    { description: 'a wrong signature, fixed', earlier: earlierRequest({ resultCode: '103101' }) },
    { description: 'a service error', earlier: earlierRequest({ resultCode: '103211' }) },
    { description: 'a missing response', earlier: earlierRequest({ resultCode: undefined }) },
    { description: 'another token', earlier: earlierRequest({ token: OTHER_TOKEN }) },
    { description: 'no token', earlier: earlierRequest({ token: undefined }) },
    { description: 'the other operation', earlier: earlierRequest({ resultCode: '001' }) },
  ])('login after $description', ({ earlier }) => {
    expect(findingIds(loginAgain({}, { earlier: [earlier] }))).toEqual([]);
  });

  test('a token of login, used there and then sent to verify, belongs to the other capability', () => {
    const scene: Scene = { token: { ...USED, capability: 'loginTokenValidate' } };
    expect(findingIds(verifyAgain(scene, { earlier: [earlierRequest()] }))).toEqual([
      'token.other-capability',
      'token.used',
    ]);
    expect(findingIds(verifyAgain(scene))).toEqual(['token.other-capability', 'token.used']);
  });

  test('a magic token, which works any number of times', () => {
    const token = formatMagicToken('103000');
    const around: Around = { decidedBy: 'forced', earlier: [earlierRequest({ token })] };
    const subject = subjectFor('loginTokenValidate', loginBody({ token }), { state: { token: undefined } }, around);
    expect(findingIds(subject)).toEqual([]);
  });

  test('requests without a token', () => {
    const earlier = [earlierRequest({ token: undefined })];
    const subject = subjectFor('loginTokenValidate', loginBody({ token: undefined }), {}, { earlier });
    expect(findingIds(subject)).not.toContain('client.retry');
  });
});
