/** The result codes, derived from the operations' descriptions. A code belongs to its operation. */

import type { ResultRow } from './operations/description.js';
import {
  byOperation,
  OPERATIONS,
  type Operation,
  type OperationRow,
  operationRow,
  type RowOf,
} from './operations.js';

export type { ResultRow } from './operations/description.js';

/** The rows of one operation, with their literal codes. */
export type ResultOf<O extends Operation> = RowOf<O>['results'][number];

/** The documented codes of an operation. */
export const RESULTS = byOperation(
  (operation): readonly ResultRow[] => operationRow(operation).results,
);

/** Every code that an operation can return without a script. */
export function resultRows(operation: Operation): readonly ResultRow[] {
  const { results, unlistedResults } = operationRow(operation);
  return [...results, ...unlistedResults];
}

/** Every such code. */
export type ResultCode = OperationRow['results' | 'unlistedResults'][number]['code'];

/** Each code once, in the order of the operations. */
export const RESULT_CODES: readonly ResultCode[] = [...new Set(OPERATIONS.flatMap(codesOf))];

function codesOf({ results, unlistedResults }: OperationRow): readonly ResultCode[] {
  return [...results, ...unlistedResults].map(({ code }) => code);
}

const ROWS = byOperation(
  (operation) => new Map(resultRows(operation).map((row) => [row.code, row])),
);

/** undefined if the operation does not have the code. */
export function resultRow(operation: Operation, code: string): ResultRow | undefined {
  return ROWS[operation].get(code);
}

/** True for a code that the operation's own list does not have; false without a code. */
export function isUndocumented(operation: Operation, code: string | undefined): boolean {
  return code !== undefined && !RESULTS[operation].some((row) => row.code === code);
}

/**
 * Whether the document has the code only for other operations, so that a test that forces it means one of those. An
 * operation from public material changes nothing for the others.
 */
export function isOfAnother(operation: Operation, code: string): boolean {
  const documented = OPERATIONS.filter(({ basis }) => basis === 'documented').flatMap(
    (row) => RESULTS[row.operation],
  );
  return isUndocumented(operation, code) && documented.some((row) => row.code === code);
}
