/** Requests, from the HTTP exchange to named fields. The document, 1.2 and 2.3. */

import {
  fieldsOf,
  type Property,
  partsOf,
  type RequestField,
  type Signing,
  signingsOf,
  type Texts,
} from '../../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../../src/protocol/json.js';
import { BODY_BYTES_MAX } from '../../../src/protocol/limits.js';
import {
  byOperation,
  type Operation,
  type OperationRow,
} from '../../../src/protocol/operations.js';
import type { Readings } from '../../../src/protocol/readings.js';

/** An HTTP request as text, not yet checked. */
export interface Exchange {
  /** The operation that the path belongs to. */
  readonly row: OperationRow;
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  /** Name, value, name, value …, as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  /** The body's length on the wire; more than BODY_BYTES_MAX makes it unreadable. */
  readonly bodyBytes: number;
  /** Only in the journal: the rest of the body was not kept. */
  readonly bodyIsPart?: boolean;
  readonly clientIp: string;
}

/** How much of each body the journal keeps. A normal one is under 1 KiB. */
export const KEPT_BODY_BYTES_MAX = 8 * 1024;

/** The texts of its fields, by the names of this program. A field that was not sent or is not a String is undefined. */
export interface CarrierRequest extends Texts {
  readonly operation: Operation;
  readonly pathRight: boolean;
  readonly methodRight: boolean;
  readonly bodyReadable: boolean;
  readonly contentTypeIsJson: boolean;
  /** The objects that hold the operation's fields are objects. */
  readonly envelopeWhole: boolean;
  /** The kinds of the documented fields that were sent, but are no String and nothing else that the readings accept. */
  readonly wrongValues: readonly WrongValue[];
  /** undefined for a body that is not one JSON object. */
  readonly json: JsonObject | undefined;
  /** The way to sign that the request selects. */
  readonly signing: Signing;
}

/** `keyType` is a number in a field that may be one. */
export type WrongValue = 'null' | 'number' | 'keyType' | 'other';

/** A request as far as it can be parsed before its app and the app's readings are loaded. */
export interface Draft {
  readonly exchange: Exchange;
  /** undefined for a body that is not one JSON object. */
  readonly json: JsonObject | undefined;
  readonly appId: string | undefined;
  readonly token: string | undefined;
  readonly msgId: string | undefined;
}

