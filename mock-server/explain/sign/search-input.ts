/** The input of a signature search: what the document and the app's readings expect, and what clients may have used instead. */
import {
  type Part as EnvelopePart,
  fieldsOf,
  type Property,
  partsOf,
  signingOf,
  type Texts,
  wireName,
  wireNames,
} from '../../../src/protocol/fields.js';
import { isObject } from '../../../src/protocol/json.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { type CarrierRequest, toRequest, valueAt } from '../../carrier/engine/request.js';
import { type Signings, signingsFor } from '../operations.js';
import type { Subject } from '../subject.js';
import type { ExpectedSigning, ExpectedText } from './mistakes.js';
import { formsOf, otherValues } from './other-values.js';
import type { Part } from './recipe.js';
import { type Family, HASH_USES, RSA_USES, type Secrets, type SecretUse } from './secret-uses.js';

export interface SearchInput {
  readonly fields: readonly Part[];
  /** The expected signing of a family, even if the request selected the other one. */
  readonly expected: (family: Family) => ExpectedSigning;
  readonly choices: (family: Family) => RecipeChoices;
}

export function searchInputOf(subject: Subject): SearchInput | undefined {
  const possibleParts = possiblePartsOf(subject);
  if (possibleParts === undefined) return undefined;
  return {
    fields: possibleParts.fields,
    expected: (family) => expectedSigning(family, subject, possibleParts),
    choices: (family) => choicesFor(family, subject.request, possibleParts),
  };
}

function expectedSigning(
  family: Family,
  { request, state, draft }: Subject,
  possibleParts: PossibleParts,
): ExpectedSigning {
  const { hash, rsa } = signingsFor(request.operation);
  const { algorithm } = signingOf(request.operation, request.signing);
  const other = request.signing === 'rsa' ? hash : rsa;
  const isHex = family === 'hash' || rsa?.encoding(readingsOf(state)) === 'hex';
  return {
    texts: expectedTexts(family, request, possibleParts),
    algorithm,
    other: other &&
      rsa?.selector && { algorithm: other.algorithm, selectedBy: wireName(request.operation, rsa.selector) },
    encoding: isHex ? 'hex' : 'Base64',
    // At login, an RSA signature in hex is decoded before the check, so its case does not matter.
    upperCase: family === 'hash' || rsa?.caseReading !== undefined,
    key: { appId: state.app?.settings.appId ?? draft.appId ?? '', key: 'appVerifyKey' },
  };
}

function expectedTexts(family: Family, request: CarrierRequest, { secrets }: PossibleParts): readonly ExpectedText[] {
  const signings = signingsFor(request.operation);
  const { hash, rsa, fields } = signings;
  const named = (signed: readonly Property[]) => signed.map((field) => wireName(request.operation, field));
  const ofRsa: ExpectedText = { names: named(rsa?.fields ?? fields) };
  if (family === 'rsa' || hash === undefined) return [ofRsa];
  const ofHash: ExpectedText = {
    names: named(hash.fields),
    secret: { name: secrets.expected.name, where: hash.secretIn },
  };
  // A client that selects RSA but sends a digest may have hashed the text of either family.
  return request.signing === 'rsa' && hasTwoTexts(signings) ? [ofHash, ofRsa] : [ofHash];
}

/** Whether fewer fields are signed with RSA than with the hash. */
function hasTwoTexts({ rsa, fields }: Signings): boolean {
  return rsa !== undefined && rsa.fields.length < fields.length;
}

function choicesFor(family: Family, request: CarrierRequest, possibleParts: PossibleParts): RecipeChoices {
  const { fields, secrets } = possibleParts;
  const signings = signingsFor(request.operation);
  const { hash, rsa } = signings;
  const rsaNames: readonly string[] = (rsa?.fields ?? []).map((field) => wireName(request.operation, field));
  const ofRsa = fields.filter(({ name }) => rsaNames.includes(name));
  const withRsaText = hasTwoTexts(signings) && (family === 'rsa' || request.signing === 'rsa');
  // Without a hash of its own, a digest was made like another operation's: most have the secret in their text.
  const secretIn = hash?.secretIn ?? 'text';
  return {
    ...possibleParts,
    bases: withRsaText ? [ofRsa, fields] : [fields],
    uses: (family === 'rsa' ? RSA_USES : HASH_USES[secretIn])(secrets),
    secretAnywhere: secretIn === 'text',
  };
}

