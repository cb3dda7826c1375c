/** The description of a result code. */
import type { BeyondCode, Operation, ResultCodeRow } from '../../../src/control/api.js';

export interface KnownCodes {
  readonly own: readonly ResultCodeRow[];
  readonly beyond: readonly BeyondCode[];
}

/** The operation's row, else that of a public list; undefined for a code that no list has. */
export function codeRow(
  { operation, code }: { readonly operation: Operation; readonly code: string },
  { own, beyond }: KnownCodes,
): Pick<ResultCodeRow, 'desc' | 'descEn'> | undefined {
  return (
    own.find((row) => row.operation === operation && row.code === code) ??
    beyond.find((row) => row.code === code)
  );
}
