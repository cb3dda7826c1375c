/** What a sign can have been made of: the values that were sent, the orders that clients put them in, and the two secrets. */
import { readingsOf } from '../../engine/facts/situation.js';
import { toRequest } from '../../engine/parse.js';
import type { LoginTokenRequest, TokenValidateRequest } from '../../engine/request.js';
import type { Subject } from '../subject.js';
import { formsOf } from './forms.js';
import type { Part } from './recipe.js';

export interface Ingredients {
  /** The fields that the document has signed, in its order. */
  readonly fields: readonly Part[];
  /** A field in another form than it was sent in, one at a time and then all at once. */
  readonly forms: readonly (readonly Part[])[];
  /** Everything else that was sent, documented or not. */
  readonly extras: readonly Part[];
  /** Orders of names, the most likely first. */
  readonly orders: readonly (readonly string[])[];
  readonly secrets: { readonly due: Part; readonly other: Part };
}

interface SignedField<R> {
  readonly name: string;
  readonly of: (request: R) => string | undefined;
}

/** The document, 1.2 sign. */
const LOGIN_SIGNED: readonly SignedField<LoginTokenRequest>[] = [
  { name: 'appid', of: ({ appId }) => appId },
  { name: 'version', of: ({ version }) => version },
  { name: 'msgid', of: ({ msgId }) => msgId },
  { name: 'systemtime', of: ({ sentAt }) => sentAt },
  { name: 'strictcheck', of: ({ strictCheck }) => strictCheck },
  { name: 'token', of: ({ token }) => token },
];

/** The document, 2.3 sign. */
const VERIFY_SIGNED: readonly SignedField<TokenValidateRequest>[] = [
  { name: 'appId', of: ({ appId }) => appId },
  { name: 'msgId', of: ({ msgId }) => msgId },
  { name: 'phoneNum', of: ({ phoneNum }) => phoneNum },
  { name: 'timestamp', of: ({ sentAt }) => sentAt },
  { name: 'token', of: ({ token }) => token },
  { name: 'version', of: ({ version }) => version },
];

/** In the order of the document's tables of parameters. */
const LOGIN_TABLE = [
  'version',
  'msgid',
  'systemtime',
  'strictcheck',
  'appid',
  'expandparams',
  'token',
  'encryptionalgorithm',
];
const VERIFY_HEADER = ['version', 'msgId', 'timestamp', 'appId'];
const VERIFY_BODY = ['openType', 'requesterType', 'message', 'expandParams', 'keyType', 'phoneNum', 'token'];

export function ingredientsOf(subject: Subject): Ingredients | undefined {
  const { app } = subject.state;
  if (app === undefined) return undefined;
  const { appKey, appSecret, signSecret } = app.settings;
  const secrets = {
    appKey: { name: 'appKey', value: appKey, secret: true },
    appSecret: { name: 'appSecret', value: appSecret, secret: true },
  } as const;
  // Verify's key is the appKey, whatever 验签方式 says.
  const due = subject.request.operation === 'tokenValidate' ? 'appKey' : signSecret;
  const other = due === 'appKey' ? 'appSecret' : 'appKey';
  const fields = signedFields(subject);
  return {
    fields,
    forms: formsOf(fields, subject),
    extras: extrasOf(subject),
    orders: ordersOf(subject, fields),
    secrets: { due: secrets[due], other: secrets[other] },
  };
}

/** Numbers are taken as the digits that were sent: whether they may be is another rule's question. */
function signedFields({ draft, state }: Subject): readonly Part[] {
  const request = toRequest(draft, { ...readingsOf(state), 'json-numbers': 'any' });
  return request.operation === 'loginTokenValidate'
    ? LOGIN_SIGNED.map(({ name, of }) => ({ name, value: of(request) ?? '' }))
    : VERIFY_SIGNED.map(({ name, of }) => ({ name, value: of(request) ?? '' }));
}

interface Sent {
  readonly name: string;
  readonly value: string;
  readonly signed: boolean;
}

/** What was sent as a text or a number, in the order of the body; the envelope's fields stand where the envelope does. */
function sentFields({ draft, request }: Subject): readonly Sent[] {
  const { json = {} } = draft;
  const top = Object.entries(json);
  if (request.operation === 'loginTokenValidate')
    return textsIn(
      top,
      LOGIN_SIGNED.map(({ name }) => name),
    );
  return top.flatMap(([name, value]) => {
    if (name === 'header') return textsIn(entriesOf(value), VERIFY_HEADER);
    if (name === 'body') return textsIn(entriesOf(value), ['phoneNum', 'token']);
    return textsIn([[name, value]], []);
  });
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function textsIn(entries: readonly (readonly [string, unknown])[], signed: readonly string[]): readonly Sent[] {
  return entries
    .filter(([name, value]) => name !== 'sign' && (typeof value === 'string' || typeof value === 'number'))
    .map(([name, value]) => ({ name, value: String(value), signed: signed.includes(name) }));
}

// Nobody signs more unknown fields than this, and each way to sign thousands costs as much as they are many.
const UNKNOWN_MAX = 100;

/** The fields that are signed, and the first of the others. */
function searchedFields(subject: Subject): readonly Sent[] {
  const sent = sentFields(subject);
  const others = new Set(sent.filter(({ signed }) => !signed).slice(0, UNKNOWN_MAX));
  return sent.filter((field) => field.signed || others.has(field));
}

function extrasOf(subject: Subject): readonly Part[] {
  return searchedFields(subject)
    .filter(({ signed }) => !signed)
    .map(({ name, value }) => ({ name, value }));
}

function ordersOf(subject: Subject, fields: readonly Part[]): readonly (readonly string[])[] {
  const sent = searchedFields(subject).map(({ name }) => name);
  const documented = fields.map(({ name }) => name);
  // As Java's TreeMap sorts: by UTF-16 units.
  const natural = [...new Set([...documented, ...sent])].sort();
  const table = subject.request.operation === 'loginTokenValidate' ? LOGIN_TABLE : [...VERIFY_HEADER, ...VERIFY_BODY];
  return [documented, natural, sent, table];
}
