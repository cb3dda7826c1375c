/** The result codes, derived from the operations' descriptions. A code belongs to its operation. */

import type { ResultRow } from './operations/description.js';
import { LOGIN_TOKEN_VALIDATE } from './operations/login-token-validate.js';
import { TOKEN_VALIDATE } from './operations/token-validate.js';
import { byOperation, type Operation, operationRow } from './operations.js';

export type { ResultRow } from './operations/description.js';

export const LOGIN_TOKEN_VALIDATE_RESULTS = LOGIN_TOKEN_VALIDATE.results;
export const TOKEN_VALIDATE_RESULTS = TOKEN_VALIDATE.results;

export type LoginTokenValidateResultCode = (typeof LOGIN_TOKEN_VALIDATE_RESULTS)[number]['code'];
export type TokenValidateResultCode = (typeof TOKEN_VALIDATE_RESULTS)[number]['code'];

/** The documented codes of an operation. */
export const RESULTS = byOperation((operation): readonly ResultRow[] => operationRow(operation).results);

/** Every code that an operation can return without a script. */
export function resultRows(operation: Operation): readonly ResultRow[] {
  const { results, unlistedResults } = operationRow(operation);
  return [...results, ...unlistedResults];
}

const ROWS = byOperation((operation) => new Map(resultRows(operation).map((row) => [row.code, row])));

/** undefined if the operation does not have the code. */
export function resultRow(operation: Operation, code: string): ResultRow | undefined {
  return ROWS[operation].get(code);
}

/** True for a code that the operation's list in the document does not have; false without a code. */
export function isUndocumented(operation: Operation, code: string | undefined): boolean {
  return code !== undefined && !RESULTS[operation].some((row) => row.code === code);
}
