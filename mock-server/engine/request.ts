/** A request off the wire: what it is, what it says, in the domain's words. The document, 1.2 and 2.3. */
import { type OperationRow, operationUnder } from '../../src/protocol/operations.js';
import type { Readings } from './readings.js';

/** What a listener makes of an HTTP request: bytes turned into text, nothing judged. */
export interface Exchange {
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  /** Name, value, name, value …, as they were sent. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  /** The body's length on the wire; more than BODY_BYTES_MAX makes it unreadable. */
  readonly bodyBytes: number;
  readonly clientIp: string;
}

/** 64 KiB: a request is well under 1 KiB, and what is larger is no request. */
export const BODY_BYTES_MAX = 64 * 1024;

type JsonObject = Readonly<Record<string, unknown>>;

/** A field that was not sent, or is no String, is undefined. */
interface RequestBase {
  readonly urlRight: boolean;
  readonly bodyReadable: boolean;
  readonly contentTypeIsJson: boolean;
  /** Every documented field that was sent is a String (or a number, where the reading takes one). */
  readonly valuesAreStrings: boolean;
  readonly version: string | undefined;
  readonly msgId: string | undefined;
  /** systemtime or timestamp, its 17 digits. */
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
  /** Absent and anything but 1 is 0, HMACSHA256. */
  readonly keyType: 'hmac' | 'rsa';
  readonly phoneNum: string | undefined;
}

export type CarrierRequest = LoginTokenRequest | TokenValidateRequest;

/** A request as far as it can be read before its app, and so its readings, are known. */
export interface Draft {
  readonly exchange: Exchange;
  readonly row: OperationRow;
  /** undefined for a body that is not one JSON object. */
  readonly json: JsonObject | undefined;
  readonly appId: string | undefined;
  readonly token: string | undefined;
  readonly msgId: string | undefined;
}

/** Reads the body once; undefined for a path that is not the carrier's. */
export function parseDraft(exchange: Exchange): Draft | undefined {
  const row = operationUnder(exchange.path);
  if (row === undefined) return undefined;
  const json = parseBody(exchange);
  const head = row.operation === 'tokenValidate' ? objectAt(json, 'header') : json;
  const body = row.operation === 'tokenValidate' ? objectAt(json, 'body') : json;
  const [appId, msgId] =
    row.operation === 'tokenValidate' ? [head?.['appId'], head?.['msgId']] : [head?.['appid'], head?.['msgid']];
  return {
    exchange,
    row,
    json,
    appId: textOf(appId, true),
    msgId: textOf(msgId, true),
    token: textOf(body?.['token'], true),
  };
}

/** The whole request, by the readings of its app. */
export function toRequest(draft: Draft, readings: Readings): CarrierRequest {
  return draft.row.operation === 'loginTokenValidate'
    ? toLoginTokenRequest(draft, readings)
    : toTokenValidateRequest(draft, readings);
}

function parseBody({ body, bodyBytes }: Exchange): JsonObject | undefined {
  if (bodyBytes > BODY_BYTES_MAX) return undefined;
  try {
    // JSON.parse refuses a byte order mark; clients written in C# send one.
    const value: unknown = JSON.parse(body.charCodeAt(0) === 0xfeff ? body.slice(1) : body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function toLoginTokenRequest(draft: Draft, readings: Readings): LoginTokenRequest {
  const json = draft.json ?? {};
  const anyNumber = readings['json-numbers'] === 'any';
  return {
    operation: 'loginTokenValidate',
    ...common(draft, readings),
    valuesAreStrings: LOGIN_FIELDS.every((name) => isText(json[name], anyNumber)),
    version: textOf(json['version'], anyNumber),
    msgId: textOf(json['msgid'], anyNumber),
    sentAt: textOf(json['systemtime'], anyNumber),
    appId: textOf(json['appid'], anyNumber),
    token: textOf(json['token'], anyNumber),
    sign: textOf(json['sign'], anyNumber),
    expandParams: textOf(json['expandparams'], anyNumber),
    strictCheck: textOf(json['strictcheck'], anyNumber),
    encryptionAlgorithm: textOf(json['encryptionalgorithm'], anyNumber),
  };
}

function toTokenValidateRequest(draft: Draft, readings: Readings): TokenValidateRequest {
  const header = objectAt(draft.json, 'header') ?? {};
  const body = objectAt(draft.json, 'body') ?? {};
  const anyNumber = readings['json-numbers'] === 'any';
  const keyType = textOf(body['keyType'], true);
  return {
    operation: 'tokenValidate',
    ...common(draft, readings),
    envelopeWhole: isObject(draft.json?.['header']) && isObject(draft.json?.['body']),
    valuesAreStrings:
      HEADER_FIELDS.every((name) => isText(header[name], anyNumber)) &&
      BODY_FIELDS.every((name) => isText(body[name], anyNumber)) &&
      isText(body['keyType'], readings['json-numbers'] !== 'refused'),
    version: textOf(header['version'], anyNumber),
    msgId: textOf(header['msgId'], anyNumber),
    sentAt: textOf(header['timestamp'], anyNumber),
    appId: textOf(header['appId'], anyNumber),
    token: textOf(body['token'], anyNumber),
    sign: textOf(body['sign'], anyNumber),
    expandParams: textOf(body['expandParams'], anyNumber),
    openType: textOf(body['openType'], anyNumber),
    requesterType: textOf(body['requesterType'], anyNumber),
    message: textOf(body['message'], anyNumber),
    keyType: keyType === '1' ? 'rsa' : 'hmac',
    phoneNum: textOf(body['phoneNum'], anyNumber),
  };
}

/** The documented fields of login: unknown ones are ignored. */
const LOGIN_FIELDS = [
  'version',
  'msgid',
  'systemtime',
  'strictcheck',
  'appid',
  'expandparams',
  'token',
  'sign',
  'encryptionalgorithm',
] as const;

/** The documented fields of verify, keyType apart: a public client sends it as a number. */
const HEADER_FIELDS = ['version', 'msgId', 'timestamp', 'appId'] as const;
const BODY_FIELDS = ['openType', 'requesterType', 'message', 'expandParams', 'phoneNum', 'token', 'sign'] as const;

function common({ exchange, row, json }: Draft, readings: Readings) {
  return {
    urlRight: exchange.method === 'POST' && exchange.path === row.path,
    bodyReadable: json !== undefined,
    contentTypeIsJson: readings['content-type'] === 'any' || isJsonContentType(exchange.rawHeaders),
  };
}

/** Whether the first Content-Type is application/json, with or without parameters. */
function isJsonContentType(rawHeaders: readonly string[]): boolean {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type');
  const [mediaType = ''] = (rawHeaders[at + 1] ?? '').split(';');
  return at >= 0 && mediaType.trim().toLowerCase() === 'application/json';
}

function isText(value: unknown, numbers: boolean): boolean {
  return value === undefined || typeof value === 'string' || (numbers && typeof value === 'number');
}

function textOf(value: unknown, numbers: boolean): string | undefined {
  if (typeof value === 'string') return value;
  return numbers && typeof value === 'number' ? String(value) : undefined;
}

function objectAt(json: JsonObject | undefined, name: 'header' | 'body'): JsonObject | undefined {
  const value = json?.[name];
  return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
