/** Live tokens are used only if needed, within the limit, and their results count only while good requests succeed. */
import { expect, test } from 'vitest';
import { controlsOf, rowOf } from '../../../contracts/calibrate/cases.js';
import type { Operation } from '../../../contracts/index.js';
import { FACTS, OPERATIONS, resultCodeIn } from '../../../contracts/kit/operations.js';
import type { Subject, WireAnswer } from '../../../contracts/kit/wire.js';
import { privateValuesIn } from '../../support/private-values.js';
import { calibrated, runOn, spendingOf, targetOf, VERIFY, withTokens } from './target.js';

/** A carrier that checks the token before what these codes are for: an unknown token hides these mistakes. */
function checkingFirst(codes: readonly string[]): (own: Subject) => Subject {
  return (own) => ({
    send: async (request) => {
      const operation: Operation = request.path.includes('loginTokenValidate')
        ? 'loginTokenValidate'
        : 'tokenValidate';
      const answer = await own.send(request);
      const code = resultCodeIn(operation, JSON.parse(answer.body)) ?? '';
      const hidden = codes.includes(code) && isNeverIssued(request.body.toString());
      return hidden ? withCode(answer, code, controlsOf(operation).unknownToken[0] ?? '') : answer;
    },
  });
}

const SIGNED = ['103101', '302', '004'];
const tokenFirst = checkingFirst(SIGNED);

const UNKNOWN = OPERATIONS.map((operation) => {
  const { good } = controlsOf(operation);
  const token = rowOf(good).testCase.given?.token;
  return token !== undefined && 'text' in token ? token.text : '';
});

const isNeverIssued = (body: string) =>
  [...UNKNOWN, ...OPERATIONS.map((operation) => FACTS[operation].unknownToken.slice(5, 24))].some(
    (token) => body.includes(token),
  );

function withCode(answer: WireAnswer, from: string, to: string): WireAnswer {
  return { ...answer, body: answer.body.replace(`"resultCode":"${from}"`, `"resultCode":"${to}"`) };
}

test.each([
  { 'login-md5-case': 'upper', 'verify-hex-case': 'upper', 'verify-rsa-encoding': 'base64' },
  // The key is tried in the encoding that was found.
  { 'verify-hex-case': 'any', 'verify-rsa-encoding': 'hex', 'verify-sign-key': 'either' },
  { 'refused-call-uses-token': 'yes' },
])('a carrier that checks the token first is calibrated with live tokens: %o', async (options) => {
  const target = { subject: tokenFirst, readings: options };
  const { readings, evidence, paidCalls } = await calibrated({ ...target, limit: 30 });
  for (const [reading, option] of Object.entries(options)) {
    const found = readings[reading];
    expect({ reading, found }).toMatchObject({ reading, found: { option } });
    expect(found?.evidence.some((id) => evidence[id]?.paid)).toBe(true);
  }
  expect(paidCalls).toBeGreaterThan(0);
});

test('without a limit such a reading is not settled, and the reason has the number of calls', async () => {
  const { readings, paidCalls } = await calibrated({ subject: tokenFirst });
  expect(paidCalls).toBe(0);
  expect(readings['login-md5-case']).toMatchObject({
    notSettled: { en: expect.stringContaining('up to 2 more calls') },
  });
  expect(readings['verify-hex-case']).toMatchObject({
    notSettled: { en: expect.stringContaining('up to 3 more calls') },
  });
});

const PLAIN = (own: Subject): Subject => own;

// At these limits a reading, a trial, its repetition or a mistake would need one more call.
test.each([
  { limit: 1, paid: 0, checks: 'the token first', subject: tokenFirst },
  { limit: 2, paid: 2, checks: 'the token first', subject: tokenFirst },
  { limit: 2, paid: 2, checks: 'the signature first', subject: PLAIN },
  { limit: 3, paid: 3, checks: 'the token first', subject: tokenFirst },
  { limit: 8, paid: 8, checks: 'the token first', subject: tokenFirst },
  { limit: 12, paid: 12, checks: 'the token first', subject: tokenFirst },
])(
  'with a limit of $limit at a carrier that checks $checks, nothing is begun that needs more calls',
  async ({ limit, paid, subject }) => {
    const spending = spendingOf(limit);
    const refused: string[] = [];
    const take = (what: string) => {
      const isAllowed = spending.take(what);
      if (!isAllowed) refused.push(what);
      return isAllowed;
    };
    const issued: string[] = [];
    const live: string[] = [];
    const counting = (own: Subject): Subject => ({
      send: (request) => {
        const body = request.body.toString();
        if (issued.some((token) => body.includes(token))) live.push(body);
        return subject(own).send(request);
      },
    });
    const readings = { 'refused-call-uses-token': 'yes' };
    const target = withTokens(
      await targetOf({ subject: counting, readings }),
      (own) => async () => {
        const one = await own();
        issued.push(one.token);
        return one;
      },
    );
    const found = await runOn(target, { ...spending, take });
    expect(refused).toEqual([]);
    expect({ paidCalls: found.paidCalls, sent: live.length }).toEqual({
      paidCalls: paid,
      sent: paid,
    });
    // The cheapest reading is first.
    expect('option' in (found.readings['login-md5-case'] ?? {})).toBe(limit >= 2);
  },
);

