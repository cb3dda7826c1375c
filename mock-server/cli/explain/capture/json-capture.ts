/** Reads captures in JSON: journal records, a HAR file, a description of a request, or the body of a request; alone or in log lines. */
import { wireNames } from '../../../../src/protocol/fields.js';
import { isObject, type JsonObject, parseJson } from '../../../../src/protocol/json.js';
import { OPERATIONS, operationUnder } from '../../../../src/protocol/operations.js';
import { isSdkCall } from '../../../../src/protocol/sdk-calls.js';
import { TIMESTAMP_MS_MAX } from '../../../../src/protocol/timestamp.js';
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { problem } from '../messages.js';
import {
  type Among,
  answeredIn,
  type Capture,
  type Captures,
  headerIn,
  pathOf,
  queryOf,
  shortQuote,
} from './capture.js';

type Read = Captures | Capture | Bilingual;

interface Shape {
  readonly matches: (json: JsonObject) => boolean;
  /** `text` is the JSON of the object, as it was captured if that is known. */
  readonly read: (json: JsonObject, text: string) => Read;
}

/** The names that identify a description of a request: no field of the document has one of them. */
const DESCRIPTION_NAMES = ['method', 'path', 'url', 'headers', 'request'] as const;
const DESCRIBES = new RegExp(`"(?:${DESCRIPTION_NAMES.join('|')})"`);

/** In this order, because the body of tokenValidate also has a field `body`. */
const SHAPES: readonly Shape[] = [
  {
    matches: isResponse,
    read: () => problem('json.response'),
  },
  {
    matches: ({ requests }) => Array.isArray(requests),
    read: ({ requests }) => fromList(requests, { as: 'newest', none: NO_REQUESTS }),
  },
  {
    matches: ({ log }) => isObject(log) && Array.isArray(log['entries']),
    read: ({ log }) => fromHar(log),
  },
  {
    // A body of tokenValidate, or a description whose `body` is an object and that has no `header`.
    matches: ({ header, body }) => isObject(header) || isObject(body),
    read: (json, text) =>
      isDescription(json) && !('header' in json) ? fromDescription(json) : { body: text },
  },
  {
    matches: (json) => isDescription(json) || typeof json['body'] === 'string',
    read: fromDescription,
  },
  {
    matches: (json) => 'appKey' in json || 'appSecret' in json,
    read: () => problem('json.app'),
  },
  { matches: isFlatBody, read: (_, body) => ({ body }) },
];
const NO_REQUESTS = problem('json.no-requests');
const NO_REQUEST = problem('json.no-request');

/** The requests, or the reason if the JSON contains no request. undefined for a text that is not JSON. */
export function readJson(text: string): Captures | Bilingual | undefined {
  if (!text.startsWith('{') && !text.startsWith('[')) return undefined;
  const json = parseJson(text);
  if (json === undefined) return undefined;
  if (Array.isArray(json)) return fromList(json, { as: 'first', none: problem('json.empty-list') });
  return isObject(json) ? fromObject(json, text) : NO_REQUEST;
}

/** The requests that an object in another text, such as a log line, describes; none for other objects. */
export function readDescriptions(text: string): readonly Capture[] {
  if (!DESCRIBES.test(text)) return [];
  const json = parseJson(text);
  if (!isObject(json) || !isDescription(json)) return [];
  const read = fromObject(json, text);
  const captures = 'en' in read ? [] : read.captures;
  return captures.filter(({ path }) => path === undefined || operationUnder(path) !== undefined);
}

// An object of a log can have one of these names by chance.
const FLAT_NAMES_MIN = 3;

/** Whether a text is an object with few names of the document. */
export function isFlatByChance(text: string): boolean {
  const json = parseJson(text);
  const names = isObject(json) ? Object.keys(json) : [];
  const known = names.filter((name) => FLAT_NAMES.includes(name.toLowerCase()));
  return known.length < FLAT_NAMES_MIN;
}

function isDescription(json: JsonObject): boolean {
  return DESCRIPTION_NAMES.some((name) => name in json);
}

/** The carrier's own response, without the request. */
function isResponse(json: JsonObject): boolean {
  const { header, body } = json;
  if (isDescription(json)) return false;
  const isOfCarrier = 'resultCode' in json || (isObject(header) && 'resultCode' in header);
  return isOfCarrier || (typeof body === 'string' && answeredIn(body) !== undefined);
}

function fromObject(json: JsonObject, text: string): Captures | Bilingual {
  return toCaptures(SHAPES.find(({ matches }) => matches(json))?.read(json, text) ?? NO_REQUEST);
}

function toCaptures(read: Read): Captures | Bilingual {
  return 'en' in read || 'captures' in read ? read : { captures: [read] };
}

/** Broken JSON is explained as the body of a request, unless it seems to describe a request. */
export function brokenJson(text: string): Capture | Bilingual | undefined {
  if (!text.startsWith('{')) return undefined;
  const name = DESCRIPTION_NAMES.find((one) => text.includes(`"${one}"`));
  return name === undefined ? { body: text } : problem('json.broken-description', { name });
}