/** undefined for a body that is not one JSON object, or too long. */
export function parseBody({
  body,
  bodyBytes,
}: Pick<Exchange, 'body' | 'bodyBytes'>): JsonObject | undefined {
  if (bodyBytes > BODY_BYTES_MAX) return undefined;
  try {
    // JSON.parse refuses a byte order mark, which clients in C# send.
    const value: unknown = JSON.parse(body.charCodeAt(0) === 0xfeff ? body.slice(1) : body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** The body with each number as the text that was sent: 17 digits do not fit in a JavaScript number. */
export function numbersAsTexts(exchange: Exchange): JsonObject | undefined {
  const body = exchange.body.replace(STRING_OR_NUMBER, (found) =>
    found.startsWith('"') ? found : `"${found}"`,
  );
  return parseBody({ ...exchange, body });
}

/** The first header with this name. */
function headerIn(rawHeaders: readonly string[], name: string): string | undefined {
  const lower = name.toLowerCase();
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.toLowerCase() === lower) return rawHeaders[at + 1];
  return undefined;
}

/** Whether the first Content-Type is application/json, with or without parameters. */
function isJsonContentType(rawHeaders: readonly string[]): boolean {
  const [mediaType = ''] = (headerIn(rawHeaders, 'content-type') ?? '').split(';');
  return mediaType.trim().toLowerCase() === 'application/json';
}

/** Parses what selects the state to load. The rest depends on the app's readings. */
export function parseDraft(exchange: Exchange): Draft {
  const json = parseBody(exchange);
  const sent = namesIn(exchange, json);
  const areTexts = isText(sent.appId) && isText(sent.msgId) && isText(sent.token);
  const { appId, msgId, token } = areTexts ? sent : namesIn(exchange, numbersAsTexts(exchange));
  return { exchange, json, appId: textOf(appId), msgId: textOf(msgId), token: textOf(token) };
}

const FIELDS = byOperation((operation) => {
  const rowOf = (property: Property) =>
    fieldsOf(operation).find((row) => row.property === property);
  return { appId: rowOf('appId'), msgId: rowOf('msgId'), token: rowOf('token') };
});

/** They are not validated, so they may be other values than texts. */
function namesIn(exchange: Exchange, json: JsonObject | undefined) {
  const { appId, msgId, token } = FIELDS[exchange.row.operation];
  return {
    appId: appId && valueAt(appId, exchange, json),
    msgId: msgId && valueAt(msgId, exchange, json),
    token: token && valueAt(token, exchange, json),
  };
}

/** The whole request, according to the app's readings. The document, 1.2 and 2.3. */
export function toRequest(draft: Draft, readings: Readings): CarrierRequest {
  const { exchange } = draft;
  const { operation } = exchange.row;
  const areNumbersTexts = readings['json-numbers'] === 'any' && draft.json !== undefined;
  const json = areNumbersTexts ? numbersAsTexts(exchange) : draft.json;
  const { texts, wrongValues } = fieldValues(exchange, json, readings);
  return {
    operation,
    pathRight: exchange.path === exchange.row.path,
    methodRight: exchange.method === 'POST',
    bodyReadable: draft.json !== undefined,
    contentTypeIsJson:
      (readings['content-type'] === 'any' && !('requiresJsonType' in exchange.row)) ||
      isJsonContentType(exchange.rawHeaders),
    envelopeWhole: partsOf(operation).every((part) => isObject(json?.[part])),
    wrongValues,
    json,
    signing: selectedSigning(operation, texts),
    ...texts,
  };
}

const NO_WRONG_VALUES: readonly WrongValue[] = [];

function fieldValues(exchange: Exchange, json: JsonObject | undefined, readings: Readings) {
  const texts: { -readonly [P in keyof Texts]: Texts[P] } = {};
  let wrongValues = NO_WRONG_VALUES;
  for (const field of fieldsOf(exchange.row.operation)) {
    const value = valueAt(field, exchange, json);
    const isNumber = field.mayBeNumber === true && typeof value === 'number';
    texts[field.property] = isNumber ? String(value) : textOf(value);
    if (isText(value) || isAccepted(value, field, readings)) continue;
    wrongValues = [...wrongValues, isNumber ? 'keyType' : wrongValue(value)];
  }
  return { texts, wrongValues };
}

/** Whether the readings accept a value that is no text. */
function isAccepted(
  value: unknown,
  { mayBeNumber, required }: RequestField,
  readings: Readings,
): boolean {
  if (value === null) return readings['json-null'] === 'absent' && required !== true;
  return (
    mayBeNumber === true && typeof value === 'number' && readings['json-numbers'] !== 'refused'
  );
}

function wrongValue(value: unknown): WrongValue {
  if (value === null) return 'null';
  return typeof value === 'number' ? 'number' : 'other';
}

/** The value of a field as it was sent. */
export function valueAt(
  { name, location }: RequestField,
  { rawHeaders }: Exchange,
  json: JsonObject | undefined,
): unknown {
  if (location === 'topLevel') return json?.[name];
  if (location === 'httpHeader') return headerIn(rawHeaders, name);
  const part = json?.[location];
  return isObject(part) ? part[name] : undefined;
}

function selectedSigning(operation: Operation, texts: Texts): Signing {
  const schemes = signingsOf(operation);
  for (const { name, selectedBy } of schemes)
    if (selectedBy && texts[selectedBy.property] === selectedBy.value) return name;
  return schemes[0].name;
}

function isText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
