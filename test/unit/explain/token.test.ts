/** Findings about the token. The document, 1.4, 2 and 2.5. Observed: other texts that clients send as a token. */
import { describe, expect, test } from 'vitest';
import { formatMagicToken } from '../../../mock-server/carrier/engine/token-format.js';
import type { EarlierRequest } from '../../../mock-server/explain/subject.js';
import {
  EXPIRED,
  foreignTokenOf,
  loginBody,
  NOW_MS,
  type Scene,
  TOKEN,
  tokenOf,
  UNKNOWN_APP,
  USED,
  verifyBody,
} from '../../support/engine.js';
import { type Around, evidenceFor, findingIds, subjectFor } from '../../support/explain.js';

const WRAPPER = 'CM__1__3996159873d7ccc36f46803b88dda97a__2.5.3.1__';
const LEGACY =
  '8484010001320200344E6A5A4551554D784F444E474E446C434E446779517A673340687474703A2F2F3139322E3136382E31322E3233363A393039302F';
const SAMPLE = 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ';

/** Not minted. */
const STRANGE: Scene = { state: { token: undefined } };

function loginWith(token: unknown, scene: Scene = {}, around: Around = {}) {
  return subjectFor('loginTokenValidate', loginBody({ token }), scene, around);
}

function verifyWith(token: unknown, scene: Scene = {}, around: Around = {}) {
  return subjectFor('tokenValidate', verifyBody({ body: { token } }), scene, around);
}

const ofToken = (ids: readonly string[]) => ids.filter((id) => id.startsWith('token.'));

describe('no token', () => {
  test('null is first not a String, then a missing token', () => {
    const ids = [loginWith(null, STRANGE), verifyWith(null, STRANGE)].map(findingIds);
    expect(ids.map(([first]) => first)).toEqual(['value.not-a-string', 'value.not-a-string']);
    expect(ids.map((each) => each.includes('token.empty'))).toEqual([true, true]);
  });

  test.each([
    { description: 'another case', body: { ...loginBody({ token: undefined }), Token: TOKEN } },
    {
      description: 'white space in the name',
      body: { ...loginBody({ token: undefined }), 'token ': TOKEN },
    },
    { description: 'an extra letter', body: { ...loginBody({ token: undefined }), tokens: TOKEN } },
    { description: 'a number', body: loginBody({ token: 5 }) },
    { description: 'the body of verify', body: verifyBody() },
    { description: 'invalid JSON', body: '{' },
  ])('login: $description is another mistake', ({ body }) => {
    expect(findingIds(subjectFor('loginTokenValidate', body, STRANGE))).not.toContain(
      'token.empty',
    );
  });

  test.each([
    { description: 'no body', body: { header: verifyBody().header } },
    { description: 'the body of login', body: loginBody() },
  ])('verify: $description is another mistake', ({ body }) => {
    expect(findingIds(subjectFor('tokenValidate', body, STRANGE))).not.toContain('token.empty');
  });

  test('a field with a different name is not a misspelt token', () => {
    const body = { ...loginBody({ token: undefined }), accessCode: TOKEN };
    expect(findingIds(subjectFor('loginTokenValidate', body, STRANGE))).toContain('token.empty');
  });
});

