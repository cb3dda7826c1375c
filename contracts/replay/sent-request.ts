/** Turns a captured request into a sent request: finds its operation and its credentials. */

import { type Operation, SCHEMAS } from '../index.js';
import { pathOf } from '../kit/build-request.js';
import { valueAt } from '../kit/pointer.js';
import { FIELDS, fieldsIn, type Sent } from '../sent/evidence.js';
import type { NamedRequest } from './captured.js';
import type { Credentials } from './credentials.js';

export interface Replayed extends Sent {
  readonly captured: NamedRequest;
  readonly app: object;
}

const OPERATIONS: readonly Operation[] = ['loginTokenValidate', 'tokenValidate'];

/** Undefined if the address, or without one the body, is not of an operation. */
export function sentRequest(captured: NamedRequest, credentials: Credentials): Replayed | undefined {
  const body = Buffer.from(captured.body);
  const fields = fieldsIn(body);
  const operation = operationOf(captured, fields);
  if (operation === undefined) return undefined;
  const { method, path, query, rawHeaders, atMs, decidedBy } = captured;
  const { values, app } = credentials(valueAt(fields, FIELDS[operation].appId));
  const token = valueAt(fields, FIELDS[operation].token);
  return {
    operation,
    captured,
    app,
    request: {
      body,
      ...(method !== undefined && { method }),
      ...(path !== undefined && { path: query === undefined ? path : `${path}?${query}` }),
      ...(rawHeaders !== undefined && { headers: pairsOf(rawHeaders) }),
    },
    whole: true,
    followed: false,
    atMs,
    fields,
    values: {
      ...values,
      ...(typeof token === 'string' && token !== '' && { token }),
    },
    decidedBy,
    charged: undefined,
  };
}

function operationOf({ path, body }: NamedRequest, fields: unknown): Operation | undefined {
  const addressed = OPERATIONS.find((operation) => path?.endsWith(pathOf(operation)) === true);
  return addressed ?? (fields === undefined ? namedIn(body) : operationOfFields(fields));
}

// A body of another API may have a field with the same name.
const FIELDS_MIN = 3;
const LOGIN_NAMES = Object.keys(valueAt(SCHEMAS.loginTokenValidate.request, '/properties') ?? {});

function operationOfFields(fields: unknown): Operation | undefined {
  const names = Object.keys(fields ?? {});
  if (names.includes('header') && names.includes('body')) return 'tokenValidate';
  return LOGIN_NAMES.filter((name) => names.includes(name)).length >= FIELDS_MIN ? 'loginTokenValidate' : undefined;
}

/** The operation of a body that is not JSON, by the field names in it. */
function namedIn(body: string): Operation | undefined {
  const has = (name: string) => body.includes(`"${name}"`);
  if (has('header') && has('body')) return 'tokenValidate';
  return LOGIN_NAMES.filter(has).length >= FIELDS_MIN ? 'loginTokenValidate' : undefined;
}

function pairsOf(rawHeaders: readonly string[]): readonly (readonly [string, string])[] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
}
