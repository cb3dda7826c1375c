/** Every case of the contract, run over each way to our carrier: it answers as documented. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CASE_FILES } from '../../../contracts/cases/case-files.js';
import type { Operation } from '../../../contracts/index.js';
import { buildRequest } from '../../../contracts/provider/build-request.js';
import type { Case } from '../../../contracts/provider/case.js';
import { signingOf } from '../../../contracts/provider/needs.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import type { WireRequest } from '../../../contracts/provider/subject.js';
import type { Started } from './engine-subject.js';
import { SOURCES } from './sources.js';
import { SUBJECTS } from './subjects.js';

const CASES = CASE_FILES.flatMap(({ operation, cases }) =>
  cases.map((testCase) => ({ id: testCase.id, operation, testCase })),
);

describe.each(SUBJECTS)('over $name', ({ start, cannotSend }) => {
  let started: Started;
  beforeAll(async () => {
    started = await start();
  });
  afterAll(() => started.close());

  // Not test.each, which cuts long names.
  for (const { id, operation, testCase } of CASES.filter((row) => whyNot(row) === undefined)) {
    test(id, async () => {
      const { status, differences, reason, curl } = await runCase(operation, testCase, {
        provider: started.provider,
        sources: SOURCES,
      });
      expect({ status, differences, reason }, curl).toEqual({ status: 'pass', differences: [], reason: undefined });
    });
  }

  function whyNot({ operation, testCase }: (typeof CASES)[number]): string | undefined {
    return wiresOf(operation, testCase)
      .map(cannotSend)
      .find((reason) => reason !== undefined);
  }
});

/** The shapes of its requests: what is derived does not matter here. */
function wiresOf(operation: Operation, testCase: Case): readonly WireRequest[] {
  const { before = [], when = {} } = testCase;
  const calls = [...before.flatMap((step) => ('call' in step ? [step.call] : [])), when];
  const signed = { operation, signing: signingOf(operation, testCase), values: {}, make: () => '' };
  return calls.map((call) => buildRequest(signed, call).wire);
}
