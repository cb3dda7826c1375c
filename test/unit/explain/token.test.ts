/** Findings about the token. The document, 1.4, 2 and 2.5. Observed: other texts that clients send as a token. */
import { describe, expect, test } from 'vitest';
import type { EarlierRequest } from '../../../mock-server/explain/subject.js';
import {
  EXPIRED,
  loginBody,
  NOW_MS,
  type Scene,
  TOKEN,
  tokenOf,
  USED,
  verifyBody,
} from '../../support/engine.js';
import { type Around, evidenceFor, findingIds, subjectFor } from '../../support/explain.js';

const LEGACY =
  '8484010001320200344E6A5A4551554D784F444E474E446C434E446779517A673340687474703A2F2F3139322E3136382E31322E3233363A393039302F';

/** Not minted. */
const STRANGE: Scene = { state: { token: undefined } };

function loginWith(token: unknown, scene: Scene = {}, around: Around = {}) {
  return subjectFor('loginTokenValidate', loginBody({ token }), scene, around);
}

const ofToken = (ids: readonly string[]) => ids.filter((id) => id.startsWith('token.'));

test('null is first not a String, then a missing token', () => {
  const ids = findingIds(loginWith(null, STRANGE));
  expect(ids[0]).toBe('value.not-a-string');
  expect(ids).toContain('token.empty');
});

describe('a text that is not a token of the carrier', () => {
  test.each([
    { description: 'white space around', token: ` ${TOKEN}\n` },
    { description: 'a percent sign that encodes nothing', token: `${TOKEN}%` },
    { description: 'percent codes that are not UTF-8', token: `${TOKEN}%FF` },
    { description: 'short hex', token: '84840100AB' },
  ])('$description is reported as none of these', ({ token }) => {
    expect(ofToken(findingIds(loginWith(token, STRANGE)))).toEqual([]);
  });
});

describe('a token outside its validity period', () => {
  const { expiresAtMs } = tokenOf('loginTokenValidate');

  test.each([
    { description: 'at its expiry', nowMs: expiresAtMs, byMs: 0 },
    { description: 'if the clock is set back before its issue', nowMs: NOW_MS - 1001, byMs: 1 },
  ])('$description', ({ nowMs, byMs }) => {
    const subject = loginWith(TOKEN, { nowMs });
    expect(subject.decidedBy).toBe('tokenLive');
    expect(ofToken(findingIds(subject))).toEqual(['token.expired']);
    expect(evidenceFor(subject, 'token.expired')).toMatchObject([
      {
        byMs,
        issuedAtMs: NOW_MS - 1000,
        expiresAtMs,
        issuedAt: '20261125093619000',
        expiresAt: '20261125093819000',
      },
    ]);
  });

  test.each([
    { description: 'one millisecond before its end', nowMs: expiresAtMs - 1 },
    { description: 'at its issue', nowMs: NOW_MS - 1000 },
  ])('$description, the token is valid', ({ nowMs }) => {
    expect(ofToken(findingIds(loginWith(TOKEN, { nowMs })))).toEqual([]);
  });
});

describe('a malformed text that was minted', () => {
  test('is reported by its format, not by its state', () => {
    expect(findingIds(loginWith(LEGACY, { token: { ...USED, ...EXPIRED } })).slice(0, 1)).toEqual([
      'token.legacy',
    ]);
    expect(ofToken(findingIds(loginWith(LEGACY, { token: EXPIRED })))).toEqual(['token.legacy']);
  });
});

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
    expect(evidenceFor(subject, 'client.retry')).toEqual([
      { requestId: USED.usedBy, resultCode: '103000' },
    ]);
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
  expect(evidenceFor(subject, 'client.retry')).toEqual([
    { requestId: USED.usedBy, resultCode: '103101' },
  ]);
});
