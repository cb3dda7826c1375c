/** The code of a response, and its meaning: the same steps for all operations. */

import { type ReplyField, type ReplyProperty, replyFields } from '../protocol/fields.js';
import { isObject } from '../protocol/json.js';
import { type NextStep, UNKNOWN_CODE_NEXT } from '../protocol/next-steps.js';
import type { Operation } from '../protocol/operations.js';
import { RESULTS, type ResultOf } from '../protocol/result-codes.js';
import type { ExchangeIdentity } from './errors.js';
import {
  checkEchoedId,
  type Json,
  objectIn,
  readAnswer,
  requiredText,
  shownField,
} from './read-answer.js';
import { headerOf, type ReceivedResponse } from './received.js';
import { shownText, withHidden } from './redact.js';
import type { AnswerDetails, Description, Refusal, RefusalOf, UnknownCode } from './refusal.js';

type RefusalFields = Omit<Refusal<string, string, NextStep>, keyof AnswerDetails>;

/** What the responses of an operation mean. */
interface Responses<O extends Operation> {
  readonly operation: O;
  readonly successes: readonly string[];
  /** Codes for a request that the carrier could not read, or for a failure of it. The response may lack its id. */
  readonly unread: readonly string[];
  readonly refusals: ReadonlyMap<string, RefusalFields>;
}

export function responsesOf<O extends Operation>(
  operation: O,
  unread: readonly string[],
): Responses<O> {
  const successes: string[] = [];
  const refusals = new Map<string, RefusalFields>();
  for (const { code, name, desc, descEn, charged, next } of RESULTS[operation]) {
    const description = Object.freeze({ en: descEn, zh: desc });
    if (charged) successes.push(code);
    else if (next !== undefined)
      refusals.set(code, { kind: 'refused', resultCode: code, name, description, next, charged });
  }
  return { operation, successes, unread, refusals };
}

/** A response that belongs to its request. */
export interface ReadResponse {
  readonly answer: Json;
  readonly resultCode: string;
  readonly details: AnswerDetails;
}

interface Output {
  readonly request: ExchangeIdentity;
  readonly response: ReceivedResponse;
  readonly production?: boolean | undefined;
}

/** The answer that a response means. `more` has what every answer of the operation has. @throws an ExchangeError */
export function processed<O extends Operation, Given extends Output, Success, More extends object>(
  responses: Responses<O>,
  output: Given,
  success: (output: Given, read: ReadResponse) => Success,
  more?: (answer: Json) => More,
): Success | (More & (RefusalOf<ResultOf<O>> | UnknownCode)) {
  const { request, response, production = true } = output;
  const { operation, successes, refusals } = responses;
  const answer = readAnswer(request, response, production);
  const resultCode = checkedCode(request, { answer, response }, responses);
  const details = detailsOf(request, answer, operation);
  if (successes.includes(resultCode)) return success(output, { answer, resultCode, details });
  const unknown = {
    kind: 'unknownCode',
    resultCode: shownText(resultCode),
    next: UNKNOWN_CODE_NEXT,
  } as const;
  const refusal = refusals.get(resultCode) ?? { ...unknown, charged: undefined };
  const refused: object = answerOf({ ...refusal, ...details, ...more?.(answer) });
  return refused as More & (RefusalOf<ResultOf<O>> | UnknownCode);
}

interface Place {
  readonly answer: Json;
  readonly response: ReceivedResponse;
}

/** The code of a response that belongs to the request. @throws an ExchangeError */
function checkedCode(
  request: ExchangeIdentity,
  read: Place,
  { operation, successes, unread, refusals }: Responses<Operation>,
): string {
  const { in: from, name, field } = placeOf(request, read, operation, 'resultCode');
  const resultCode = requiredText(request, { in: from, name, field });
  const isKnown = successes.includes(resultCode) || refusals.has(resultCode);
  const id = placeOf(request, read, operation, 'msgId');
  checkEchoedId(request, {
    field: id.field,
    echoed: id.in[id.name],
    mayBeEmpty: unread.includes(resultCode) || !isKnown,
  });
  return resultCode;
}

/** Where a response has a value. @throws ResponseFormatError if the object is missing */
function placeOf(
  request: ExchangeIdentity,
  { answer, response: { headers } }: Place,
  operation: Operation,
  property: ReplyProperty,
) {
  const { name, location } = replyField(operation, property) ?? {
    name: property,
    location: 'topLevel',
  };
  if (location === 'topLevel') return { in: answer, name, field: name };
  if (location !== 'httpHeader')
    return { in: objectIn(request, answer, location), name, field: `${location}.${name}` };
  const value = headerOf(headers, name.toLowerCase());
  return { in: value === undefined ? {} : { [name]: value }, name, field: `the header ${name}` };
}

function replyField(operation: Operation, property: ReplyProperty): ReplyField | undefined {
  return replyFields(operation).find((each) => each.property === property);
}

/** The details of a response, which may lack its objects: no decision depends on them. */
function detailsOf({ msgId }: ExchangeIdentity, answer: Json, operation: Operation): AnswerDetails {
  const shown = (property: ReplyProperty) => {
    const { name, location } = replyField(operation, property) ?? {};
    if (name === undefined || location === undefined) return undefined;
    const object = location === 'topLevel' ? answer : answer[location];
    return isObject(object) ? shownField(object, name) : undefined;
  };
  return { msgId, taskId: shown('taskId'), carrierText: shown('text') };
}

interface ShownAnswer {
  readonly kind: string;
  readonly resultCode: string;
  readonly name?: string;
  readonly next?: NextStep;
  readonly description?: Description;
  readonly carrierText: string | undefined;
}

/** A frozen answer. As a text, it is one line with the code, the next step and the carrier's text. */
export function answerOf<T extends ShownAnswer>(
  answer: T,
  hidden: readonly (keyof T & string)[] = [],
): Readonly<T> {
  const { kind, resultCode, name, next, description, carrierText = description?.zh } = answer;
  const step = next === undefined ? '' : `, next: ${next}`;
  const text = carrierText === undefined ? '' : ` (${carrierText})`;
  const code = `${kind} ${resultCode}`;
  return withHidden(answer, hidden, {
    line: `${code}${name ? ` ${name}` : ''}${step}${text}`,
    brief: code + step,
  });
}