test('calls that can show most of an operation use only half of what is left', async () => {
  const subject = checkingFirst([...SIGNED, '103414', '102', '103211', '103119']);
  const readings = { 'json-numbers': 'refused', 'msgid-replay': 'refused', 'content-type': 'json' };
  const found = await calibrated({ subject, readings, limit: 4 });
  expect(found.readings['login-md5-case']).toMatchObject({ option: 'any' });
});

test('a request with RSA is not sent before its encoding is known', async () => {
  const readings = { 'verify-rsa-encoding': 'hex', 'verify-sign-key': 'either' };
  const has = ['tokenValidate', 'rsa', 'token'] as const;
  const found = await calibrated({ subject: tokenFirst, readings, has, limit: 9 });
  expect(found.readings).toMatchObject({
    'verify-rsa-encoding': { notSettled: expect.any(Object) },
    'verify-sign-key': { notSettled: expect.any(Object) },
  });
});

test('two codes for one request make its operation unreliable, so no live token is spent on it', async () => {
  let count = 0;
  const subject = (own: Subject): Subject => ({
    send: async (request) => {
      if (request.path.includes('loginTokenValidate')) count += 1;
      const answer = await tokenFirst(own).send(request);
      return count === 21 ? withCode(answer, '104201', '103119') : answer;
    },
  });
  const { precedence, evidence } = await calibrated({ subject, limit: 30 });
  expect(Object.keys(precedence)).toEqual(['tokenValidate']);
  const paid = Object.values(evidence).filter((one) => one.paid);
  expect([...new Set(paid.map((one) => one.case.split('/')[0]))]).toEqual(['tokenValidate']);
});

/** Text tokens of other cases. */
test('expired tokens settle nothing', async () => {
  const other = await targetOf();
  const { newToken } = await other.open(
    'loginTokenValidate',
    rowOf('loginTokenValidate/103000/md5').testCase,
  );
  const expired = await newToken();
  const spending = spendingOf(20);
  const { readings } = await runOn(
    withTokens(await targetOf(), () => async () => expired),
    spending,
  );
  expect(readings['refused-call-uses-token']).toMatchObject({
    notSettled: { en: expect.stringContaining('did not succeed (104201)') },
  });
  // One good call for each operation.
  expect(spending.spent()).toBe(2);
});

test.each([
  { which: 'the second token', isDead: (issued: number) => issued === 2 },
  { which: 'every token after the first', isDead: (issued: number) => issued > 1 },
])(
  '$which expires between two calls: it does not count as consumed by a refusal',
  async ({ isDead }) => {
    let issued = 0;
    const flaky = withTokens(await targetOf({ has: VERIFY }), (own) => async () => {
      const token = await own();
      issued += 1;
      return isDead(issued)
        ? { ...token, token: token.token.replace(/.$/, (end) => (end === 'x' ? 'y' : 'x')) }
        : token;
    });
    const { readings } = await runOn(flaky);
    expect(readings['refused-call-uses-token']).toMatchObject({
      notSettled: {
        en: expect.stringContaining('neither success nor the code of a used token twice'),
      },
    });
  },
);

test('the result contains no secret, token, number, reusable signature or appId', async () => {
  const provider = await targetOf();
  const calibration = await runOn(provider);
  expect(privateValuesIn(calibration)).toEqual([]);
  const text = JSON.stringify(calibration);
  for (const secret of provider.hidden().secrets) expect(text).not.toContain(secret);
  expect(text).toContain('\\"sign\\":\\"[hidden]\\"');
  const odd = 'a-token-of-another-form';
  const verify = await targetOf({ has: VERIFY });
  const withOdd = withTokens(verify, (own) => async () => ({ ...(await own()), token: odd }));
  expect(JSON.stringify(await runOn(withOdd))).not.toContain(odd);
});
