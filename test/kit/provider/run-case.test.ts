/** A case that cannot be judged is the result `error`, and the run continues. */
import { expect, test, vi } from 'vitest';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import type { Case } from '../../../contracts/kit/case.js';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import type { AppControl } from '../../../contracts/kit/control.js';
import type { CaseApp, Provider } from '../../../contracts/kit/provider.js';
import { LEVELS } from '../../../contracts/kit/result.js';
import { ExchangeError, type WireAnswer, type WireRequest } from '../../../contracts/kit/wire.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { runSuite } from '../../../contracts/provider/run-suite.js';
import { wordsIn } from '../../../src/text/bilingual.js';
import { SOURCES } from './engine-subject.js';

const CASE = caseOf('loginTokenValidate/103000/md5');

function caseOf(id: string): Case {
  const found = CASE_FILES.flatMap(({ cases }) => cases).find((one) => one.id === id);
  if (found === undefined) throw new Error(`case ${id} not found`);
  return found;
}

const ANSWER = {
  status: 200,
  headers: {},
  body: '{"inresponseto":"1","resultCode":"103000","msisdn":"13800138000","systemtime":"20260101000000000","taskId":"188b0744159f413e9bfe7ecc5d5bcc71"}',
};

function providerOf(caseApp: Partial<CaseApp>): Provider {
  return {
    name: 'x',
    has: new Set(),
    isMock: false,
    hidden: () => ({ secrets: [], phoneNumbers: [] }),
    baseUrl: () => 'http://127.0.0.1:9',
    subject: () => ({ send: async () => ANSWER }),
    open: async () => ({
      values: { appId: '1', appSecret: '2' },
      newToken: async () => ({ token: 't', phoneNumber: '13800138000' }),
      end: async () => undefined,
      ...caseApp,
    }),
  };
}

const run = (provider: Provider, testCase = CASE) =>
  runCase('loginTokenValidate', testCase, { provider, sources: SOURCES });

test('a failing source of tokens is reported', async () => {
  const newToken = async () => {
    throw new ExchangeError('no token is left');
  };
  expect(await run(providerOf({ newToken }))).toMatchObject({
    status: 'error',
    reason: { en: 'no token is left' },
  });
});

test('the reason of a failed call is also there without the call', async () => {
  const newToken = async () => {
    throw new ExchangeError('no connection', { call: 'POST http://h/a' });
  };
  expect(await run(providerOf({ newToken }))).toMatchObject({
    status: 'error',
    reason: { en: 'POST http://h/a: no connection', zh: 'POST http://h/a：no connection' },
    callReason: 'no connection',
  });
});

test('an unreadable key is reported', async () => {
  const result = await run(providerOf({ values: { appSignKey: 'no key' } }), {
    ...CASE,
    given: { signing: 'rsa' },
  });
  expect(result).toMatchObject({ status: 'error', reason: { en: expect.stringMatching(/./) } });
});

test('a failed removal of the app does not change the result', async () => {
  const end = vi.fn(async () => {
    throw new ExchangeError('the mock is gone');
  });
  // The echo is wrong, so the case fails.
  const { status, differences } = await run(providerOf({ end }));
  expect(status).toBe('fail');
  expect(differences).toContainEqual(
    expect.objectContaining({ at: '/inresponseto', field: 'inresponseto' }),
  );
  expect(end).toHaveBeenCalledOnce();
});

/** Responds like the carrier and echoes the msgid. The control API reports the effects. */
function echoing(text: string, more: Partial<WireAnswer> = {}): Provider['subject'] {
  return () => ({
    send: async ({ body }) => {
      const { msgid } = JSON.parse(body.toString());
      return { ...ANSWER, ...more, body: text.replace('"1"', JSON.stringify(msgid)) };
    },
  });
}

const REFUSED = ANSWER.body.replace('103000', '103101').replace('"msisdn":"13800138000",', '');
const REFUSAL = caseOf('loginTokenValidate/103101/sign-of-zeros');

