/** A carrier that breaks no sentence of the document fails at no case: a failure is a MUST, and a MUST is documented. */
import { expect, test } from 'vitest';
import { needsOf } from '../../../contracts/kit/provider.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { SOURCES, startEngine } from '../provider/engine-subject.js';
import { CASES } from '../wrong-carriers/run.js';
import { INNOCENT_CARRIERS } from './innocent-carriers.js';

/** What a carrier shows without a control API, and all cases with an accessToken. */
const SHOWN = CASES.filter(
  ({ operation, testCase }) =>
    !needsOf(operation, testCase).includes('control') ||
    testCase.then.present?.includes('/body/accessToken') === true,
);

test.each(INNOCENT_CARRIERS)('a carrier that $does fails at no case', async ({ change }) => {
  const { provider: own, close } = await startEngine();
  const { findingOf: _, ...silent } = own;
  const provider = {
    ...silent,
    subject: (...args: Parameters<typeof own.subject>) => ({
      send: async (request: Parameters<ReturnType<typeof own.subject>['send']>[0]) =>
        change(await own.subject(...args).send(request)),
    }),
  };
  const accused: string[] = [];
  for (const { operation, testCase } of SHOWN) {
    const { status, id, differences } = await runCase(operation, testCase, {
      provider,
      sources: SOURCES,
    });
    if (status === 'fail' || status === 'error')
      accused.push(`${id}: ${differences.map(({ at }) => at)}`);
  }
  await close();
  expect(accused).toEqual([]);
});