/** The readable requests of a list, or the error of the first one. The journal lists the newest first. */
function fromList(
  list: unknown,
  { as, none }: Pick<Among, 'as'> & { readonly none: Bilingual },
): Captures | Bilingual {
  const all = Array.isArray(list) ? list : [];
  const [first = none, ...others] = all.map((one) =>
    isObject(one) ? fromObject(one, JSON.stringify(one)) : NO_REQUEST,
  );
  if ('en' in first) return first;
  const [capture, ...inside] = first.captures;
  const behind = others.flatMap((read) => ('en' in read ? [] : read.captures));
  return {
    captures: [capture, ...inside, ...behind],
    ...(all.length > 1 && { among: { count: all.length, as } }),
  };
}

/** The entries for the carrier, or all if there are none. A page's own requests to the carrier come before those of its server. */
function fromHar(log: unknown): Captures | Bilingual {
  const entries =
    isObject(log) && Array.isArray(log['entries']) ? log['entries'].filter(isObject) : [];
  const toCarrier = entries.filter(({ request }) => {
    const url = isObject(request) ? (textOf(request['url']) ?? '') : '';
    return OPERATIONS.some(({ prefix }) => url.includes(prefix)) && !isSdkCall(pathOf(url));
  });
  return fromList(toCarrier.length > 0 ? toCarrier : entries, { as: 'first', none: NO_REQUESTS });
}

function fromDescription(json: JsonObject): Capture | Bilingual {
  const { request } = json;
  const all = isObject(request) ? { ...json, ...request } : json;
  const rawHeaders = headersOf(all['headers']);
  if (rawHeaders !== undefined && 'en' in rawHeaders) return rawHeaders;
  const body = bodyOf(all) ?? absentBodyOf(all);
  if (body === undefined) return noBody(all);
  const url = textOf(all['path']) ?? textOf(all['url']);
  return {
    method: textOf(all['method']),
    path: url && pathOf(url),
    query: url && queryOf(url),
    rawHeaders,
    body,
    clientIp: textOf(all['clientIp']),
    atMs: timeOf(all),
    answered: answeredOf(all),
    decidedBy: decidedByIn(all),
  };
}

/** Empty for a request that has none; undefined for one whose body is not captured. */
function absentBodyOf({ method, bodySize }: JsonObject): string | undefined {
  return method === 'GET' || bodySize === 0 ? '' : undefined;
}

function noBody(json: JsonObject): Bilingual {
  return problem('json.no-body', { found: shortQuote(Object.keys(json).join(', ')) });
}

/** The result code of a journal record, or in the response of a HAR entry. */
function answeredOf({ resultCode, response }: JsonObject): string | undefined {
  return textOf(resultCode) ?? answeredIn(JSON.stringify(contentOf(response) ?? ''));
}

/** The body of a response, its content in a HAR file, or the response itself. */
function contentOf(response: unknown): unknown {
  if (!isObject(response)) return response;
  const { body, content } = response;
  return body ?? (isObject(content) ? textIn(content) : undefined) ?? response;
}

/** A field of a journal record, or a response header in a HAR file. */
function decidedByIn({ decidedBy, response }: JsonObject): string | undefined {
  const headers = headersOf(isObject(response) ? response['headers'] : undefined);
  const inHeaders = Array.isArray(headers) ? headerIn(headers, 'x-mock-decided-by') : undefined;
  return textOf(decidedBy) ?? inHeaders;
}

/** A string unchanged, an object as JSON. In a HAR file it is in `postData`. undefined if the description has none. */
function bodyOf({ body, postData, isBase64Encoded }: JsonObject): string | undefined {
  if (body === null) return '';
  // A gateway of AWS describes a body of bytes in this way.
  if (isBase64Encoded === true) return textIn({ text: body, encoding: 'base64' });
  if (body === undefined) return isObject(postData) ? textIn(postData) : undefined;
  if (typeof body === 'string') return body;
  const text = isObject(body) && !isFlatBody(body) ? textIn(body) : undefined;
  return text ?? JSON.stringify(body);
}

/** The text of a HAR file's content, which can be in Base64. */
function textIn({ text, encoding }: JsonObject): string | undefined {
  if (typeof text !== 'string') return undefined;
  return encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text;
}

function timeOf({
  receivedAtMs,
  receivedAt,
  atMs,
  startedDateTime,
}: JsonObject): number | undefined {
  const found = [receivedAtMs, receivedAt, atMs, startedDateTime];
  const times = found.map((at) => (typeof at === 'string' ? Date.parse(at) : at));
  return times.find(isTime);
}

function isTime(at: unknown): at is number {
  return typeof at === 'number' && at >= 0 && at <= TIMESTAMP_MS_MAX;
}

/** An object with strings or lists of strings, or a list of `{ name, value }`. */
function headersOf(headers: unknown): readonly string[] | Bilingual | undefined {
  if (headers === undefined || headers === null) return undefined;
  if (isObject(headers)) {
    return Object.entries(headers).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).flatMap((one) => [name, asText(one)]),
    );
  }
  if (!Array.isArray(headers) || !headers.every((one) => isObject(one) && 'name' in one))
    return problem('json.headers');
  return headers.flatMap(({ name, value = '' }) => [asText(name), asText(value)]);
}

/** Not with String(), which throws for an object whose `toString` is not a function. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const FLAT_NAMES = OPERATIONS.flatMap(({ operation }) => wireNames(operation)).map((name) =>
  name.toLowerCase(),
);

function isFlatBody(json: JsonObject): boolean {
  return Object.keys(json).some((name) => FLAT_NAMES.includes(name.trim().toLowerCase()));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
