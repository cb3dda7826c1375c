/** Magic tokens: a token that ends in a result code forces that code, for clients that can only change the token. */
import type { Operation } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { formatMagicToken, magicDigits } from '../engine/token-format.js';

/** The operation of each documented code, by its magic token. */
const DOCUMENTED = new Map(
  Object.entries(RESULTS).flatMap(([operation, rows]) =>
    rows.map(({ code }) => [formatMagicToken(code), { operation, code }] as const),
  ),
);
// Leading zeros are padding, so an undocumented code that begins with 0 has no magic token.
const UNDOCUMENTED = /^0{12,}([1-9]\d{0,5})$/;

/** The code that a token forces; undefined for an ordinary token and for a documented code of the other operation. */
export function magicResultCode(operation: Operation, token: string | undefined): string | undefined {
  const digits = token === undefined ? undefined : magicDigits(token);
  if (token === undefined || digits === undefined) return undefined;
  const documented = DOCUMENTED.get(token);
  if (documented !== undefined) return documented.operation === operation ? documented.code : undefined;
  return UNDOCUMENTED.exec(digits)?.[1];
}
