/** Requests, from the HTTP exchange to named fields. The document, 1.2 and 2.3. */

import type {
  Property,
  RequestField,
  RequestSigning,
  Signing,
  Texts,
} from '../../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../../src/protocol/json.js';
import { BODY_BYTES_MAX } from '../../../src/protocol/limits.js';
import type { Location } from '../../../src/protocol/operations/description.js';
import type { Operation, OperationRow } from '../../../src/protocol/operations.js';
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
  readonly bodyForm: BodyForm;
  readonly contentTypeIsJson: boolean;
  /** The kinds of the documented fields that were sent, but are no String and nothing else that the readings accept. */
  readonly wrongValues: readonly WrongValue[];
  /** The fields that were sent with such a value. */
  readonly untexted: readonly SentValue[];
  /** undefined for a body that is not one JSON object. */
  readonly json: JsonObject | undefined;
  /** The way to sign that the request selects. */
  readonly signing: Signing;
}

/** One JSON object, also after a byte order mark; another JSON value; nothing; no JSON, or too long. */
export type BodyForm = 'object' | 'marked' | 'null' | 'list' | 'value' | 'empty' | 'broken';

export const VALUE_KINDS = ['null', 'number', 'boolean', 'object', 'array'] as const;
/** `keyType` is a number in a field that may be one. */
export type WrongValue = 'keyType' | `${'required' | 'optional'}.${(typeof VALUE_KINDS)[number]}`;

/** A request as far as it can be parsed before its app and the app's readings are loaded. */
export interface Draft {
  readonly exchange: Exchange;
  readonly bodyForm: BodyForm;
  /** undefined for a body that is not one JSON object. */
  readonly json: JsonObject | undefined;
  readonly sent: SentFields;
  readonly appId: string | undefined;
  readonly token: string | undefined;
  readonly msgId: string | undefined;
}

/** The fields of a request. */
interface SentFields {
  /** Of those that are a String, and of numbers in a field that may be one. */
  readonly texts: Texts;
  /** Those that were sent and are no String. */
  readonly others: readonly SentValue[];
}

export interface SentValue {
  readonly field: RequestField;
  readonly value: unknown;
}

/** undefined for a body that is not one JSON object, or too long. */
export function parseBody({
  body,
  bodyBytes,
}: Pick<Exchange, 'body' | 'bodyBytes'>): JsonObject | undefined {
  const value = parsedBody({ body, bodyBytes });
  return isObject(value) ? value : undefined;
}

const BYTE_ORDER_MARK = 0xfeff;

/** undefined for a body that is not JSON, or too long. */
function parsedBody({ body, bodyBytes }: Pick<Exchange, 'body' | 'bodyBytes'>): unknown {
  if (bodyBytes > BODY_BYTES_MAX) return undefined;
  try {
    // JSON.parse refuses a byte order mark, which clients in C# send.
    return JSON.parse(body.charCodeAt(0) === BYTE_ORDER_MARK ? body.slice(1) : body);
  } catch {
    return undefined;
  }
}

function bodyFormOf(exchange: Exchange, json: JsonObject | undefined): BodyForm {
  if (json !== undefined)
    return exchange.body.charCodeAt(0) === BYTE_ORDER_MARK ? 'marked' : 'object';
  if (exchange.bodyBytes === 0) return 'empty';
  const value = parsedBody(exchange);
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return value === undefined ? 'broken' : 'value';
}

export const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** The body with each number as the text that was sent: 17 digits do not fit in a JavaScript number. */
export function numbersAsTexts(exchange: Exchange): JsonObject | undefined {
  const body = exchange.body.replace(STRING_OR_NUMBER, (found) =>
    found.startsWith('"') ? found : `"${found}"`,
  );
  return parseBody({ ...exchange, body });
}

// RFC 9110, 5.5: the white space around a value is no part of it. Node removes it; a capture may have it. The lookbehind lets
// only the first one start a match.
const WHITE_SPACE_AROUND = /^[ \t]+|(?<![ \t])[ \t]+$/g;

/** The first header with this name. */
function headerIn(rawHeaders: readonly string[], name: string): string | undefined {
  const lower = name.toLowerCase();
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.toLowerCase() === lower)
      return rawHeaders[at + 1]?.replace(WHITE_SPACE_AROUND, '');
  return undefined;
}

/** Whether the first Content-Type is application/json, with or without parameters. */
function isJsonContentType(rawHeaders: readonly string[]): boolean {
  const [mediaType = ''] = (headerIn(rawHeaders, 'content-type') ?? '').split(';');
  return mediaType.trim().toLowerCase() === 'application/json';
}

