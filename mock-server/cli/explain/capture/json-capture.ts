/** Reads captures in JSON: journal records, a HAR file, a description of a request, or the body of a request. */

import { wireNames } from '../../../../src/protocol/fields.js';
import { isObject } from '../../../../src/protocol/json.js';
import { TIMESTAMP_MS_MAX } from '../../../../src/protocol/timestamp.js';
import { isNestedDeep } from '../nesting.js';
import type { Among, Capture, Captures } from './capture.js';
import { pathOf, queryOf } from './path.js';

type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonLike(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[');
}

interface Shape {
  readonly matches: (json: JsonObject) => boolean;
  /** `text` is the JSON of the object. It is lazy, because serializing each level of nested lists would be expensive. */
  readonly read: (json: JsonObject, text: () => string) => Captures | Capture | string;
}

/** The names that identify a description of a request: no field of the document has one of them. */
const DESCRIPTION_NAMES = ['method', 'path', 'url', 'headers', 'request'] as const;

/** In this order, because the body of tokenValidate also has a field `body`. */
const SHAPES: readonly Shape[] = [
  {
    matches: ({ requests }) => Array.isArray(requests),
    read: ({ requests }) => fromList(requests, { as: 'newest', none: NO_REQUESTS }),
  },
  { matches: ({ log }) => isObject(log) && Array.isArray(log['entries']), read: ({ log }) => fromHar(log) },
  { matches: ({ header, body }) => isObject(header) || isObject(body), read: (json, text) => envelope(json, text) },
  {
    matches: (json) => DESCRIPTION_NAMES.some((name) => name in json) || typeof json['body'] === 'string',
    read: fromDescription,
  },
  {
    matches: (json) => 'appKey' in json || 'appSecret' in json,
    read: () => 'is an app, not a request',
  },
  { matches: isLoginLike, read: (_, text) => bareBody(text()) },
];
const NO_REQUESTS = 'has no requests';

/** The requests, or a sentence with the reason if the JSON contains no request. */
export function readJson(text: string): Captures | string {
  const json = parsed(text);
  if (json === undefined) return toCaptures(brokenJson(text));
  if (isNestedDeep(json)) return 'is JSON that is nested too deeply for a request';
  if (Array.isArray(json)) return fromList(json, { as: 'first', none: 'is an empty list' });
  if (!isObject(json)) return NO_REQUEST;
  return fromObject(json, () => text);
}

const NO_REQUEST =
  'is JSON, but not a request: it has neither the fields of the document, nor method, url, headers and body';

function fromObject(json: JsonObject, text: () => string): Captures | string {
  return toCaptures(SHAPES.find(({ matches }) => matches(json))?.read(json, text) ?? NO_REQUEST);
}

function toCaptures(read: Captures | Capture | string): Captures | string {
  return typeof read === 'string' || 'captures' in read ? read : { captures: [read] };
}

/** Broken JSON is explained as the body of a request, unless it seems to describe a request. */
function brokenJson(text: string): Capture | string {
  const describes = DESCRIPTION_NAMES.find((name) => text.includes(`"${name}"`));
  if (describes === undefined) return bareBody(text);
  return `describes a request (it has ${JSON.stringify(describes)}), but is not JSON: write the body of the request as a string`;
}

/** The readable requests of a list, or the error of the first one. The journal lists the newest first. */
function fromList(list: unknown, { as, none }: Pick<Among, 'as'> & { readonly none: string }): Captures | string {
  const all = Array.isArray(list) ? list : [];
  const [first = none, ...others] = all.map((one) =>
    isObject(one) ? fromObject(one, () => JSON.stringify(one)) : NO_REQUEST,
  );
  if (typeof first === 'string') return first;
  const [capture, ...inside] = first.captures;
  const behind = others.flatMap((read) => (typeof read === 'string' ? [] : read.captures));
  return { captures: [capture, ...inside, ...behind], ...(all.length > 1 && { among: { count: all.length, as } }) };
}

const CARRIER_PATH = /\/(?:unisdk|openapi)\//;

/** The entries for the carrier, or all if there are none. */
function fromHar(log: unknown): Captures | string {
  const entries = isObject(log) && Array.isArray(log['entries']) ? log['entries'].filter(isObject) : [];
  const toCarrier = entries.filter(
    ({ request }) => isObject(request) && CARRIER_PATH.test(textOf(request['url']) ?? ''),
  );
  return fromList(toCarrier.length > 0 ? toCarrier : entries, { as: 'first', none: NO_REQUESTS });
}

/** A body of tokenValidate, or a description whose `body` is an object and that has no `header`. */
function envelope(json: JsonObject, text: () => string): Capture | string {
  return DESCRIPTION_NAMES.some((name) => name in json) && !('header' in json)
    ? fromDescription(json)
    : bareBody(text());
}

function fromDescription(json: JsonObject): Capture | string {
  const { request } = json;
  const all = isObject(request) ? { ...json, ...request } : json;
  const rawHeaders = headersOf(all['headers']);
  if (typeof rawHeaders === 'string') return rawHeaders;
  const path = textOf(all['path']) ?? textOf(all['url']);
  return {
    method: textOf(all['method']),
    path: path && pathOf(path),
    ...(path !== undefined && queryOf(path)),
    rawHeaders,
    body: bodyOf(all),
    clientIp: textOf(all['clientIp']),
    atMs: timeOf(all),
    ...decidedByIn(all),
  };
}

const DECIDED_BY = 'x-mock-decided-by';

/** A field of a journal record, or a response header in a HAR file. */
function decidedByIn({ decidedBy, response }: JsonObject): Pick<Capture, 'decidedBy'> {
  const headers = headersOf(isObject(response) ? response['headers'] : undefined);
  const list = Array.isArray(headers) ? headers : [];
  const at = list.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === DECIDED_BY);
  const found = textOf(decidedBy) ?? (at === -1 ? undefined : list[at + 1]);
  return found === undefined ? {} : { decidedBy: found };
}

