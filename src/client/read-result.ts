/** The code of a response, and its meaning: the same steps for all operations. */

import { type ReplyProperty, replyFields } from '../protocol/fields.js';
import { type NextStep, UNKNOWN_CODE_NEXT } from '../protocol/next-steps.js';
import type { Operation } from '../protocol/operations.js';
import { RESULTS } from '../protocol/result-codes.js';
import type { ExchangeIdentity } from './errors.js';
import { checkEchoedId, type Json, objectIn, ownValue, requiredText } from './read-answer.js';
import { headerOf, type ReceivedResponse } from './received.js';
import { shownText } from './redact.js';
import type { Description, UnknownCode } from './refusal.js';

/** What the codes of an operation mean. */
export interface ResultTable {
  readonly operation: Operation;
  readonly successes: readonly string[];
  /** Codes for a request that the carrier could not read, or for a failure of it. The response may lack its id. */
  readonly unread: readonly string[];
  readonly refusals: ReadonlyMap<string, RefusalFields>;
}

export function resultTable(operation: Operation, unread: readonly string[]): ResultTable {
  const successes = RESULTS[operation].filter(({ charged }) => charged).map(({ code }) => code);
  return { operation, successes, unread, refusals: refusalsOf(operation) };
}

export interface ReadResponse {
  readonly answer: Json;
  readonly response: ReceivedResponse;
}

/** The code of a response that belongs to the request. @throws an ExchangeError */
export function checkedCode(request: ExchangeIdentity, read: ReadResponse, table: ResultTable): string {
  const { operation, successes, unread, refusals } = table;
  const { in: from, name, field } = placeOf(request, read, operation, 'resultCode');
  const resultCode = requiredText(request, { in: from, name, field });
  const isKnown = successes.includes(resultCode) || refusals.has(resultCode);
  const id = placeOf(request, read, operation, 'msgId');
  checkEchoedId(request, {
    field: id.field,
    echoed: ownValue(id.in, id.name),
    mayBeEmpty: unread.includes(resultCode) || !isKnown,
  });
  return resultCode;
}

/** Where a response has a value. @throws ResponseFormatError if the object is missing */
function placeOf(
  request: ExchangeIdentity,
  { answer, response: { headers } }: ReadResponse,
  operation: Operation,
  property: ReplyProperty,
) {
  const row = replyFields(operation).find((each) => each.property === property);
  if (row === undefined) throw new Error(`a response of ${operation} has no ${property}`);
  const { name, location } = row;
  if (location === 'topLevel') return { in: answer, name, field: name };
  if (location !== 'httpHeader') return { in: objectIn(request, answer, location), name, field: `${location}.${name}` };
  const value = headerOf(headers, name.toLowerCase());
  return { in: value === undefined ? {} : { [name]: value }, name, field: `the header ${name}` };
}

interface RefusalFields {
  readonly kind: 'refused';
  readonly resultCode: string;
  readonly name: string;
  readonly description: Description;
  readonly next: NextStep;
  readonly charged: false;
}

function refusalsOf(operation: Operation): ReadonlyMap<string, RefusalFields> {
  return new Map(
    RESULTS[operation].flatMap(
      ({ code, name, desc, descEn, charged, next }): readonly (readonly [string, RefusalFields])[] => {
        if (charged || next === undefined) return [];
        const description = Object.freeze({ en: descEn, zh: desc });
        return [[code, { kind: 'refused', resultCode: code, name, description, next, charged }]];
      },
    ),
  );
}

export function unknownCode(resultCode: string, carrierText: string | undefined): Omit<UnknownCode, 'taskId'> {
  const shown = shownText(resultCode);
  return { kind: 'unknownCode', resultCode: shown, carrierText, next: UNKNOWN_CODE_NEXT, charged: undefined };
}
