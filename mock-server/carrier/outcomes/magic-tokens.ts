/** Magic tokens: a token that ends in a result code forces that code, for clients that can only change the token. */
import { byOperation, OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { formatMagicToken, magicDigits } from '../engine/token-format.js';

/** The documented codes of each operation, by their magic tokens. */
const DOCUMENTED = byOperation(
  (operation) => new Map(RESULTS[operation].map(({ code }) => [formatMagicToken(code), code])),
);
// Leading zeros are padding, so an undocumented code that begins with 0 has no magic token.
const UNDOCUMENTED = /^0{12,}([1-9]\d{0,5})$/;

/** The code that a token forces; undefined for an ordinary token and for a documented code of the other operation. */
export function magicResultCode(operation: Operation, token: string | undefined): string | undefined {
  const digits = token === undefined ? undefined : magicDigits(token);
  if (token === undefined || digits === undefined) return undefined;
  const documented = DOCUMENTED[operation].get(token);
  if (documented !== undefined) return documented;
  const isOfAnother = OPERATIONS.some((other) => DOCUMENTED[other.operation].has(token));
  return isOfAnother ? undefined : UNDOCUMENTED.exec(digits)?.[1];
}
