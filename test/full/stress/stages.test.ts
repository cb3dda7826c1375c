/** Each stage of `npm run stress` passes with a size that takes seconds, and the fuzzer's judge is not blind. */
import { expect, test } from 'vitest';
import type { Reply } from '../../../bench/stress/client.js';
import { fuzz } from '../../../bench/stress/fuzz/fuzz.js';
import { judge } from '../../../bench/stress/fuzz/judge.js';
import { races } from '../../../bench/stress/races.js';
import { replicas } from '../../../bench/stress/replicas.js';
import { soak } from '../../../bench/stress/soak.js';
import { findRedis } from '../../support/redis.js';

const BUSY_MACHINE_MS = 300_000;

/** A round for each fault. */
const WITH_FAULTS = {
  description: 'three servers over a Redis lose nothing with any fault',
  size: 4_400,
  run: replicas,
};

test.each([
  {
    description: 'invalid requests and random bytes get documented responses',
    size: 800,
    run: fuzz,
  },
  { description: 'competing requests never win twice', size: 200, run: races },
  { description: 'the totals of a long run are correct', size: 1_000, run: soak },
  ...(findRedis() === undefined ? [] : [WITH_FAULTS]),
])(
  '$description',
  async ({ size, run }) => {
    const enough = new AbortController().signal;
    const { problems, figures } = await run({ size, seed: 1, progress: () => undefined, enough });
    expect(problems).toEqual([]);
    expect(figures.length).toBeGreaterThan(0);
  },
  BUSY_MACHINE_MS,
);

const CARRIER = {
  'content-type': 'application/json;charset=UTF-8',
  'x-mock-request-id': 'aBc123-0123456789abcdef',
};
const REFUSED = {
  inresponseto: '',
  resultCode: '103412',
  systemtime: '20261125093619762',
  taskId: '0'.repeat(32),
};

function reply(
  body: unknown,
  { status = 200, headers = CARRIER }: { status?: number; headers?: object } = {},
): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: new Map(Object.entries(headers)), body: text };
}

test.each([
  { description: 'a refusal', given: reply(REFUSED), problem: undefined },
  { description: 'HTTP 500', given: reply(REFUSED, { status: 500 }), problem: 'HTTP status 500' },
  {
    description: 'a code of the other operation',
    given: reply({ ...REFUSED, resultCode: '606' }),
    problem: /^\/resultCode is not one of/,
  },
  {
    description: 'a number in a refusal',
    given: reply({ ...REFUSED, msisdn: '13800138000' }),
    problem: '/msisdn is not absent',
  },
  { description: 'truncated JSON', given: reply('{"inres'), problem: 'not JSON' },
  {
    description: 'no request id',
    given: reply(REFUSED, { headers: { 'content-type': CARRIER['content-type'] } }),
    problem: 'no X-Mock-Request-Id',
  },
])('the judge of a carrier response: $description', ({ given, problem }) => {
  const found = judge(
    { kind: 'carrier', operation: 'loginTokenValidate' },
    { replies: [given], rest: '' },
  );
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(problem);
});
