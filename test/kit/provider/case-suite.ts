/** Cases of the contract as tests: the mock's carrier responds as documented over one of its adapters. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildRequest } from '../../../contracts/kit/build-request.js';
import { signingOf } from '../../../contracts/kit/provider.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import type { WireRequest } from '../../../contracts/kit/wire.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { inEnglish } from '../../support/words.js';
import type { Started } from './engine-subject.js';
import { SOURCES } from './engine-subject.js';
import type { CaseRow } from './parity.js';
import type { SubjectRow } from './subjects.js';

export function caseTests(rows: readonly CaseRow[], { start }: SubjectRow): void {
  let started: Started;
  beforeAll(async () => {
    started = await start();
  });
  afterAll(() => started.close());

  // test.each would cut long names.
  for (const { id, operation, testCase } of rows) {
    test(id, async () => {
      const result = await runCase(operation, testCase, { provider: started.provider, sources: SOURCES });
      // The test's name is the id of the case.
      expect(verdictText(result), result.curl).toBe('pass');
    });
  }
}

/** `fail; resultCode: expected 302, received 000`. */
function verdictText(result: CaseResult): string {
  const { status, differences, reason } = inEnglish(result);
  const texts = differences.map(
    ({ about, expected, received }) => `${about}: expected ${expected}, received ${received}`,
  );
  return [status, ...texts, ...(reason === undefined ? [] : [reason])].join('; ');
}

/** Whether the subject can send every request of a case. */
export function isCarriedBy({ cannotSend }: SubjectRow): (row: CaseRow) => boolean {
  return (row) => wiresOf(row).every((wire) => cannotSend(wire) === undefined);
}

/** The requests of a case, without derived values. */
function wiresOf({ operation, testCase }: CaseRow): readonly WireRequest[] {
  const { before = [], when = {} } = testCase;
  const calls = [...before.flatMap((step) => ('call' in step ? [step.call] : [])), when];
  const signed = { operation, signing: signingOf(operation, testCase), values: {}, make: () => '' };
  return calls.map((call) => buildRequest(signed, call).wire);
}
