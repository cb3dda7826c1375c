/** Requests, from the HTTP exchange to named fields. The document, 1.2 and 2.3. */
import { isObject, type JsonObject } from '../../../src/protocol/json.js';
import type { OperationRow } from '../../../src/protocol/operations.js';
import type { Readings } from './readings.js';

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

/** 64 KiB. A valid request is well under 1 KiB. */
export const BODY_BYTES_MAX = 64 * 1024;
/** How much of each body the journal keeps. A normal one is under 1 KiB. */
export const KEPT_BODY_BYTES_MAX = 8 * 1024;

/** A field that was not sent or is not a String is undefined. */
interface RequestBase {
  readonly urlRight: boolean;
  readonly bodyReadable: boolean;
  readonly contentTypeIsJson: boolean;
  /** Every documented field that was sent is a String, or a number if the reading accepts one. */
  readonly valuesAreStrings: boolean;
  readonly version: string | undefined;
  readonly msgId: string | undefined;
  /** systemtime or timestamp. */
  readonly sentAt: string | undefined;
  readonly appId: string | undefined;
  readonly token: string | undefined;
  readonly sign: string | undefined;
  readonly expandParams: string | undefined;
}

export interface LoginTokenRequest extends RequestBase {
  readonly operation: 'loginTokenValidate';
  readonly strictCheck: string | undefined;
  readonly encryptionAlgorithm: string | undefined;
}

export interface TokenValidateRequest extends RequestBase {
  readonly operation: 'tokenValidate';
  /** header and body are objects. */
  readonly envelopeWhole: boolean;
  readonly openType: string | undefined;
  readonly requesterType: string | undefined;
  readonly message: string | undefined;
  /** `rsa` for 1. Absent or any other value means 0, HMACSHA256. */
  readonly keyType: 'hmac' | 'rsa';
  readonly phoneNum: string | undefined;
}

export type CarrierRequest = LoginTokenRequest | TokenValidateRequest;

/** A request as far as it can be parsed before its app and the app's readings are loaded. */
export interface Draft {
  readonly exchange: Exchange;
  /** undefined for a body that is not one JSON object. */
  readonly json: JsonObject | undefined;
  readonly appId: string | undefined;
  readonly token: string | undefined;
  readonly msgId: string | undefined;
}

export function parseBody({ body, bodyBytes }: Exchange): JsonObject | undefined {
  if (bodyBytes > BODY_BYTES_MAX) return undefined;
  try {
    // JSON.parse refuses a byte order mark, which clients in C# send.
    const value: unknown = JSON.parse(body.charCodeAt(0) === 0xfeff ? body.slice(1) : body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** The body with each number as the text that was sent: 17 digits do not fit in a JavaScript number. */
export function numbersAsTexts(exchange: Exchange): JsonObject | undefined {
  const body = exchange.body.replace(STRING_OR_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`));
  return parseBody({ ...exchange, body });
}

export function jsonOf({ json, exchange }: Draft, readings: Readings): JsonObject | undefined {
  return readings['json-numbers'] === 'any' && json !== undefined ? numbersAsTexts(exchange) : json;
}

/** POST to the exact path. */
export function isUrlRight({ exchange }: Draft): boolean {
  return exchange.method === 'POST' && exchange.path === exchange.row.path;
}

export function isContentTypeAccepted({ exchange }: Draft, readings: Readings): boolean {
  return readings['content-type'] === 'any' || isJsonContentType(exchange.rawHeaders);
}

/** Whether the first Content-Type is application/json, with or without parameters. */
function isJsonContentType(rawHeaders: readonly string[]): boolean {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type');
  const [mediaType = ''] = (rawHeaders[at + 1] ?? '').split(';');
  return at >= 0 && mediaType.trim().toLowerCase() === 'application/json';
}

/** Absent, or a String; null is not one. */
export function isText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isTextOrNull(value: unknown): boolean {
  return value === null || isText(value);
}

/** Checks the value of an optional field. With `json-null` absent, null is the same as not sent. */
export function optionalText(readings: Readings): typeof isText {
  return readings['json-null'] === 'absent' ? isTextOrNull : isText;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function objectAt(json: JsonObject | undefined, name: 'header' | 'body'): JsonObject | undefined {
  const value = json?.[name];
  return isObject(value) ? value : undefined;
}
