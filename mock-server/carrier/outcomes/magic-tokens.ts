/** Magic tokens: a token whose tail spells a result code is answered with it, for clients that can change nothing else. */
import type { Operation } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { formatMagicToken, magicDigits } from '../engine/token-format.js';

/** The operation of each documented code, by its magic token. */
const DOCUMENTED = new Map(
  Object.entries(RESULTS).flatMap(([operation, rows]) =>
    rows.map(({ code }) => [formatMagicToken(code), { operation, code }] as const),
  ),
);
// The zeros in front are padding: an undocumented code that begins with one has no magic token.
const UNDOCUMENTED = /^0{12,}([1-9]\d{0,5})$/;

/** The code that a token asks for; undefined for an ordinary token, and for a documented code that the operation does not have. */
export function magicResultCode(operation: Operation, token: string | undefined): string | undefined {
  const digits = token === undefined ? undefined : magicDigits(token);
  if (token === undefined || digits === undefined) return undefined;
  const documented = DOCUMENTED.get(token);
  if (documented !== undefined) return documented.operation === operation ? documented.code : undefined;
  return UNDOCUMENTED.exec(digits)?.[1];
}