describe('a text that is not a token of the carrier', () => {
  test('the evidence of a wrapper has the token inside', () => {
    const wrapped = WRAPPER + TOKEN;
    expect(evidenceFor(loginWith(wrapped, STRANGE), 'token.wrapped')).toEqual([
      { field: 'token', received: wrapped, expected: TOKEN, inner: TOKEN },
    ]);
  });

  test('a wrapper with a line break is both mistakes', () => {
    const subject = loginWith(`${WRAPPER}${TOKEN.slice(0, 30)}\n${TOKEN.slice(30)}`, STRANGE);
    expect(findingIds(subject)).toEqual(['token.wrapped', 'token.url-encoded']);
    expect(evidenceFor(subject, 'token.wrapped')).toMatchObject([{ inner: TOKEN }]);
  });

  test.each([
    { description: 'encoded', token: `${TOKEN}%0A` },
    { description: 'encoded twice', token: `${TOKEN}%250A` },
    { description: 'with a space inside', token: `${TOKEN.slice(0, 9)} ${TOKEN.slice(9)}` },
  ])('the evidence of a damaged token has the repaired token: $description', ({ token }) => {
    expect(evidenceFor(loginWith(token, STRANGE), 'token.url-encoded')).toEqual([
      { field: 'token', received: token, expected: TOKEN },
    ]);
  });

  test.each([
    { description: 'white space around', token: ` ${TOKEN}\n` },
    { description: 'a percent sign that encodes nothing', token: `${TOKEN}%` },
    { description: 'percent codes that are not UTF-8', token: `${TOKEN}%FF` },
    { description: 'short hex', token: '84840100AB' },
  ])('$description is reported as none of these', ({ token }) => {
    expect(ofToken(findingIds(loginWith(token, STRANGE)))).toEqual([]);
  });
});

describe('a token that was never issued', () => {
  test('a sample that was minted is a normal token', () => {
    expect(ofToken(findingIds(loginWith(SAMPLE)))).toEqual([]);
    expect(ofToken(findingIds(loginWith(SAMPLE, { token: EXPIRED })))).toEqual(['token.expired']);
  });

  test('an unknown app has no unknown tokens', () => {
    expect(ofToken(findingIds(loginWith(TOKEN, UNKNOWN_APP)))).toEqual([]);
  });
});

describe('a token of another app', () => {
  const scene = (changes = {}): Scene => ({
    state: { token: undefined, foreignToken: foreignTokenOf('loginTokenValidate', changes) },
  });

  test.each([
    { description: 'used', changes: USED, ids: ['token.other-app', 'token.used'] },
    { description: 'expired', changes: EXPIRED, ids: ['token.other-app', 'token.expired'] },
  ])('$description, which a reading treats as unknown', ({ changes, ids }) => {
    const subject = loginWith(TOKEN, {
      ...scene(changes),
      readings: { 'other-apps-dead-token': '104201' },
    });
    expect(subject.decidedBy).toBe('tokenKnown');
    expect(findingIds(subject)).toEqual(ids);
  });

  test('is judged by the clock of the app that owns it', () => {
    const foreignToken = { ...foreignTokenOf('loginTokenValidate', EXPIRED), nowMs: NOW_MS - 1 };
    expect(findingIds(loginWith(TOKEN, { state: { token: undefined, foreignToken } }))).toEqual([
      'token.other-app',
    ]);
  });

  test('is not reported if the appid is unknown, which is the mistake', () => {
    const foreignToken = foreignTokenOf('loginTokenValidate');
    const state = { app: undefined, token: undefined, foreignToken };
    expect(ofToken(findingIds(loginWith(TOKEN, { state })))).toEqual([]);
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

describe('a magic token', () => {
  const magic = formatMagicToken('103211');

  test('has no finding if it forced the outcome', () => {
    expect(findingIds(loginWith(magic, STRANGE, { decidedBy: 'forced' }))).toEqual([]);
  });

  test('is unknown if it did not', () => {
    expect(findingIds(loginWith(magic, STRANGE))).toEqual(['token.unknown']);
  });

  test('a normal token is checked even if a test forced the outcome', () => {
    expect(findingIds(loginWith(TOKEN, STRANGE, { decidedBy: 'forced' }))).toEqual([
      'token.unknown',
    ]);
  });
});

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
    const subject = subjectFor(
      'loginTokenValidate',
      loginBody({ token }),
      { state: { token: undefined } },
      around,
    );
    expect(findingIds(subject)).toEqual([]);
  });

  test('requests without a token', () => {
    const earlier = [earlierRequest({ token: undefined })];
    const subject = subjectFor(
      'loginTokenValidate',
      loginBody({ token: undefined }),
      {},
      { earlier },
    );
    expect(findingIds(subject)).not.toContain('client.retry');
  });
});
