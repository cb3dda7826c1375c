/** The case files and the scenario files. A test checks that the lists are complete. */
import { readFileSync } from 'node:fs';
import { type Operation, RESULT_CODES } from '../index.js';
import type { Case, CaseFile } from './case.js';
import type { ScenarioFormat } from './formats.js';
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

/** With complete cases, in the order of the document's tables of codes. */
export const CASE_FILES: readonly CaseFile[] = OPERATIONS.flatMap((operation) => {
  const codes = RESULT_CODES.filter((row) => row.operation === operation).map(
    ({ resultCode }) => resultCode,
  );
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

/** A scenario, as in its file: the response that the client gets, and how it must handle it. Its schema has the members. */
export type Scenario = ScenarioFormat['scenario'];
export type ScenarioFile = ScenarioFormat['file'] & { readonly operation: Operation };
/** The changes that the recorder makes to a response of the mock. */
export type Alteration = ScenarioFormat['alteration'];

/** In the order of the document. */
export const SCENARIO_FILES: readonly ScenarioFile[] = OPERATIONS.map((operation) =>
  publishedData(`scenarios/${stemOf(operation)}.json`),
);