/** Parses the fields. What they mean depends on the app's readings. */
export function parseDraft(exchange: Exchange): Draft {
  const json = parseBody(exchange);
  const sent = sentFields(exchange, json);
  const areTexts = sent.others.length === 0 || !sent.others.some(selectsState);
  const { appId, msgId, token } = areTexts
    ? sent.texts
    : sentFields(exchange, numbersAsTexts(exchange)).texts;
  return { exchange, bodyForm: bodyFormOf(exchange, json), json, sent, appId, msgId, token };
}

const SELECTING: readonly Property[] = ['appId', 'msgId', 'token'];

/** Whether it is a field that selects the state to load. */
function selectsState({ field }: SentValue): boolean {
  return SELECTING.includes(field.property);
}

const NO_OTHERS: readonly SentValue[] = [];

function sentFields(exchange: Exchange, json: JsonObject | undefined): SentFields {
  const texts: { -readonly [P in keyof Texts]: Texts[P] } = {};
  let others = NO_OTHERS;
  const fields: readonly RequestField[] = exchange.row.fields;
  const objects = objectsIn(json);
  for (const field of fields) {
    const { name, location } = field;
    const value =
      location === 'httpHeader' ? headerIn(exchange.rawHeaders, name) : objects[location]?.[name];
    if (value === undefined || typeof value === 'string') texts[field.property] = value;
    else {
      texts[field.property] = isNumberOfOne(field, value) ? String(value) : undefined;
      others = [...others, { field, value }];
    }
  }
  return { texts, others };
}

/** The whole request, according to the app's readings. The document, 1.2 and 2.3. */
export function toRequest(draft: Draft, readings: Readings): CarrierRequest {
  const { exchange } = draft;
  const { row, path, method, rawHeaders } = exchange;
  const areNumbersTexts = readings['json-numbers'] === 'any' && draft.json !== undefined;
  const json = areNumbersTexts ? numbersAsTexts(exchange) : draft.json;
  const { texts, others } = areNumbersTexts ? sentFields(exchange, json) : draft.sent;
  return {
    operation: row.operation,
    pathRight: path === row.path,
    methodRight: method === 'POST',
    bodyForm: draft.bodyForm,
    contentTypeIsJson:
      (readings['content-type'] === 'any' && !('requiresJsonType' in row)) ||
      isJsonContentType(rawHeaders),
    ...wrongIn(others, readings),
    json,
    signing: selectedSigning(row.signings, texts),
    ...texts,
  };
}

const NO_OTHER_VALUES = { wrongValues: [], untexted: [] } as const;

/** The values that the readings do not accept, and their kinds. */
function wrongIn(
  others: readonly SentValue[],
  readings: Readings,
): Pick<CarrierRequest, 'wrongValues' | 'untexted'> {
  if (others.length === 0) return NO_OTHER_VALUES;
  const untexted = others.filter((other) => !isAccepted(other, readings));
  return { wrongValues: untexted.map(wrongValue), untexted };
}

function isAccepted({ field, value }: SentValue, readings: Readings): boolean {
  if (value === null) return readings['json-null'] === 'absent' && field.required !== true;
  return isNumberOfOne(field, value) && readings['json-numbers'] !== 'refused';
}

function wrongValue({ field, value }: SentValue): WrongValue {
  if (isNumberOfOne(field, value)) return 'keyType';
  return `${field.required === false ? 'optional' : 'required'}.${kindOf(value)}`;
}

export function kindOf(value: unknown): (typeof VALUE_KINDS)[number] {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'object';
}

/** Whether it is a number in a field that may be one. */
function isNumberOfOne({ mayBeNumber }: RequestField, value: unknown): boolean {
  return mayBeNumber === true && typeof value === 'number';
}

/** The value of a field as it was sent. */
export function valueAt(
  { name, location }: RequestField,
  { rawHeaders }: Exchange,
  json: JsonObject | undefined,
): unknown {
  return location === 'httpHeader' ? headerIn(rawHeaders, name) : objectsIn(json)[location]?.[name];
}

type BodyLocation = Exclude<Location, 'httpHeader'>;

/** The objects of a body that can hold fields. */
function objectsIn(
  json: JsonObject | undefined,
): Readonly<Record<BodyLocation, JsonObject | undefined>> {
  const { header, body } = json ?? {};
  return {
    topLevel: json,
    header: isObject(header) ? header : undefined,
    body: isObject(body) ? body : undefined,
  };
}

type Selected = Pick<RequestSigning, 'name' | 'selectedBy'>;

/** The first is the default. */
function selectedSigning(schemes: readonly [Selected, ...Selected[]], texts: Texts): Signing {
  for (const { name, selectedBy } of schemes)
    if (selectedBy && texts[selectedBy.property] === selectedBy.value) return name;
  return schemes[0].name;
}
