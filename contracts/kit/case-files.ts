/** All case files with complete cases, in the order of the document's tables of codes. A test checks that the list is complete. */
import { type Operation, RESULT_CODES } from '../index.js';
import type { Case, CaseFile } from './case.js';
import { publishedData, stemOf } from './data.js';
import { OPERATIONS } from './operations.js';
import { LEVELS } from './result.js';

/** As in the file: a case has the members of `defaults` that it does not have itself. The level follows from the basis. */
interface FileWithDefaults extends Omit<CaseFile, 'cases'> {
  readonly defaults?: Partial<Case>;
  readonly cases: readonly Omit<Case, 'level'>[];
}

function filesOf(operation: Operation): readonly FileWithDefaults[] {
  const codes = RESULT_CODES.filter((row) => row.operation === operation).map(({ resultCode }) => resultCode);
  return [...codes, 'precedence'].map((name) => publishedData(`cases/${stemOf(operation)}/${name}.json`));
}

export const CASE_FILES: readonly CaseFile[] = OPERATIONS.flatMap(filesOf).map(({ defaults, cases, ...file }) => ({
  ...file,
  cases: cases.map((one) => {
    const testCase = { ...defaults, ...one };
    return { ...testCase, level: LEVELS[testCase.basis] };
  }),
}));