export interface RecipeChoices extends PossibleParts {
  /** The lists of fields that may be expected, the likelier one first. */
  readonly bases: readonly (readonly Part[])[];
  readonly uses: readonly SecretUse[];
  /** Whether the secret belongs in the text, so that it may be anywhere in it. */
  readonly secretAnywhere: boolean;
}

export interface PossibleParts {
  /** The fields that the document signs, in its order. */
  readonly fields: readonly Part[];
  /** Fields in another form than the sent one: one at a time, then all at once. */
  readonly forms: readonly (readonly Part[])[];
  /** Times and msgids that were not sent, if the parts include them. Generated lazily. */
  readonly otherValues: (parts: readonly Part[]) => Iterable<readonly Part[]>;
  /** The other sent fields, documented or not. */
  readonly extras: readonly Part[];
  /** Orders of field names, the most likely first. */
  readonly orders: readonly (readonly string[])[];
  readonly secrets: Secrets;
}

function possiblePartsOf(subject: Subject): PossibleParts | undefined {
  const { app } = subject.state;
  if (app === undefined) return undefined;
  const { appKey, appSecret } = app.settings;
  const secrets = {
    appKey: { name: 'appKey', value: appKey, secret: true },
    appSecret: { name: 'appSecret', value: appSecret, secret: true },
  } as const;
  const expected = moduleOf(subject.request.operation).signSecret(app.settings);
  const other = expected === 'appKey' ? 'appSecret' : 'appKey';
  const fields = signedFields(subject);
  const sent = sentTexts(subject);
  return {
    fields,
    forms: formsOf(fields, subject),
    otherValues: (parts) => otherValues(parts, subject),
    extras: sent.filter(({ signed }) => !signed),
    orders: ordersOf(subject.request, { fields, sent }),
    secrets: { expected: secrets[expected], other: secrets[other] },
  };
}

/** Accepts JSON numbers as their digits: another rule decides whether numbers are allowed. */
function signedFields({ draft, state }: Subject): readonly Part[] {
  const request = toRequest(draft, { ...readingsOf(state), 'json-numbers': 'any' });
  const { operation } = request;
  const texts: Texts = request;
  return signingsFor(operation).fields.map((property) => ({
    name: wireName(operation, property),
    value: texts[property] ?? '',
  }));
}

interface SentText extends Part {
  readonly signed: boolean;
}

/**
 * The sent texts and numbers that are searched: those of HTTP headers, then in the order of the body. The fields of the
 * envelope take the position of the envelope.
 */
function sentTexts({ draft, exchange, request }: Subject): readonly SentText[] {
  const { json = {} } = draft;
  const { operation } = request;
  const signed = signingsFor(operation).fields.map((property) => wireName(operation, property));
  const textsIn = (object: object, part?: EnvelopePart): readonly SentText[] => {
    const names: readonly string[] = wireNames(operation, part);
    return Object.entries(object)
      .filter(([name, value]) => name !== 'sign' && (typeof value === 'string' || typeof value === 'number'))
      .map(([name, value]) => ({ name, value: String(value), signed: signed.includes(name) && names.includes(name) }));
  };
  const inHeaders = fieldsOf(operation)
    .filter(({ location }) => location === 'httpHeader')
    .map((field) => ({ name: field.name, value: valueAt(field, exchange, json) }))
    .flatMap(({ name, value }) => (typeof value === 'string' ? { name, value, signed: signed.includes(name) } : []));
  const inBody = Object.entries(json).flatMap(([name, value]) => {
    const part = partsOf(operation).find((each) => each === name);
    return part !== undefined && isObject(value) ? textsIn(value, part) : textsIn({ [name]: value });
  });
  return [...inHeaders, ...inBody];
}

function ordersOf(
  { operation }: CarrierRequest,
  { fields, sent }: { readonly fields: readonly Part[]; readonly sent: readonly Part[] },
): readonly (readonly string[])[] {
  const documented = fields.map(({ name }) => name);
  const asSent = sent.map(({ name }) => name);
  // Sorts by UTF-16 units, like Java's TreeMap.
  const natural = [...new Set([...documented, ...asSent])].sort();
  const inTable = fieldsOf(operation).map(({ name }) => name);
  return [documented, natural, asSent, inTable];
}
