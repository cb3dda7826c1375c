/** The fields of the requests, and which of them are signed, derived from the operations' descriptions. */

import {
  type FieldRow,
  type Location,
  type ReplyRow,
  SECRET,
  type SigningScheme,
} from './operations/description.js';
import {
  byOperation,
  type Operation,
  type OperationRow,
  operationRow,
  type RowOf,
} from './operations.js';

/** The two objects of tokenValidate's body. */
export const PARTS = ['header', 'body'] as const;
export type Part = (typeof PARTS)[number];

type DescribedField<O extends Operation = Operation> = RowOf<O>['fields'][number];
export type Property<O extends Operation = Operation> = DescribedField<O>['property'];

/** A field of a request. */
export interface RequestField extends FieldRow {
  readonly name: DescribedField['name'];
  readonly property: Property;
  readonly required: boolean | { readonly property: Property; readonly value: string };
}

/** The values of a request's fields. */
export type Texts<O extends Operation = Operation> = {
  readonly [P in Property<O>]?: string | undefined;
};

/** The document, 1.2 msgid: 1 to 36 characters, counted in UTF-16 units as in Java. For tokenValidate that is inferred. */
export const MSG_ID_LENGTH_MAX = 36;

/** The ways to sign. */
export type Signing = OperationRow['signings'][number]['name'];

/** A text of the string to sign: a field's, or the secret. */
export type Joined = Property | typeof SECRET;

interface SigningRow extends SigningScheme {
  readonly name: Signing;
  readonly joined: readonly Joined[];
  readonly selectedBy?: { readonly property: Property; readonly value: string };
}

export interface RequestSigning extends SigningRow {
  /** What is joined, without the secret. */
  readonly fields: readonly Property[];
}

/** In the order of the document. */
export function fieldsOf(operation: Operation): readonly RequestField[] {
  return operationRow(operation).fields;
}

/** The objects of the body that hold fields; none if the JSON is flat. */
export function partsOf(operation: Operation): readonly Part[] {
  return PARTS_OF[operation];
}

const PARTS_OF = byOperation((operation) =>
  PARTS.filter((part) => fieldsOf(operation).some(({ location }) => location === part)),
);

export function wireNames(
  operation: Operation,
  location: Location = 'topLevel',
): readonly string[] {
  return fieldsOf(operation).flatMap((row) => (row.location === location ? [row.name] : []));
}

export function wireName(operation: Operation, property: Property): string {
  const row = fieldsOf(operation).find((each) => each.property === property);
  if (row === undefined) throw new Error(`${operation} has no field ${property}`);
  return row.name;
}

/** The first is the default. */
export function signingsOf(operation: Operation): readonly [RequestSigning, ...RequestSigning[]] {
  return SIGNINGS[operation];
}

const SIGNINGS = byOperation((operation): readonly [RequestSigning, ...RequestSigning[]] => {
  const rows: readonly [SigningRow, ...SigningRow[]] = operationRow(operation).signings;
  const [first, ...others] = rows;
  return [withFields(first), ...others.map(withFields)];
});

function withFields(row: SigningRow): RequestSigning {
  return { ...row, fields: row.joined.filter((one) => one !== SECRET) };
}

export function signingOf(operation: Operation, name: Signing): RequestSigning {
  for (const scheme of signingsOf(operation)) if (scheme.name === name) return scheme;
  throw new Error(`${operation} is not signed with ${name}`);
}

/** The string to sign: the values as sent, and the secret at its place, joined without a separator. A field that is not sent is empty. */
export function stringToSign(joined: readonly Joined[], texts: Texts, secret = ''): string {
  let text = '';
  for (const one of joined) text += one === SECRET ? secret : (texts[one] ?? '');
  return text;
}

/** The JSON body of a request. Its fields are in the order of the document; a field without a value is left out. */
export function requestBody(operation: Operation, texts: Texts): object {
  const rows = fieldsOf(operation);
  return {
    ...sentAt('topLevel', rows, texts),
    ...Object.fromEntries(partsOf(operation).map((part) => [part, sentAt(part, rows, texts)])),
  };
}

/** The HTTP headers that carry fields of a request; none if all fields are in the body. */
export function requestHeaders(
  operation: Operation,
  texts: Texts,
): Readonly<Record<string, string>> {
  return sentAt('httpHeader', fieldsOf(operation), texts);
}

function sentAt(
  where: Location,
  rows: readonly RequestField[],
  texts: Texts,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rows.flatMap(({ name, location, property }) => {
      const text = texts[property];
      return location !== where || text === undefined ? [] : [[name, text]];
    }),
  );
}

/** `text` is the description of the code. */
export type ReplyProperty = OperationRow['reply'][number]['property'];

/** The values of a response. null is sent as the JSON value null. */
export type ReplyTexts = { readonly [P in ReplyProperty]?: string | null | undefined };

export interface ReplyParts {
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: object;
}

export interface ReplyField extends ReplyRow {
  readonly property: ReplyProperty;
}

/** The fields of a response, in the order of the samples. */
export function replyFields(operation: Operation): readonly ReplyField[] {
  return operationRow(operation).reply;
}

/** A response with its fields at their locations. A field without a value is left out. */
export function replyParts(operation: Operation, texts: ReplyTexts): ReplyParts {
  const headers: string[] = [];
  const body: Record<string, unknown> = {};
  const fields: readonly ReplyField[] = operationRow(operation).reply;
  for (const { name, location, property } of fields) {
    const text = texts[property];
    if (text === undefined) continue;
    if (location === 'httpHeader') headers.push(name, text ?? '');
    else if (location === 'topLevel') body[name] = text;
    else objectAt(location, body)[name] = text;
  }
  return { headers, body };
}

/** The object of a location, which is created with its first field. */
function objectAt(location: string, body: Record<string, unknown>): Record<string, unknown> {
  body[location] ??= {};
  return body[location] as Record<string, unknown>;
}
