/** The checks that every answer has to pass before its code is believed. The document, 1.2 and 2.3 响应参数. */
import { checkMsgId, kindOf } from './check.js';
import { type ExchangeIdentity, ResponseFormatError, ResponseMismatchError, ResponseNotJsonError } from './errors.js';
import { refuseMockAnswer } from './mock-mark.js';
import { checkStatus, headerOf, type ReceivedResponse } from './received.js';
import { shownText } from './shown-text.js';

export type Json = Readonly<Record<string, unknown>>;

const BOM = '\uFEFF';

/** The JSON object of an answer. @throws an ExchangeError; an ArgumentError where the request has no id to be told by */
export function readAnswer(exchange: ExchangeIdentity, response: ReceivedResponse, production: boolean): Json {
  // Without one, an answer that names no request would be taken for its answer.
  checkMsgId(exchange.msgId);
  if (production) refuseMockAnswer(exchange, (name) => headerOf(response.headers, name));
  checkStatus(exchange, response);
  const answer = parse(exchange, response.text);
  if (!isJsonObject(answer))
    throw formatError(exchange, '', `the answer must be a JSON object, found ${kindOf(answer)}`);
  return answer;
}

function parse({ operation, msgId }: ExchangeIdentity, text: string): unknown {
  try {
    return JSON.parse(text.startsWith(BOM) ? text.slice(BOM.length) : text);
  } catch {
    // Neither the text nor the parser's message, which quotes it: it may hold the number.
    const looks = /^\s*</.test(text) ? ', which look like a page of HTML' : '';
    const detail = `the answer is not JSON: ${text.length} characters${looks}`;
    throw new ResponseNotJsonError({ operation, msgId, maybeSent: true, detail });
  }
}

function isJsonObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object inside the answer. @throws ResponseFormatError */
export function objectIn(exchange: ExchangeIdentity, answer: Json, name: string): Json {
  const value = own(answer, name);
  if (!isJsonObject(value)) throw formatError(exchange, name, `${name} must be an object, found ${kindOf(value)}`);
  return value;
}

/** A field that decides: it has to be there, a text, and not empty. @throws ResponseFormatError */
export function decidingText(exchange: ExchangeIdentity, { in: from, name, field = name }: FieldAt): string {
  const value = own(from, name);
  if (typeof value === 'string' && value !== '') return value;
  const found = value === '' ? 'an empty one' : kindOf(value);
  throw formatError(exchange, field, `${field} must be a String, found ${found}`);
}

interface FieldAt {
  readonly in: Json;
  readonly name: string;
  /** Its path in the answer, for the message. */
  readonly field?: string;
}

/** A field that decides nothing: what is not as documented is as good as absent. */
export function otherText(from: Json, name: string): string | undefined {
  const value = own(from, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The same, to be shown: nothing is compared with it. */
export function shownIn(from: Json, name: string): string | undefined {
  const text = otherText(from, name);
  return text && shownText(text);
}

/** Never a property of Object.prototype. */
export function own(from: Json, name: string): unknown {
  return Object.hasOwn(from, name) ? from[name] : undefined;
}

/**
 * Whether the answer is to this request. Where the carrier could not read it (or somebody in between answered) the id
 * is empty or absent; that is accepted of the codes that say so, never of one that is about the token.
 */
export function checkEchoedId(
  exchange: ExchangeIdentity,
  { field, echoed, mayBeEmpty }: { readonly field: string; readonly echoed: unknown; readonly mayBeEmpty: boolean },
): void {
  if (echoed === exchange.msgId) return;
  const absent = echoed === undefined || echoed === '';
  if (absent && mayBeEmpty) return;
  const { operation, msgId } = exchange;
  const found = absent ? 'names no request' : 'is to another request';
  const detail = `the answer ${found}: its ${field} must be the msgId that was sent`;
  throw new ResponseMismatchError({ operation, msgId, maybeSent: true, detail });
}

export function formatError(
  { operation, msgId }: ExchangeIdentity,
  field: string,
  detail: string,
): ResponseFormatError {
  return new ResponseFormatError({ operation, msgId, maybeSent: true, field, detail });
}
