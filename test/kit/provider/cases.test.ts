/**
 * Cases of the contract as tests: the mock's carrier responds as documented over one of its adapters. Runs every case on
 * the carrier without HTTP, and over HTTP and msw the cases that prove the transport.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RESULT_CODES } from '../../../contracts/index.js';
import { buildRequest } from '../../../contracts/kit/build-request.js';
import { signingModeOf } from '../../../contracts/kit/provider.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import type { WireRequest } from '../../../contracts/kit/wire.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { inEnglish } from '../../support/words.js';
import { SOURCES, type Started } from './engine-subject.js';
import { ALL_CASES, type CaseRow, parityCases } from './parity.js';
import { SUBJECTS, type SubjectRow } from './subjects.js';

function caseTests(rows: readonly CaseRow[], { start }: SubjectRow): void {
  let started: Started;
  beforeAll(async () => {
    started = await start();
  });
  afterAll(() => started.close());

  // test.each would cut long names.
  for (const { id, operation, testCase } of rows) {
    test(id, async () => {
      const result = await runCase(operation, testCase, {
        provider: started.provider,
        sources: SOURCES,
      });
      // The test's name is the id of the case.
      expect(verdictText(result), result.curl).toBe('pass');
    });
  }
}

/** `fail; resultCode: expected 302, received 000`. */
function verdictText(result: CaseResult): string {
  const { status, differences, reason } = inEnglish(result);
  const texts = differences.map(
    ({ at, expected, received }) => `${at}: expected ${expected}, received ${received}`,
  );
  return [status, ...texts, ...(reason === undefined ? [] : [reason])].join('; ');
}

/** Whether the subject can send every request of a case. */
function isCarriedBy({ cannotSend }: SubjectRow): (row: CaseRow) => boolean {
  return (row) => wiresOf(row).every((wire) => cannotSend(wire) === undefined);
}

/** The requests of a case, without derived values. */
function wiresOf({ operation, testCase }: CaseRow): readonly WireRequest[] {
  const { before = [], when = {} } = testCase;
  const calls = [...before.flatMap((step) => ('call' in step ? [step.call] : [])), when];
  const signed = {
    operation,
    signing: signingModeOf(operation, testCase),
    values: {},
    make: () => '',
  };
  return calls.map((call) => buildRequest(signed, call).wire);
}

describe.each(SUBJECTS)('over $name', (subject) => {
  const carried = subject.hasTransport ? parityCases(isCarriedBy(subject)) : ALL_CASES;
  caseTests(carried, subject);

  test('the cases include each code', () => {
    const codes = new Set(
      carried.flatMap(({ operation, testCase }) =>
        [testCase.then.resultCode].flat().map((code) => `${operation} ${code}`),
      ),
    );
    const documented = RESULT_CODES.map(
      ({ operation, resultCode }) => `${operation} ${resultCode}`,
    );
    expect(documented.filter((code) => !codes.has(code))).toEqual([]);
  });
});
