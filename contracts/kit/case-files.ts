/** All case files with complete cases, in the order of the document's tables of codes. A test checks that the list is complete. */
import type { Case, CaseFile } from './case.js';
import { FILES } from './operations.js';
import { LEVELS } from './result.js';

/** As in the file: a case has the members of `defaults` that it does not have itself. The level follows from the basis. */
interface FileWithDefaults extends Omit<CaseFile, 'cases'> {
  readonly defaults?: Partial<Case>;
  readonly cases: readonly Omit<Case, 'level'>[];
}

// TypeScript widens the literals of a JSON module to string. A test checks each file against its schema.
export const CASE_FILES: readonly CaseFile[] = FILES.flatMap(({ cases }) => cases as readonly FileWithDefaults[]).map(
  ({ defaults, cases, ...file }) => ({
    ...file,
    cases: cases.map((one) => {
      const testCase = { ...defaults, ...one };
      return { ...testCase, level: LEVELS[testCase.basis] };
    }),
  }),
);
