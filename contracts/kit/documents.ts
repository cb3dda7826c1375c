/**
 * A request or response as one document for pointers: its JSON, and below `/@headers` the HTTP headers that carry fields.
 * An operation without such headers has the JSON alone.
 */

import { parsedJson } from '../../src/text/shown-json.js';
import type { Operation } from '../index.js';
import { FACTS } from './operations.js';
import { isObject, type JsonObject } from './pointer.js';
import type { WireAnswer, WireRequest } from './wire.js';

const HEADERS = '@headers';

/** undefined for a body that is not JSON. */
export function answerFields(operation: Operation, { headers, body }: WireAnswer): unknown {
  const names = FACTS[operation].headerFields?.response;
  return withHeaders(parsedJson(body), names, (name) => headers[name.toLowerCase()]);
}

/** undefined for a body that has no JSON object. */
export function requestFields(
  operation: Operation,
  { headers = [], body }: Partial<WireRequest> & Pick<WireRequest, 'body'>,
): unknown {
  const json = jsonObjectIn(body);
  const names = FACTS[operation].headerFields?.request;
  const sent = (name: string) =>
    headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
  return withHeaders(json, names, sent);
}

/** The JSON object of a body; undefined if the body is not UTF-8, JSON and an object. Standard JSON has no BOM. */
export function jsonObjectIn(body: Buffer): unknown {
  try {
    const json: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body),
    );
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** The JSON of a document, and its HTTP headers. */
export function splitFields(fields: unknown): {
  readonly json: unknown;
  readonly headers: JsonObject;
} {
  if (!isObject(fields)) return { json: fields, headers: {} };
  const { [HEADERS]: headers, ...json } = fields;
  return isObject(headers) ? { json, headers } : { json: fields, headers: {} };
}

function withHeaders(
  json: unknown,
  names: readonly string[] | undefined,
  sentValue: (name: string) => string | undefined,
): unknown {
  if (names === undefined || !isObject(json)) return json;
  const found = names
    .map((name) => [name, sentValue(name)] as const)
    .filter(([, value]) => value !== undefined);
  return { ...json, [HEADERS]: Object.fromEntries(found) };
}
