/** The operations of the carrier. Every list of operations, fields, signatures or codes is derived from this one. */

import { H5_TOKEN_VALIDATE } from './operations/h5-token-validate.js';
import { LOGIN_TOKEN_VALIDATE } from './operations/login-token-validate.js';
import { TOKEN_VALIDATE } from './operations/token-validate.js';
import { isSdkCall } from './sdk-calls.js';

export const OPERATIONS = [LOGIN_TOKEN_VALIDATE, TOKEN_VALIDATE, H5_TOKEN_VALIDATE] as const;

export type OperationRow = (typeof OPERATIONS)[number];
export type Operation = OperationRow['operation'];

export type RowOf<O extends Operation> = Extract<OperationRow, { readonly operation: O }>;

const ROWS = Object.fromEntries(OPERATIONS.map((row) => [row.operation, row])) as {
  [O in Operation]: RowOf<O>;
};

export function operationRow<O extends Operation>(operation: O): RowOf<O> {
  return ROWS[operation];
}

/** A value for each operation, by its name. */
export function byOperation<T>(entry: (operation: Operation) => T): Readonly<Record<Operation, T>> {
  return Object.fromEntries(
    OPERATIONS.map(({ operation }) => [operation, entry(operation)]),
  ) as Record<Operation, T>;
}

const BY_PATH: ReadonlyMap<string, OperationRow> = new Map(
  OPERATIONS.map((row) => [row.path, row]),
);

/** The operation that a path is for, even if the path is wrong; undefined for a path that is not the carrier's, and for a call of an SDK. */
export function operationUnder(path: string): OperationRow | undefined {
  // Nearly every request has an exact path, and this runs for each.
  const exact = BY_PATH.get(path);
  if (exact !== undefined) return exact;
  return isSdkCall(path) ? undefined : operationByPrefix(path);
}

/** The operation whose prefix a path has, also of a call of an SDK. */
export function operationByPrefix(path: string): OperationRow | undefined {
  return OPERATIONS.find(({ prefix }) => path.startsWith(prefix));
}
