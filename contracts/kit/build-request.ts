/** Builds the request of a case: a valid request of requests/<operation>.json with the changes of the case. */
import { unicodeEscaped } from '../../src/text/printable.js';
import type { Operation } from '../index.js';
import type { BodyForm, Recipe, Signing, When } from './case.js';
import { splitFields } from './documents.js';
import { templateOf } from './operations.js';
import { filled, filledDeep, type JsonObject, patched, type Values, withValue } from './pointer.js';
import { derive } from './sign.js';
import type { WireRequest } from './wire.js';

export interface BuiltRequest {
  readonly wire: WireRequest;
  /** The sent fields, if the body is their JSON. */
  readonly sent: unknown;
}

export interface RequestToBuild {
  readonly operation: Operation;
  readonly signing: Signing;
  readonly values: Values;
  /** Instead of Base64 in the template. */
  readonly rsaEncoding?: 'hex' | undefined;
  /** Replaces `derive` for a request that is only shown. */
  readonly make?: (recipe: Recipe, fields: unknown, values: Values) => string;
}

export function buildRequest(
  { operation, signing, values, rsaEncoding, make = derive }: RequestToBuild,
  when: When = {},
): BuiltRequest {
  const template = templateOf(operation, signing);
  const unsigned = patched(filledDeep(template.fields, values), when.fields, values);
  const derived = template.derived.reduce(
    (fields, { at, recipe }) =>
      withValue(
        fields,
        at,
        make({ ...encoded(recipe, rsaEncoding), ...when.derived?.[at] }, fields, values),
      ),
    unsigned,
  );
  const fields = patched(derived, when.signed, values);
  const { json, headers } = splitFields(fields);
  const { body, contentType, isJson } = bodyOf(json, when.body ?? {}, values);
  const wire: WireRequest = {
    method: when.method ?? 'POST',
    path: when.path ?? template.path,
    headers: headersOf(
      { 'content-type': contentType, accept: 'application/json', ...headers },
      when.headers ?? {},
    ),
    body,
    ...(when.body?.chunked === true && { chunked: true }),
  };
  return { wire, sent: isJson ? fields : undefined };
}

/** Only RSA at verify has Base64 in its template. */
function encoded(recipe: Recipe, encoding: 'hex' | undefined): Recipe {
  return encoding !== undefined && recipe.encoding === 'base64' ? { ...recipe, encoding } : recipe;
}

function headersOf(
  usual: JsonObject,
  changed: NonNullable<When['headers']>,
): WireRequest['headers'] {
  const lowered = Object.fromEntries(
    Object.entries(changed).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const kept = Object.entries(usual).filter(
    ([name]) => !Object.hasOwn(lowered, name.toLowerCase()),
  );
  const own = Object.entries(lowered).flatMap(([name, value]) => {
    if (value === null) return [];
    return (typeof value === 'string' ? [value] : value).map((one) => [name, one] as const);
  });
  return [...kept.map(([name, value]) => [name, String(value)] as const), ...own];
}

interface Body {
  readonly body: Buffer;
  readonly contentType: string;
  /** Whether the body is exactly the fields as JSON, so that a carrier can read them. */
  readonly isJson: boolean;
}

const JSON_TYPE = 'application/json';
/** A JSON string, with the colon if it is the name of a field. */
const STRING = /"(?:[^"\\]|\\.)*"(:?)/g;
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The bytes of a request's body, in the correct and incorrect formats that clients send. */
function bodyOf(fields: unknown, form: BodyForm, values: Values): Body {
  if (form.base64 !== undefined) return raw(Buffer.from(form.base64, 'base64'));
  if (form.form === true)
    return { ...raw(Buffer.from(formEncoded(fields))), contentType: FORM_TYPE };
  const json = jsonOf(fields, form);
  if (form.text !== undefined)
    return raw(Buffer.from(filled(form.text, { ...values, ...textsOf(json) })));
  // A padded body can exceed the size that a carrier reads.
  return { body: Buffer.from(json), contentType: JSON_TYPE, isJson: form.size === undefined };
}

/** The request as JSON, and what is between its braces, also as JavaScript could write it. */
function textsOf(json: string): Values {
  const members = json.slice(1, -1);
  return { json, members, membersInSingleQuotes: members.replaceAll('"', "'") };
}

function raw(body: Buffer): Body {
  return { body, contentType: JSON_TYPE, isJson: false };
}

function jsonOf(fields: unknown, { indent, escaped, size }: BodyForm): string {
  const json = JSON.stringify(fields, undefined, indent);
  if (escaped === true)
    return json.replace(STRING, (text, colon: string) => (colon === '' ? escapedText(text) : text));
  return size === undefined ? json : padded(json, size);
}

/** The same string with an escape for each character except digits, and `\/`. */
function escapedText(text: string): string {
  const value: string = JSON.parse(text);
  const escaped = value.replace(/[^0-9]/g, (unit) => (unit === '/' ? '\\/' : unicodeEscaped(unit)));
  return `"${escaped}"`;
}

function padded(json: string, size: number): string {
  const member = ',"pad":""';
  const missing = size - Buffer.byteLength(json) - member.length;
  if (missing < 0) throw new RangeError(`the request without padding has more than ${size} bytes`);
  return `${json.slice(0, -1)},"pad":"${'x'.repeat(missing)}"}`;
}

/** The fields of login. For verify, header and body are JSON texts, as form encoders write nested objects. */
function formEncoded(fields: unknown): string {
  const texts = Object.entries(fields as JsonObject).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(Object.fromEntries(texts)).toString();
}
