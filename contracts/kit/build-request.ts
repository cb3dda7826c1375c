/** Builds the request of a case: a valid request of requests.json with the changes of the case. */
import type { Operation } from '../index.js';
import templates from '../requests.json' with { type: 'json' };
import type { Recipe, Signing, When } from './case.js';
import { patched, withValue } from './pointer.js';
import { bodyOf } from './request-body.js';
import { derive } from './sign.js';
import { filledDeep, type Values } from './template.js';
import type { WireRequest } from './wire.js';

interface Template {
  readonly operation: Operation;
  readonly signing: Signing;
  readonly path: string;
  readonly fields: unknown;
  readonly derived: readonly { readonly at: string; readonly recipe: Recipe }[];
}

const TEMPLATES = templates.requests as readonly Template[];

export interface BuiltRequest {
  readonly wire: WireRequest;
  /** The sent fields, if the body is their JSON. */
  readonly sent: unknown;
}

export function defaultSigning(operation: Operation): Signing {
  return operation === 'loginTokenValidate' ? 'md5' : 'hmac';
}

export function pathOf(operation: Operation): string {
  return templateOf(operation, defaultSigning(operation)).path;
}

export interface Signed {
  readonly operation: Operation;
  readonly signing: Signing;
  readonly values: Values;
  /** Replaces `derive` for a request that is only shown. */
  readonly make?: (recipe: Recipe, fields: unknown, values: Values) => string;
}

export function buildRequest({ operation, signing, values, make = derive }: Signed, when: When = {}): BuiltRequest {
  const template = templateOf(operation, signing);
  const unsigned = patched(filledDeep(template.fields, values), filledPatches(when.fields, values));
  const derived = template.derived.reduce(
    (fields, { at, recipe }) => withValue(fields, at, make({ ...recipe, ...when.derived?.[at] }, fields, values)),
    unsigned,
  );
  const fields = patched(derived, filledPatches(when.signed, values));
  const { body, contentType, isJson } = bodyOf(fields, when.body ?? {}, values);
  const wire: WireRequest = {
    method: when.method ?? 'POST',
    path: when.path ?? template.path,
    headers: headersOf({ 'content-type': contentType, accept: 'application/json' }, when.headers ?? {}),
    body,
    ...(when.body?.chunked === true && { chunked: true }),
  };
  return { wire, sent: isJson ? fields : undefined };
}

function templateOf(operation: Operation, signing: Signing): Template {
  const found = TEMPLATES.find((template) => template.operation === operation && template.signing === signing);
  if (found === undefined) throw new TypeError(`${operation} has no signing mode ${signing}`);
  return found;
}

function filledPatches(patches: When['fields'], values: Values): NonNullable<When['fields']> {
  return (patches ?? []).map((patch) =>
    patch.op === 'remove' ? patch : { ...patch, value: filledDeep(patch.value, values) },
  );
}

function headersOf(
  usual: Readonly<Record<string, string>>,
  changed: NonNullable<When['headers']>,
): WireRequest['headers'] {
  const lowered = Object.fromEntries(Object.entries(changed).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.entries({ ...usual, ...lowered }).flatMap(([name, value]) => {
    if (value === null) return [];
    return (typeof value === 'string' ? [value] : value).map((one) => [name, one] as const);
  });
}
