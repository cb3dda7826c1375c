/** Magic tokens: a token that ends in a result code forces that code, for clients that can only change the token. */
import { byOperation, type Operation } from '../../../src/protocol/operations.js';
import { isOfAnother, RESULTS } from '../../../src/protocol/result-codes.js';
import { formatMagicToken, magicDigits } from '../engine/token-format.js';
import type { Step } from './outcome.js';

const ALL_CODES = Object.values(RESULTS).flatMap((rows) => rows.map(({ code }) => code));

/** The codes of each operation's list, and those that the document has only for others, by their magic tokens. */
const CODES = byOperation((operation) => ({
  own: new Map(RESULTS[operation].map(({ code }) => [formatMagicToken(code), code])),
  ofOthers: new Set(ALL_CODES.filter((code) => isOfAnother(operation, code)).map(formatMagicToken)),
}));
// Leading zeros are padding, so an undocumented code that begins with 0 has no magic token.
const UNDOCUMENTED = /^0{12,}([1-9]\d{0,5})$/;

/** The code that a token forces; undefined for an ordinary token and for a code that the document has only for another operation. */
export function magicResultCode(
  operation: Operation,
  token: string | undefined,
): string | undefined {
  const digits = token === undefined ? undefined : magicDigits(token);
  if (token === undefined || digits === undefined) return undefined;
  const { own, ofOthers } = CODES[operation];
  return own.get(token) ?? (ofOthers.has(token) ? undefined : UNDOCUMENTED.exec(digits)?.[1]);
}

/** The same as a step. */
export function magicStep(operation: Operation, token: string | undefined): Step | undefined {
  const resultCode = magicResultCode(operation, token);
  return resultCode === undefined
    ? undefined
    : { delayMs: 0, outcome: { kind: 'code', resultCode }, times: 1 };
}