function bareBody(body: string): Capture {
  const unknown = { method: undefined, path: undefined, rawHeaders: undefined, clientIp: undefined, atMs: undefined };
  return { ...unknown, body };
}

/** A string unchanged, an object as JSON. In a HAR file it is in `postData.text`. */
function bodyOf({ body, postData }: JsonObject): string {
  const found = body ?? (isObject(postData) ? postData['text'] : undefined);
  if (found === undefined || found === null) return '';
  return typeof found === 'string' ? found : JSON.stringify(found);
}

const RECEIVED_AT = ['receivedAtMs', 'receivedAt', 'atMs', 'startedDateTime'] as const;

function timeOf(json: JsonObject): number | undefined {
  const times = RECEIVED_AT.map((name) => json[name]).map((at) => (typeof at === 'string' ? Date.parse(at) : at));
  return times.find((at) => typeof at === 'number' && at >= 0 && at <= TIMESTAMP_MS_MAX) as number | undefined;
}

/** An object with strings or lists of strings, or a list of `[name, value]`, `{ name, value }` or `"Name: value"`. */
function headersOf(headers: unknown): readonly string[] | string | undefined {
  if (headers === undefined || headers === null) return undefined;
  const pairs = Array.isArray(headers) ? headers.map(pairOf) : isObject(headers) ? pairsIn(headers) : [undefined];
  const whole = pairs.filter((pair) => pair !== undefined);
  if (whole.length === pairs.length) return whole.flat();
  return 'has headers in an unknown format: use an object, or a list of [name, value], { name, value } or "Name: value"';
}

function pairsIn(headers: JsonObject): readonly (readonly string[])[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, asText(one)]),
  );
}

function pairOf(header: unknown): readonly string[] | undefined {
  if (Array.isArray(header)) return header.length === 2 ? header.map(asText) : undefined;
  if (isObject(header)) return 'name' in header ? [asText(header['name']), asText(header['value'] ?? '')] : undefined;
  const at = typeof header === 'string' ? header.indexOf(':') : -1;
  return typeof header === 'string' && at > 0 ? [header.slice(0, at).trim(), header.slice(at + 1).trim()] : undefined;
}

/** Not with String(), which throws for an object whose `toString` is not a function. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const LOGIN_NAMES: readonly string[] = wireNames('loginTokenValidate');

function isLoginLike(json: JsonObject): boolean {
  return Object.keys(json).some((name) => LOGIN_NAMES.includes(name.trim().toLowerCase()));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
