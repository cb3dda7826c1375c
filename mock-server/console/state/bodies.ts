/** What the bodies of requests and responses contain, even if they are invalid. */
import type { JournalRecord, RequestField } from '../../../src/control/api.js';
import { isObject, type JsonObject } from '../../../src/protocol/json.js';
import { keptFields, placeOfField, signingOf } from './operations.js';

/** undefined for a text that is not a JSON object. */
function jsonObject(text: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** A part of an envelope, or the whole body. */
function partOf(json: JsonObject | undefined, part: string | null = null): JsonObject {
  const value = part === null ? json : json?.[part];
  return isObject(value) ? value : {};
}

function textIn(json: JsonObject, name: string): string | undefined {
  const value = json[name];
  return typeof value === 'string' ? value : undefined;
}

/** The result code in a response; undefined if it has none. */
export function resultCodeIn(body: string): string | undefined {
  const json = jsonObject(body);
  return textIn(partOf(json), 'resultCode') ?? textIn(partOf(json, 'header'), 'resultCode');
}

/** The phone number in a response, or its ciphertext. */
export function msisdnIn(body: string): string | undefined {
  return textIn(partOf(jsonObject(body)), 'msisdn');
}

/** `138****8000`, as on the authorisation page. */
export function masked(phoneNumber: string): string {
  return `${phoneNumber.slice(0, 3)}****${phoneNumber.slice(7)}`;
}

/** The msgid of a request; undefined if it has none. */
export function msgIdIn({
  operation,
  request,
}: Pick<JournalRecord, 'operation' | 'request'>): string | undefined {
  const place = placeOfField(operation, 'msgId');
  return place && textIn(partOf(jsonObject(request.body), place.in), place.name);
}

type Documented = Pick<RequestField, 'name' | 'in' | 'meaning'> &
  Partial<Pick<RequestField, 'required' | 'rule'>>;

export interface FieldRow {
  readonly name: string;
  readonly in: string | null;
  /** The JSON value, texts without quotes; undefined if the field is missing. */
  readonly value: string | undefined;
  /** undefined if the document does not have the field. */
  readonly documented: Documented | undefined;
}

/** With the part of the body that it is in. */
export function fieldName({ name, in: part }: Pick<FieldRow, 'name' | 'in'>): string {
  return part === null ? name : `${part}.${name}`;
}

/** The documented fields in the document's order, then the others. Empty if the body is not a JSON object. */
export function fieldRows(body: string, documented: readonly Documented[]): readonly FieldRow[] {
  const json = jsonObject(body);
  if (json === undefined) return [];
  const rows = documented.map((field) => {
    const { name, in: part } = field;
    return { name, in: part, value: shown(partOf(json, part)[name]), documented: field };
  });
  const others = [...new Set(documented.map((field) => field.in))].flatMap((part) =>
    Object.entries(partOf(json, part))
      .filter(([name]) => !documented.some((field) => field.in === part && field.name === name))
      .map(([name, value]) => ({ name, in: part, value: shown(value), documented: undefined })),
  );
  return [...rows, ...others];
}

/** The body with a changed field. It must be a JSON object. */
export function withField(
  body: string,
  { name, in: part, value }: Pick<FieldRow, 'name' | 'in' | 'value'>,
): string {
  const json = jsonObject(body);
  const changed = { ...partOf(json, part), [name]: value };
  return JSON.stringify(part === null ? changed : { ...json, [part]: changed });
}

function shown(value: unknown): string | undefined {
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}

/** What the client meant: the signing, the token (undefined if it cannot be read), and the optional fields that a fixed request keeps. */
export function intentOf({ operation, request }: Pick<JournalRecord, 'operation' | 'request'>) {
  const fields = partOf(jsonObject(request.body), placeOfField(operation, 'token')?.in);
  const kept = keptFields(operation).flatMap((name) => {
    const text = textIn(fields, name);
    return text === undefined ? [] : [[name, text] as const];
  });
  return {
    signing: signingOf(operation, fields),
    token: textIn(fields, 'token'),
    fields: Object.fromEntries(kept),
  };
}
