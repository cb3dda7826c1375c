/** All case files with complete cases, in the order of the document's tables of codes. A test checks that the list is complete. */
import { readFileSync } from 'node:fs';
import { type Operation, RESULT_CODES } from '../index.js';
import type { Case, CaseFile } from './case.js';
import { OPERATIONS } from './operations.js';
import { LEVELS } from './result.js';

// The built code is in dist/, next to contracts/. It has no second copy of the data.
const FOLDER = new URL(import.meta.url.endsWith('.ts') ? '../' : '../contracts/', import.meta.url);

/** The names of files and folders have the operation in kebab-case. */
export function stemOf(operation: Operation): string {
  return operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The JSON of a file below contracts/. A test checks each file against its schema. */
export function publishedData<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'));
}

/** As in the file: a case has the members of `defaults` that it does not have itself. The level follows from the basis. */
interface FileWithDefaults extends Omit<CaseFile, 'cases'> {
  readonly defaults?: Partial<Case>;
  readonly cases: readonly Omit<Case, 'level'>[];
}

export const CASE_FILES: readonly CaseFile[] = OPERATIONS.flatMap((operation) => {
  const codes = RESULT_CODES.filter((row) => row.operation === operation).map(({ resultCode }) => resultCode);
  return [...codes, 'precedence'].map((name) => {
    const path = `cases/${stemOf(operation)}/${name}.json`;
    const { defaults, cases, ...file } = publishedData<FileWithDefaults>(path);
    return {
      ...file,
      cases: cases.map((one) => {
        const testCase = { ...defaults, ...one };
        return { ...testCase, level: LEVELS[testCase.basis] };
      }),
    };
  });
});
