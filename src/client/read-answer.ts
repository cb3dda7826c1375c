/** The checks of every response before its code is trusted. The document, 1.2 and 2.3 响应参数. */
import { isObject, type JsonObject } from '../protocol/json.js';
import { checkMsgId, kindOf } from './check.js';
import {
  type ExchangeIdentity,
  MockError,
  ResponseFormatError,
  ResponseMismatchError,
  ResponseNotJsonError,
} from './errors.js';
import { checkStatus, headerOf, type ReceivedResponse } from './received.js';
import { shownText } from './redact.js';

export type Json = JsonObject;

const BOM = '\uFEFF';

/** Returns the JSON object of a response. @throws an ExchangeError; an ArgumentError if the request has no msgId */
export function readAnswer(
  exchange: ExchangeIdentity,
  response: ReceivedResponse,
  production: boolean,
): Json {
  // Without a msgId, a response without an id would match the request.
  checkMsgId(exchange.msgId);
  if (production) refuseMockAnswer(exchange, response);
  checkStatus(exchange, response);
  const answer = parse(exchange, response.text);
  if (!isObject(answer))
    throw formatError(exchange, '', `the response must be a JSON object, found ${kindOf(answer)}`);
  return answer;
}

function parse(exchange: ExchangeIdentity, text: string): unknown {
  try {
    return JSON.parse(text.startsWith(BOM) ? text.slice(BOM.length) : text);
  } catch {
    // The text may contain the number, and the parser's message quotes it: use neither.
    const kind = /^\s*</.test(text) ? ' of what looks like HTML' : '';
    const detail = `the response must be JSON, found ${text.length} characters${kind}`;
    throw new ResponseNotJsonError({ ...exchange, maybeSent: true, detail });
  }
}

/** @throws ResponseFormatError */
export function objectIn(exchange: ExchangeIdentity, answer: Json, name: string): Json {
  const value = answer[name];
  if (!isObject(value))
    throw formatError(exchange, name, `${name} must be an object, found ${kindOf(value)}`);
  return value;
}

/** A required field: a text that is not empty. @throws ResponseFormatError */
export function requiredText(
  exchange: ExchangeIdentity,
  { in: from, name, field = name }: FieldAt,
): string {
  const value = from[name];
  if (typeof value === 'string' && value !== '') return value;
  const found = value === '' ? 'an empty text' : kindOf(value);
  throw formatError(exchange, field, `${field} must be a String, found ${found}`);
}

interface FieldAt {
  readonly in: Json;
  readonly name: string;
  /** Its path in the response, for the message. Default: its name. */
  readonly field?: string;
}

/** An optional field. A value that is not as documented is ignored, because no decision depends on it. */
export function optionalText(from: Json, name: string): string | undefined {
  const value = from[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An optional field, shortened and escaped for display. */
export function shownField(from: Json, name: string): string | undefined {
  const text = optionalText(from, name);
  return text && shownText(text);
}

/**
 * Checks that the response belongs to the request. If the carrier could not read the request, or a gateway answered, the id
 * is empty or absent. That is accepted only for codes that say so, never for a code about the token.
 */
export function checkEchoedId(
  exchange: ExchangeIdentity,
  {
    field,
    echoed,
    mayBeEmpty,
  }: { readonly field: string; readonly echoed: unknown; readonly mayBeEmpty: boolean },
): void {
  if (echoed === exchange.msgId) return;
  const absent = echoed === undefined || echoed === '';
  if (absent && mayBeEmpty) return;
  const found = absent ? 'no id' : 'the id of another request';
  const detail = `${field} of the response must be the msgId that was sent, found ${found}`;
  throw new ResponseMismatchError({ ...exchange, maybeSent: true, detail });
}

export function formatError(
  exchange: ExchangeIdentity,
  field: string,
  detail: string,
): ResponseFormatError {
  return new ResponseFormatError({ ...exchange, maybeSent: true, field, detail });
}

// A real token ends with 32 letters and digits. In one of 62^4 (14.8 million) tokens, they begin with these four letters.
const MOCK_TOKEN = /^STsid000000\d{13}MOCK[0-9A-Za-z]{28}$/;

const PRODUCTION_ADVICE = 'production: false accepts it, for tests only';

/** @throws MockError */
export function refuseMockToken({
  token,
  ...exchange
}: ExchangeIdentity & { readonly token: string }): void {
  if (!MOCK_TOKEN.test(token)) return;
  throw new MockError({
    ...exchange,
    maybeSent: false,
    detail: `the token is from a mock; ${PRODUCTION_ADVICE}`,
  });
}

/** @throws MockError */
function refuseMockAnswer(exchange: ExchangeIdentity, { headers }: ReceivedResponse): void {
  if (headerOf(headers, 'x-mock') === undefined) return;
  throw new MockError({
    ...exchange,
    maybeSent: true,
    detail: `the response is from a mock; ${PRODUCTION_ADVICE}`,
  });
}