test('a value that only the previous response has is not fresh', async () => {
  const bodies = [REFUSED, REFUSED.replace(/,"taskId":"\w+"/, '')];
  const subject: Provider['subject'] = (operation) => ({
    send: (request) => echoing(bodies.shift() ?? '')(operation).send(request),
  });
  const testCase = caseOf('loginTokenValidate/103101/refusal-has-task-id');
  const { differences } = await run({ ...providerOf({}), subject }, testCase);
  expect(differences.map(({ at }) => at)).toEqual(['/taskId']);
});

test.each([
  { description: 'a success that is not charged', charges: [0, 0], used: true, basis: 'inferred' },
  {
    description: 'a success that leaves the token unused',
    charges: [0, 1],
    used: false,
    basis: 'inferred',
  },
  { description: 'a correct success', charges: [0, 1], used: true, basis: 'documented' },
  {
    description: 'a refusal that is charged',
    testCase: REFUSAL,
    charges: [0, 1],
    used: false,
    basis: 'inferred',
  },
  {
    description: 'a refusal that consumes the token',
    testCase: REFUSAL,
    charges: [0, 0],
    used: true,
    basis: 'assumed',
  },
] as const)(
  '$description is reported as $basis',
  async ({ testCase = CASE, charges, used, basis }) => {
    const counts = [...charges];
    const calls: Partial<AppControl> = {
      charged: async () => counts.shift() ?? 0,
      isTokenUsed: async () => used,
    };
    const control = calls as AppControl;
    const subject = echoing(testCase === CASE ? ANSWER.body : REFUSED);
    const result = await run(
      { ...providerOf({ control, tokenControl: control }), subject },
      testCase,
    );
    expect(testCase.basis).toBe('documented');
    expect(result.differences.filter(({ at }) => !['charged', 'tokenUsed'].includes(at))).toEqual(
      [],
    );
    expect(result).toMatchObject({ level: LEVELS[basis], basis });
  },
);

