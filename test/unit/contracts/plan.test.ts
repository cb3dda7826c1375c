/**
 * The spend limit: which cases the plan runs, at each limit. Work in parallel jobs: the order of the pieces, the order of
 * the results, and the effect of a failure.
 */
import { expect, test } from 'vitest';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import { buildRequest } from '../../../contracts/kit/build-request.js';
import type { Case, CaseFile } from '../../../contracts/kit/case.js';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import { inJobs } from '../../../contracts/kit/jobs.js';
import { signingModeOf } from '../../../contracts/kit/provider.js';
import { profileProvider } from '../../../contracts/provider/profile-provider.js';
import { planOf } from '../../../contracts/provider/run-suite.js';

function caseOf(id: string, cost: number): Case {
  const call = { call: {}, token: 'new', resultCode: '103000' } as const;
  return {
    id,
    description: id,
    source: { section: '1', sentence: id },
    level: 'MUST',
    basis: 'documented',
    before: Array.from({ length: cost - 1 }, () => call),
    // biome-ignore lint/suspicious/noThenProperty: a case is data and never awaited
    then: { resultCode: '103000' },
  };
}

const FILES: readonly CaseFile[] = [
  {
    operation: 'loginTokenValidate',
    cases: [caseOf('first-costs-1', 1), caseOf('second-costs-2', 2), caseOf('third-costs-1', 1)],
  },
];

function runs(limit: number | undefined, free = false): readonly string[] {
  const planned = planOf(FILES, {
    choice: { operations: ['loginTokenValidate'], levels: ['MUST'], only: [], disabled: [] },
    spending: { limit, free },
    provider: { has: new Set(['loginTokenValidate', 'token']) } as never,
  });
  return planned.flatMap(({ testCase, notRun }) => (notRun === undefined ? [testCase.id] : []));
}

test.each([
  { limit: undefined, ids: [] },
  { limit: 0, ids: [] },
  { limit: 1, ids: ['first-costs-1'] },
  { limit: 2, ids: ['first-costs-1', 'third-costs-1'] },
  { limit: 3, ids: ['first-costs-1', 'second-costs-2'] },
  { limit: 4, ids: ['first-costs-1', 'second-costs-2', 'third-costs-1'] },
])('with a limit of $limit, $ids run', ({ limit, ids }) => {
  expect(runs(limit)).toEqual(ids);
});

test('at a mock, where calls cost nothing, all cases run', () => {
  expect(runs(undefined, true)).toHaveLength(3);
});

// With a profile that has every capability, each case that runs can be built: no name in braces stays in a request.

const NAMES = ['appSecret', 'appKey', 'appSignKey', 'appDecryptKey', 'platformPublicKey'] as const;
const { appSignKey, appDecryptKey, appVerifyKey } = keys;

const PROVIDER = profileProvider(
  {
    baseUrls: { loginTokenValidate: 'http://carrier.test', tokenValidate: 'http://carrier.test' },
    credentials: {
      appId: { env: 'appId' },
      ...Object.fromEntries(NAMES.map((name) => [name, { env: name }])),
    },
    capabilities: ['loginTokenValidate', 'tokenValidate', 'rsa', 'smsFallback'],
    tokens: { from: 'file', path: 'no-file.json' },
  },
  {
    env: {
      appId: '300000000001',
      appSecret: 'a secret',
      appKey: 'a key',
      ...{ appSignKey, appDecryptKey },
      // Any public key: nothing decrypts these requests.
      platformPublicKey: appVerifyKey,
    },
    nowMs: () => 0,
    wait: async () => undefined,
  },
);

const RUN = planOf(CASE_FILES, {
  choice: {
    operations: ['loginTokenValidate', 'tokenValidate'],
    levels: ['MUST', 'SHOULD', 'MAY'],
    only: [],
    disabled: [],
  },
  spending: { limit: Number.MAX_SAFE_INTEGER, free: false },
  provider: PROVIDER,
}).filter(({ notRun }) => notRun === undefined);

const OF_THE_CALL = {
  token: 'a token',
  phoneNumber: '13800138000',
  otherPhoneNumber: '13900139000',
  msgId: '0',
  msgIdInUpperCase: '0',
  uuid: '0',
  time: '20261127180000000',
};

test('every such request can be built', async () => {
  expect(RUN.length).toBeGreaterThan(500);
  const problems: string[] = [];
  for (const { operation, testCase } of RUN) {
    const { id, given, before = [], when = {}, forms = [when] } = testCase;
    const { values } = await PROVIDER.open(operation, {
      ...testCase,
      given: { ...given, token: { text: 'a token' } },
    });
    const calls = [...before.flatMap((step) => ('call' in step ? [step.call] : [])), ...forms];
    for (const call of calls) {
      try {
        const signed = {
          operation,
          signing: signingModeOf(operation, testCase),
          values: { ...values, ...OF_THE_CALL },
        };
        const [left] = /\{[a-zA-Z]+\}/.exec(buildRequest(signed, call).wire.body.toString()) ?? [];
        if (left !== undefined) problems.push(`${id}: ${left} has no value`);
      } catch (error) {
        problems.push(`${id}: ${error}`);
      }
    }
  }
  expect(problems).toEqual([]);
});

interface Bench {
  /** `job:piece`, in the order of their starts. */
  readonly begun: readonly string[];
  readonly reported: readonly string[];
  readonly results: Promise<readonly string[]>;
  end(piece: string, error?: Error): Promise<void>;
}

/** Runs pieces that end when the test calls `end`. */
function benchWith(pieces: readonly string[], jobs: number): Bench {
  const begun: string[] = [];
  const reported: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const results = inJobs(pieces, {
    jobs,
    run: (piece, job) => {
      begun.push(`${job}:${piece}`);
      return new Promise<string>((resolve, reject) => {
        ends.set(piece, (error) =>
          error === undefined ? resolve(`${piece} done`) : reject(error),
        );
      });
    },
    onResult: (result) => reported.push(result),
  });
  results.catch(() => undefined);
  return {
    begun,
    reported,
    results,
    end: async (piece, error) => {
      ends.get(piece)?.(error);
      await new Promise(setImmediate);
    },
  };
}

test('one job runs the pieces in the order of the list', async () => {
  const { begun, end } = benchWith(['a', 'b', 'c'], 1);
  expect(begun).toEqual(['1:a']);
  await end('a');
  await end('b');
  expect(begun).toEqual(['1:a', '1:b', '1:c']);
});

test('the results are reported in the order of the list, not of completion', async () => {
  const { results, reported, end } = benchWith(['a', 'b', 'c'], 3);
  await end('b');
  expect(reported).toEqual([]);
  await end('a');
  expect(reported).toEqual(['a done', 'b done']);
  await end('c');
  expect(await results).toEqual(['a done', 'b done', 'c done']);
});

test('there are no more jobs than pieces', async () => {
  expect(benchWith(['a', 'b'], 1_000_000).begun).toEqual(['1:a', '2:b']);
  expect(await benchWith([], 3).results).toEqual([]);
});

test('after a failure, running pieces continue and the others do not start', async () => {
  const { begun, reported, results, end } = benchWith(['b', 'a', 'c'], 2);
  await end('a', new Error('broken'));
  expect(reported).toEqual([]);
  await end('b');
  expect({ begun, reported }).toEqual({ begun: ['1:b', '2:a'], reported: ['b done'] });
  await expect(results).rejects.toThrow('broken');
});
