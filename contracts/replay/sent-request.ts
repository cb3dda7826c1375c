/** Turns a captured request into a sent request: finds its operation and its credentials. */

import type { Language } from '../../src/text/bilingual.js';
import { type Operation, SCHEMAS } from '../index.js';
import { jsonObjectIn, requestFields } from '../kit/documents.js';
import { FACTS, OPERATIONS, templateOf } from '../kit/operations.js';
import { valueAt } from '../kit/pointer.js';
import type { Sent } from '../sent/check.js';
import type { Credentials } from './credentials.js';

export interface Replayed extends Sent {
  readonly captured: NamedRequest;
  readonly app: object;
}

/** Undefined if the address, or without one the body, is not of an operation. */
export function sentRequest(captured: NamedRequest, credentials: Credentials): Replayed | undefined {
  const body = Buffer.from(captured.body);
  const operation = operationOf(captured, jsonObjectIn(body));
  if (operation === undefined) return undefined;
  const { method, path, query, rawHeaders, atMs, decidedBy } = captured;
  const headers = (rawHeaders ?? []).flatMap((name, at, { [at + 1]: value = '' }) =>
    at % 2 === 0 ? [[name, value] as const] : [],
  );
  const request = {
    body,
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path: query === undefined ? path : `${path}?${query}` }),
    ...(rawHeaders !== undefined && { headers }),
  };
  const fields = requestFields(operation, request);
  const { values, app } = credentials(valueAt(fields, FACTS[operation].request.appId));
  const token = valueAt(fields, FACTS[operation].request.token);
  return {
    operation,
    captured,
    app,
    request,
    whole: true,
    followed: false,
    atMs,
    fields,
    values: { ...values, ...(typeof token === 'string' && token !== '' && { token }) },
    decidedBy,
    charged: undefined,
  };
}

// A body of another API may have a field with the same name.
const FIELDS_MIN = 3;

/** By the address; without one, the operation whose request has enough of the names at the top level. */
function operationOf({ path, body }: NamedRequest, json: unknown): Operation | undefined {
  const addressed = OPERATIONS.find((operation) => path?.endsWith(templateOf(operation).path) === true);
  if (addressed !== undefined) return addressed;
  const sent = Object.keys(json ?? {});
  // Of a body that is not JSON, the names in its text.
  const isSent = (name: string) => (json === undefined ? body.includes(`"${name}"`) : sent.includes(name));
  return OPERATIONS.find((operation) => {
    const names = Object.keys(valueAt(SCHEMAS[operation].request, '/properties') ?? {});
    return names.filter(isSent).length >= Math.min(FIELDS_MIN, names.length);
  });
}

// A captured request. The process that starts the kit reads it.

/** Undefined members are not in the capture. */
export interface CapturedRequest {
  readonly method: string | undefined;
  /** Without the query. */
  readonly path: string | undefined;
  readonly query?: string;
  /** Name, value, name, value, … as sent. */
  readonly rawHeaders: readonly string[] | undefined;
  readonly body: string;
  /** The time when it was sent or arrived. */
  readonly atMs: number | undefined;
  readonly clientIp: string | undefined;
  /** The rule that decided the request at a mock. */
  readonly decidedBy?: string;
}

/** The data to explain a captured request. */
export interface ExplainedBy {
  /** In the format of the mock's control API, request or response. */
  readonly app: object;
  readonly phoneNumber: string | undefined;
  readonly lang: Language;
}

/** A captured request with its place in the file. */
export interface NamedRequest extends CapturedRequest {
  /** `capture.har, request 3`. */
  readonly name: string;
}
