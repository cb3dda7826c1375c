/**
 * The cases that prove a transport: the first case of each code, signing mode and shape of a request or a response. The
 * engine decides, for each transport alike.
 */

import type { Operation } from '../../../contracts/index.js';
import type { Case } from '../../../contracts/kit/case.js';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import { signingModeOf } from '../../../contracts/kit/provider.js';

export interface CaseRow {
  readonly id: string;
  readonly operation: Operation;
  readonly testCase: Case;
}

export const ALL_CASES: readonly CaseRow[] = CASE_FILES.flatMap(({ operation, cases }) =>
  cases.map((testCase) => ({ id: testCase.id, operation, testCase })),
);

/** The rows that `isCarried` accepts, without rows whose traits are all in earlier rows. */
export function parityCases(isCarried: (row: CaseRow) => boolean): readonly CaseRow[] {
  const shown = new Set<string>();
  return ALL_CASES.filter(isCarried).filter((row) => {
    const traits = traitsOf(row);
    const isNew = traits.some((trait) => !shown.has(trait));
    for (const trait of traits) shown.add(trait);
    return isNew;
  });
}

function traitsOf({ operation, testCase }: CaseRow): readonly string[] {
  const { then, when = {} } = testCase;
  const { body = {}, headers = {}, method, path } = when;
  return [
    ...[then.resultCode].flat().map((code) => `code ${operation} ${code}`),
    `signed ${operation} ${signingModeOf(operation, testCase)}`,
    `method ${operation} ${method}`,
    `path ${operation} ${path === undefined ? '' : path.replace(/\w+/g, 'w')}`,
    ...Object.keys(body).map((form) => `body ${operation} ${form}`),
    ...Object.entries(headers).map(
      ([name, value]) => `header ${operation} ${name} ${shapeOf(value)}`,
    ),
    ...Object.keys(then.equal ?? {}).map((pointer) => `answer ${operation} ${pointer}`),
    ...[...(then.present ?? []), ...Object.keys(then.decrypted ?? {})].map(
      (at) => `answer ${operation} ${at}`,
    ),
  ];
}

function shapeOf(value: string | null | readonly string[]): string {
  if (value === null) return 'omitted';
  return typeof value === 'string' ? value : `${value.length} times`;
}
