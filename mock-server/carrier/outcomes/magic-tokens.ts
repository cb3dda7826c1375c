/** Magic tokens: a token whose tail spells a result code is answered with it, for clients that can change nothing else. */
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { formatMagicToken } from '../engine/token-format.js';

const CODES = new Map<Operation, ReadonlyMap<string, string>>(
  OPERATIONS.map(({ operation }) => [
    operation,
    new Map(RESULTS[operation].map(({ code }) => [formatMagicToken(code), code])),
  ]),
);

/** The code that a token asks for; undefined for an ordinary token, and for a code that the operation does not have. */
export function magicResultCode(operation: Operation, token: string | undefined): string | undefined {
  return token === undefined ? undefined : CODES.get(operation)?.get(token);
}
