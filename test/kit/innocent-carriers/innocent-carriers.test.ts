/** A carrier that breaks no sentence of the document fails at no case: a failure is a MUST, and a MUST is documented. */
import { expect, test } from 'vitest';
import { needsOf } from '../../../contracts/kit/provider.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { SOURCES, startEngine } from '../provider/engine-subject.js';
import { CASES } from '../wrong-carriers/run.js';
import { INNOCENT_CARRIERS, type InnocentCarrier } from './innocent-carriers.js';

/** What a carrier shows without a control API, and all cases with an accessToken. */
const SHOWN = CASES.filter(
  ({ operation, testCase }) =>
    !needsOf(operation, testCase).includes('control') ||
    testCase.then.present?.includes('/body/accessToken') === true,
);

const SAMPLE_STEP = 4;

// Not test.each, which cuts long names.
for (const [turn, { does, change }] of INNOCENT_CARRIERS.entries()) {
  test(`a carrier that ${does} fails at no case`, () => expectNoFailure(change, turn));
}

/** All documented cases, and in turn a part of the others: only a sentence of the document can accuse. */
async function expectNoFailure(change: InnocentCarrier['change'], turn: number): Promise<void> {
  const { provider: own, close } = await startEngine();
  const { findingOf: _, ...silent } = own;
  const provider = {
    ...silent,
    // Any carrier: where a case accepts several codes, each is correct.
    isMock: false,
    subject: (...args: Parameters<typeof own.subject>) => ({
      send: async (request: Parameters<ReturnType<typeof own.subject>['send']>[0]) =>
        change(await own.subject(...args).send(request), request),
    }),
  };
  const accused: string[] = [];
  const cases = SHOWN.filter(
    ({ testCase: { basis } }, at) => basis === 'documented' || (at + turn) % SAMPLE_STEP === 0,
  );
  for (const { operation, testCase } of cases) {
    const { status, id, differences } = await runCase(operation, testCase, {
      provider,
      sources: SOURCES,
    });
    if (status === 'fail' || status === 'error')
      accused.push(`${id}: ${differences.map(({ at }) => at)}`);
  }
  await close();
  expect(accused).toEqual([]);
}
