/** The fields of both requests, and which of them are signed. Rows are in the order of the document, 1.2 and 2.3. */
import type { Operation } from './operations.js';

/** The two parts of tokenValidate's envelope. */
export const PARTS = ['header', 'body'] as const;
export type Part = (typeof PARTS)[number];

export interface FieldRow {
  /** The name on the wire. */
  readonly name: string;
  /** The part of the envelope that contains it; undefined for the top level. */
  readonly part: Part | undefined;
  /** The name in this program, the same for both operations. */
  readonly property: string;
}

export const REQUEST_FIELDS = {
  loginTokenValidate: [
    { name: 'version', part: undefined, property: 'version' },
    { name: 'msgid', part: undefined, property: 'msgId' },
    { name: 'systemtime', part: undefined, property: 'sentAt' },
    { name: 'strictcheck', part: undefined, property: 'strictCheck' },
    { name: 'appid', part: undefined, property: 'appId' },
    { name: 'expandparams', part: undefined, property: 'expandParams' },
    { name: 'token', part: undefined, property: 'token' },
    { name: 'sign', part: undefined, property: 'sign' },
    { name: 'encryptionalgorithm', part: undefined, property: 'encryptionAlgorithm' },
  ],
  tokenValidate: [
    { name: 'version', part: 'header', property: 'version' },
    { name: 'msgId', part: 'header', property: 'msgId' },
    { name: 'timestamp', part: 'header', property: 'sentAt' },
    { name: 'appId', part: 'header', property: 'appId' },
    { name: 'openType', part: 'body', property: 'openType' },
    { name: 'requesterType', part: 'body', property: 'requesterType' },
    { name: 'message', part: 'body', property: 'message' },
    { name: 'expandParams', part: 'body', property: 'expandParams' },
    { name: 'keyType', part: 'body', property: 'keyType' },
    { name: 'phoneNum', part: 'body', property: 'phoneNum' },
    { name: 'token', part: 'body', property: 'token' },
    { name: 'sign', part: 'body', property: 'sign' },
  ],
} as const satisfies Readonly<Record<Operation, readonly FieldRow[]>>;

type Row<O extends Operation = Operation> = (typeof REQUEST_FIELDS)[O][number];
export type WireName<O extends Operation = Operation> = Row<O>['name'];
export type Property<O extends Operation = Operation> = Row<O>['property'];

/** The values of a request's fields. */
export type Texts<O extends Operation = Operation> = { readonly [P in Property<O>]?: string | undefined };

/** The wire names of a part, or of the top level. */
export function wireNames<O extends Operation>(operation: O, part?: Part): readonly WireName<O>[] {
  return fieldsOf(operation)
    .filter((row) => row.part === part)
    .map(({ name }) => name);
}

/** The fields that the document marks as optional ("否"). openType is required if requesterType is 0. */
export const OPTIONAL_NAMES = {
  loginTokenValidate: ['expandparams', 'encryptionalgorithm'],
  tokenValidate: ['openType', 'message', 'expandParams', 'keyType'],
} as const satisfies { readonly [O in Operation]: readonly WireName<O>[] };

export function wireName<O extends Operation>(operation: O, property: Property<O>): WireName<O> {
  const row = fieldsOf(operation).find((each) => each.property === property);
  if (row === undefined) throw new Error(`${operation} has no field ${property}`);
  return row.name;
}

function fieldsOf<O extends Operation>(operation: O): readonly Row<O>[] {
  return REQUEST_FIELDS[operation];
}

const TOKEN_VALIDATE_SIGNED = ['appId', 'msgId', 'phoneNum', 'sentAt', 'token', 'version'] as const;

/** The signed fields in signing order. The document, 1.2 sign and 2.3 sign. */
export const SIGNED_FIELDS = {
  loginTokenValidate: {
    md5: ['appId', 'version', 'msgId', 'sentAt', 'strictCheck', 'token'],
    rsa: ['appId', 'token'],
  },
  tokenValidate: { hmac: TOKEN_VALIDATE_SIGNED, rsa: TOKEN_VALIDATE_SIGNED },
} as const satisfies { readonly [O in Operation]: Readonly<Record<string, readonly Property<O>[]>> };

/**
 * The string to sign: the values as sent, joined without a separator. A field that is not sent is empty.
 * loginTokenValidate's MD5 has the secret at the end.
 */
export function stringToSign(names: readonly Property[], texts: Texts, secret = ''): string {
  let text = '';
  for (const name of names) text += texts[name] ?? '';
  return text + secret;
}

/** The body of a request. Its fields are in the order of the document; a field without a value is left out. */
export function requestBody(operation: Operation, texts: Texts): object {
  if (operation === 'loginTokenValidate') return sentIn(operation, texts, undefined);
  return Object.fromEntries(PARTS.map((part) => [part, sentIn(operation, texts, part)]));
}

function sentIn(operation: Operation, texts: Texts, part: Part | undefined): object {
  const rows: readonly Row[] = fieldsOf(operation).filter((row) => row.part === part);
  return Object.fromEntries(
    rows.flatMap(({ name, property }) => {
      const text = texts[property];
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** The ways to sign a request; the first is the default. The document, 1.2 sign and 2.3 keyType. */
export const SIGNINGS = { loginTokenValidate: ['md5', 'rsa'], tokenValidate: ['hmac', 'rsa'] } as const;

export type Signing = (typeof SIGNINGS)[keyof typeof SIGNINGS][number];
