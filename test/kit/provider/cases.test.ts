/** Runs every case on the carrier without HTTP, and over HTTP and msw the cases that prove the transport. */
import { describe, expect, test } from 'vitest';
import { RESULT_CODES } from '../../../contracts/index.js';
import { caseTests, isCarriedBy } from './case-suite.js';
import { ALL_CASES, parityCases } from './parity.js';
import { SUBJECTS } from './subjects.js';

describe.each(SUBJECTS)('over $name', (subject) => {
  const carried = subject.hasTransport ? parityCases(isCarriedBy(subject)) : ALL_CASES;
  caseTests(carried, subject);

  test('the cases include each code', () => {
    const codes = new Set(
      carried.flatMap(({ operation, testCase }) =>
        [testCase.then.resultCode].flat().map((code) => `${operation} ${code}`),
      ),
    );
    const documented = RESULT_CODES.map(({ operation, resultCode }) => `${operation} ${resultCode}`);
    expect(documented.filter((code) => !codes.has(code))).toEqual([]);
  });
});