test.each([
  {
    description: 'with another code, only what every response has is compared',
    answer: { ...ANSWER, body: REFUSED },
    differences: ['resultCode'],
    label: 'MUST',
  },
  {
    description: 'the label is that of the strictest expectation that is not met',
    answer: { ...ANSWER, status: 400, body: ANSWER.body.replace(/"taskId":"[^"]+"/, '"taskId":7') },
    differences: ['/taskId', 'HTTP status'],
    label: 'MUST',
  },
  {
    description: 'the status is observed',
    answer: { ...ANSWER, status: 400 },
    differences: ['HTTP status'],
    label: 'SHOULD',
  },
  {
    description: 'a code as a number is the right code in a wrong form',
    answer: { ...ANSWER, body: ANSWER.body.replace('"103000"', '103000') },
    differences: ['/resultCode'],
    label: 'MUST',
  },
  {
    description: 'null in an optional field is inferred to be absent',
    answer: { ...ANSWER, body: ANSWER.body.replace('{', '{"desc":null,') },
    differences: ['/desc'],
    label: 'SHOULD',
  },
  {
    description: 'another number than that of the token',
    answer: { ...ANSWER, body: ANSWER.body.replace('13800138000', '13800138001') },
    differences: ['/msisdn'],
    label: 'MUST',
  },
  {
    description: 'that a response is UTF-8 is inferred',
    answer: { ...ANSWER, charset: 'GBK' as const },
    differences: ['charset'],
    label: 'SHOULD',
  },
])('$description', async ({ answer, differences, label }) => {
  const subject = echoing(answer.body, answer);
  const result = await run({ ...providerOf({}), subject });
  expect(result.differences.map(({ at }) => at)).toEqual(differences);
  expect(result.level).toBe(label);
});

test.each([
  {
    description: 'that works as expected',
    accessToken: 'a1',
    redeemed: ['granted', 'refused'],
    found: [],
  },
  {
    description: 'that works twice',
    accessToken: 'a1',
    redeemed: ['granted', 'granted'],
    found: ['granted'],
  },
  {
    description: 'that never works',
    accessToken: 'a1',
    redeemed: ['refused', 'refused'],
    found: ['refused'],
  },
  { description: 'that is missing', accessToken: undefined, redeemed: [], found: ['nothing'] },
] as const)(
  'an accessToken $description has the differences $found',
  async ({ accessToken, redeemed, found }) => {
    const results = [...redeemed];
    const calls: Partial<AppControl> = {
      nowMs: async () => SOURCES.nowMs(),
      charged: async () => 1,
      redeem: async () => results.shift() ?? 'refused',
    };
    const body = JSON.stringify({ header: { resultCode: '001' }, body: { accessToken } });
    const provider = {
      ...providerOf({ control: calls as AppControl }),
      subject: () => ({ send: async () => ({ ...ANSWER, body }) }),
    };
    const testCase = caseOf('tokenValidate/001/access-token-works-once');
    const { differences } = await runCase('tokenValidate', testCase, {
      provider,
      sources: SOURCES,
    });
    const own = differences.filter(({ rule }) => rule === 'access-token');
    expect(own.map(({ received }) => wordsIn(received, 'en'))).toEqual(found);
  },
);

test.each([
  { of: 'a mock', isMock: true, expected: '103000（模拟服务的默认）' },
  { of: 'another carrier', isMock: false, expected: '103000 或 103101' },
])('of several codes, $of is expected to return $expected', async ({ isMock, expected }) => {
  const send = async () => ({ ...ANSWER, body: ANSWER.body.replace('103000', '999') });
  const provider = { ...providerOf({}), isMock, subject: () => ({ send }) };
  const { differences } = await run(
    provider,
    caseOf('loginTokenValidate/103000/md5-sign-lower-case'),
  );
  expect(differences.find(({ rule }) => rule === 'code')).toMatchObject({
    expected: { zh: expected },
  });
});

test.each([
  { of: 'where a success is expected', testCase: CASE, rule: 'json', level: 'MUST' },
  { of: 'for a refusal', testCase: REFUSAL, rule: 'page', level: 'SHOULD' },
])('a page of the server $of is $level', async ({ testCase, rule, level }) => {
  const send = async () => ({ status: 403, headers: {}, body: '<html>' });
  const provider = { ...providerOf({}), subject: () => ({ send }) };
  const result = await run(provider, testCase);
  expect(result.level).toBe(level);
  expect(result.differences.map((one) => one.rule)).toContain(rule);
});

test('without a control API, a case waits until its token expires', async () => {
  const waits: number[] = [];
  const testCase = caseOf('tokenValidate/606/after-121-seconds');
  await runCase('tokenValidate', testCase, {
    provider: providerOf({}),
    sources: { ...SOURCES, wait: async (ms) => void waits.push(ms) },
  });
  expect(waits).toEqual([121_000]);
});

test('of several forms, the first that gets the expected code is judged; without any, the first', async () => {
  const testCase = caseOf('tokenValidate/000/rsa-in-some-encoding');
  const signs: string[] = [];
  const codes = ['302', '000', '302', '302', '302', '302'];
  const send: ReturnType<Provider['subject']>['send'] = async ({ body }) => {
    signs.push(JSON.parse(body.toString()).body.sign);
    return { ...ANSWER, body: JSON.stringify({ header: { resultCode: codes.shift() } }) };
  };
  const values = { ...keys, platformPublicKey: keys.appEncryptKey, appId: '1', appKey: '2' };
  const provider = { ...providerOf({ values }), subject: () => ({ send }) };
  const codesOf = async () => {
    const context = { provider, sources: SOURCES };
    const { differences } = await runCase('tokenValidate', testCase, context);
    return differences.filter(({ rule }) => rule === 'code').map(({ received }) => received);
  };
  expect(await codesOf()).toEqual([]);
  expect(signs.map((sign) => /^[0-9A-F]{256}$/.test(sign))).toEqual([false, true]);
  expect(await codesOf()).toEqual(['302']);
  expect(signs).toHaveLength(2 + 4);
});

test('the pause of a profile is between all cases that run, also the first two', async () => {
  const events: string[] = [];
  const send = async () => {
    events.push('request');
    return ANSWER;
  };
  const testCase = { ...CASE, when: {} };
  const row = { operation: 'loginTokenValidate', testCase, cost: 0 } as const;
  const skipped = { ...row, notRun: { status: 'skip', reason: 'not here' } } as const;
  await runSuite([row, skipped, row, row], {
    provider: { ...providerOf({}), subject: () => ({ send }) },
    sources: { ...SOURCES, wait: async (ms) => void events.push(`pause of ${ms} ms`) },
    gapMs: 500,
    onResult: () => undefined,
  });
  expect(events).toEqual(['request', 'pause of 500 ms', 'request', 'pause of 500 ms', 'request']);
});

test('without the judged request, nothing is compared with the recording', async () => {
  const testCase = { ...CASE, before: [{ call: {}, resultCode: '104201' }] };
  const recorded = { [CASE.id]: { code: '103101', differences: [] } };
  const context = { provider: providerOf({}), sources: SOURCES, recorded };
  const { differences } = await runCase('loginTokenValidate', testCase, context);
  expect(differences.map(({ rule }) => rule)).toEqual(['earlier-code']);
});

const NO_RESPONSE =
  '{"timestamp":"2026-12-07T10:00:00Z","status":415,"error":"Unsupported Media Type"}';

test.each([
  { id: 'loginTokenValidate/103000/content-type-form', rule: 'code', status: 'warn' },
  { id: 'loginTokenValidate/103101/sign-of-zeros', rule: 'page', status: 'warn' },
  { id: 'loginTokenValidate/103000/md5', rule: 'code', status: 'fail' },
])('a page of a framework instead of a response is one difference of $id', async (row) => {
  const answer = { status: 415, headers: {}, body: NO_RESPONSE };
  const provider = { ...providerOf({}), subject: () => ({ send: async () => answer }) };
  const { differences, status, code } = await run(provider, caseOf(row.id));
  expect(differences.map(({ rule }) => rule)).toEqual([row.rule]);
  expect({ status, code }).toEqual({ status: row.status, code: 'http-415' });
});

test('a case says nothing where the valid request of its operation and algorithm is refused', async () => {
  const ids = [
    '103101/sign-of-zeros',
    '103000/md5',
    '103000/rsa',
    '103101/rsa-sha1',
    '103000/msgid-1',
  ];
  const plan = ids.map((id) => ({
    operation: 'loginTokenValidate' as const,
    testCase: caseOf(`loginTokenValidate/${id}`),
    cost: 0,
  }));
  const sent: string[] = [];
  const subject = () => ({
    send: async ({ body }: WireRequest) => {
      const isRsa = body.includes('"encryptionalgorithm":"RSA"');
      sent.push(isRsa ? 'RSA' : 'MD5');
      return isRsa ? { ...ANSWER, body: ANSWER.body.replace('103000', '103101') } : ANSWER;
    },
  });
  const { appSignKey, appDecryptKey, otherSignKey } = keys;
  const values = { appId: '1', appSecret: '2', appSignKey, appDecryptKey, otherSignKey };
  const results = await runSuite(plan, {
    provider: { ...providerOf({ values }), subject },
    sources: SOURCES,
    gapMs: 0,
    onResult: () => undefined,
  });
  expect(results.map(({ id }) => id)).toEqual(plan.map(({ testCase }) => testCase.id));
  expect(results.flatMap(({ id, about }) => (about?.isBase === true ? [id] : []))).toEqual([
    'loginTokenValidate/103000/md5',
    'loginTokenValidate/103000/rsa',
  ]);
  expect(results.filter(({ status }) => status === 'skip')).toMatchObject([
    {
      id: 'loginTokenValidate/103101/rsa-sha1',
      reason: {
        en: 'not judged: the valid request (loginTokenValidate/103000/rsa) is refused with 103101',
      },
    },
  ]);
  expect(sent).toEqual(['MD5', 'MD5', 'RSA', 'MD5']);
});
