/** Live tokens are used only if needed, within the limit, and their results count only while good requests succeed. */
import { expect, test } from 'vitest';
import { controlsOf, rowOf } from '../../../contracts/calibrate/cases.js';
import type { Operation } from '../../../contracts/index.js';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import { FACTS, OPERATIONS, resultCodeIn } from '../../../contracts/kit/operations.js';
import type { Subject, WireAnswer } from '../../../contracts/kit/wire.js';
import { privateValuesIn } from '../../support/private-values.js';
import { calibrated, runOn, spendingOf, targetOf, withTokens } from './target.js';

/** A carrier that checks the token before the signature and phoneNum: an unknown token hides their mistakes. */
function tokenFirst(own: Subject): Subject {
  return {
    send: async (request) => {
      const operation: Operation = request.path.includes('loginTokenValidate')
        ? 'loginTokenValidate'
        : 'tokenValidate';
      const answer = await own.send(request);
      const code = resultCodeIn(operation, JSON.parse(answer.body)) ?? '';
      const hidden = ['103101', '302', '004'].includes(code) && !isIssued(request.body.toString());
      return hidden ? withCode(answer, code, controlsOf(operation).unknownToken[0] ?? '') : answer;
    },
  };
}

const UNKNOWN = OPERATIONS.map((operation) => {
  const { good } = controlsOf(operation);
  const token = rowOf(good).testCase.given?.token;
  return token !== undefined && 'text' in token ? token.text : '';
});

const isNeverIssued = (body: string) =>
  [...UNKNOWN, ...OPERATIONS.map((operation) => FACTS[operation].unknownToken.slice(5, 24))].some(
    (token) => body.includes(token),
  );

function isIssued(body: string): boolean {
  return !isNeverIssued(body);
}

function withCode(answer: WireAnswer, from: string, to: string): WireAnswer {
  return { ...answer, body: answer.body.replace(`"resultCode":"${from}"`, `"resultCode":"${to}"`) };
}

test.each([
  { reading: 'login-md5-case', option: 'upper' },
  { reading: 'login-md5-case', option: 'any' },
  { reading: 'verify-hex-case', option: 'upper' },
  { reading: 'verify-hex-case', option: 'any' },
  { reading: 'verify-rsa-encoding', option: 'base64' },
  { reading: 'verify-rsa-encoding', option: 'hex' },
  { reading: 'refused-call-uses-token', option: 'yes' },
])(
  'a carrier that checks the token first is calibrated with live tokens: $reading is $option',
  async (row) => {
    const target = { subject: tokenFirst, readings: { [row.reading]: row.option } };
    const { readings, evidence, paidCalls } = await calibrated({ ...target, limit: 30 });
    const found = readings[row.reading];
    expect(found).toMatchObject({ option: row.option });
    expect(found?.evidence.some((id) => evidence[id]?.paid)).toBe(true);
    expect(paidCalls).toBeGreaterThan(0);
  },
);

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

test.each([0, 1, 2, 3, 7, 13])(
  'a limit of %i is never exceeded, and the cheapest readings come first',
  async (limit) => {
    const live: string[] = [];
    const counting = (own: Subject): Subject => ({
      send: (request) => {
        const body = request.body.toString();
        if (body.includes('STsid') && !isNeverIssued(body)) live.push(body);
        return tokenFirst(own).send(request);
      },
    });
    const { readings, paidCalls } = await calibrated({
      subject: counting,
      limit,
      readings: { 'refused-call-uses-token': 'yes' },
    });
    const paid = live.filter((body) => !isOfCase(body));
    expect(paid.length).toBe(paidCalls);
    expect(paidCalls).toBeLessThanOrEqual(limit);
    expect('option' in (readings['login-md5-case'] ?? {})).toBe(limit >= 2);
  },
);

const PLAIN = (own: Subject): Subject => own;

// At these limits a reading, a trial, its repetition or a mistake would need one more call.
test.each([
  { limit: 1, checks: 'the token first', subject: tokenFirst },
  { limit: 2, checks: 'the signature first', subject: PLAIN },
  { limit: 3, checks: 'the token first', subject: tokenFirst },
  { limit: 12, checks: 'the token first', subject: tokenFirst },
])(
  'with a limit of $limit at a carrier that checks $checks, nothing is begun that needs more calls',
  async (row) => {
    const { limit, subject } = row;
    const spending = spendingOf(limit);
    const refused: string[] = [];
    const take = (what: string) => {
      const isAllowed = spending.take(what);
      if (!isAllowed) refused.push(what);
      return isAllowed;
    };
    const target = await targetOf({ subject, readings: { 'refused-call-uses-token': 'yes' } });
    const { paidCalls } = await runOn(target, { ...spending, take });
    expect(refused).toEqual([]);
    expect(paidCalls).toBe(limit === 1 ? 0 : limit);
  },
);

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
function isOfCase(body: string): boolean {
  return TEXTS.some((text) => body.includes(text));
}

const TEXTS = CASE_FILES.flatMap(({ cases }) => cases).flatMap(({ given }) =>
  given?.token !== undefined && 'text' in given.token && given.token.text.startsWith('STsid')
    ? [`"${given.token.text}"`]
    : [],
);

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
    const flaky = withTokens(await targetOf(), (own) => async () => {
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
  const withOdd = withTokens(provider, (own) => async () => ({ ...(await own()), token: odd }));
  expect(JSON.stringify(await runOn(withOdd))).not.toContain(odd);
});
