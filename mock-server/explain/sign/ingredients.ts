/** What a sign can have been made of: the values that were sent, the orders that clients put them in, and the two secrets. */
import {
  type Part as EnvelopePart,
  REQUEST_FIELDS,
  type Texts,
  wireName,
  wireNames,
} from '../../../src/protocol/fields.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { toRequest } from '../../carrier/engine/parse.js';
import { partsOf } from '../fields.js';
import { explainedOperation } from '../operations/operations.js';
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

/** The names of all fields but the sign, in the order of the document's tables. */
function tableOf(operation: Operation): readonly string[] {
  return REQUEST_FIELDS[operation].map(({ name }) => name).filter((name) => name !== 'sign');
}

export function ingredientsOf(subject: Subject): Ingredients | undefined {
  const { app } = subject.state;
  if (app === undefined) return undefined;
  const { appKey, appSecret } = app.settings;
  const secrets = {
    appKey: { name: 'appKey', value: appKey, secret: true },
    appSecret: { name: 'appSecret', value: appSecret, secret: true },
  } as const;
  const due = explainedOperation(subject.request.operation).signSecret(app.settings);
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
  const { operation } = request;
  const texts: Texts = request;
  return explainedOperation(operation).hash.fields.map((property) => ({
    name: wireName(operation, property),
    value: texts[property] ?? '',
  }));
}

interface Sent {
  readonly name: string;
  readonly value: string;
  readonly signed: boolean;
}

/** What was sent as a text or a number, in the order of the body; the envelope's fields stand where the envelope does. */
function sentFields({ draft, request }: Subject): readonly Sent[] {
  const { json = {} } = draft;
  const { operation } = request;
  const signed = explainedOperation(operation).hash.fields.map((property) => wireName(operation, property));
  const signedIn = (part?: EnvelopePart) => {
    const names: readonly string[] = wireNames(operation, part);
    return signed.filter((name) => names.includes(name));
  };
  const parts = partsOf(operation);
  const signedAtTop = signedIn();
  return Object.entries(json).flatMap(([name, value]) => {
    const part = parts.find((each) => each === name);
    return part === undefined ? textsIn([[name, value]], signedAtTop) : textsIn(entriesOf(value), signedIn(part));
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
  return [documented, natural, sent, tableOf(subject.request.operation)];
}
