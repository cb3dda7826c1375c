/** The input of a signature search: what the document and the app's readings expect, and what clients may have used instead. */
import {
  fieldsOf,
  type Part,
  type Property,
  partsOf,
  signingOf,
  type Texts,
  wireName,
  wireNames,
} from '../../../src/protocol/fields.js';
import { isObject } from '../../../src/protocol/json.js';
import { SECRET } from '../../../src/protocol/operations/description.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { secretNameOf, signSecretOf } from '../../../src/protocol/signature.js';
import type { App } from '../../carrier/engine/app-settings.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { toRequest, valueAt } from '../../carrier/engine/request.js';
import { signSchemesOf } from '../operations.js';
import type { Subject } from '../subject.js';
import { jsonTexts } from './json-texts.js';
import type { ExpectedSigning, ExpectedText } from './mistakes.js';
import {
  type FieldValues,
  formsOf,
  nearTimes,
  otherSentValues,
  otherValues,
} from './other-values.js';
import {
  before,
  type Family,
  LAST,
  type RecipePart,
  type RecipeParts,
  type SecretPlace,
} from './recipe.js';

export interface SearchInput {
  /** The expected signing of the family, even if the request selected the other one. */
  readonly expected: ExpectedSigning;
  /** The fields that the document signs, in its order. */
  readonly fields: RecipeParts;
  /** Those of the expected text; then, if it differs, those of the operation's other scheme. */
  readonly bases: readonly [RecipeParts, ...RecipeParts[]];
  /** Fields in another form than the sent one: one at a time, then all at once. */
  readonly forms: readonly RecipeParts[];
  /** Fields with another value than the sent one, one at a time. */
  readonly values: readonly RecipeParts[];
  /** The body without its signature, as texts. */
  readonly jsonTexts: readonly string[];
  /** Times and msgids that were not sent, if the parts include them. */
  readonly otherValues: (parts: RecipeParts) => readonly RecipeParts[];
  /** Thousands of times; undefined if the parts have none. */
  readonly nearTimes: (parts: RecipeParts) => FieldValues | undefined;
  /** The other sent fields, documented or not. */
  readonly extras: RecipeParts;
  /** Orders of field names, the most likely first. */
  readonly orders: readonly (readonly string[])[];
  readonly family: Family;
  readonly secrets: Secrets;
  /** Where the secret belongs in the text of a digest. */
  readonly secretPlace: SecretPlace;
}

/** The two secrets of the app. */
export interface Secrets {
  readonly expected: RecipePart;
  readonly other: RecipePart;
}

export interface SearchedSigning {
  readonly app: App;
  readonly family: Family;
}

export function searchInputOf(subject: Subject, { app, family }: SearchedSigning): SearchInput {
  const { operation } = subject.request;
  const fields = signedFields(subject);
  const sent = sentTexts(subject);
  return {
    expected: expectedSigning(subject, { app, family }),
    fields,
    bases: basesOf(subject, family, fields),
    forms: formsOf(fields, subject),
    values: otherSentValues(fields, subject),
    jsonTexts: jsonTexts(subject),
    otherValues: (parts) => otherValues(parts, subject),
    nearTimes: (parts) => nearTimes(parts, subject),
    extras: sent.filter(({ isSigned }) => !isSigned),
    orders: ordersOf(operation, fields, sent),
    family,
    secrets: secretsOf(app, operation),
    secretPlace: secretPlaceOf(operation),
  };
}

function secretPlaceOf(operation: Operation): SecretPlace {
  const { joined = [] } = signSchemesOf(operation).hash ?? {};
  const after = joined.slice(joined.indexOf(SECRET) + 1);
  const next = joined.includes(SECRET) ? after.find((one) => one !== SECRET) : undefined;
  return next === undefined ? LAST : before(wireName(operation, next));
}

function secretsOf({ settings }: App, operation: Operation): Secrets {
  const asPart = (name: 'appKey' | 'appSecret'): RecipePart => ({
    name,
    value: settings[name],
    secret: true,
  });
  const appKey = asPart('appKey');
  const appSecret = asPart('appSecret');
  // With RSA alone, the appKey is the secret of what else the operation hides.
  const expected = signSecretOf(operation, settings) ?? 'appKey';
  return expected === 'appKey'
    ? { expected: appKey, other: appSecret }
    : { expected: appSecret, other: appKey };
}

/** A client that selects RSA but sends a digest may have hashed the text of either family. */
function mayHaveRsaText({ operation, signing }: Subject['request'], family: Family): boolean {
  return signSchemesOf(operation).rsaSignsFewer && (family === 'rsa' || signing === 'rsa');
}

function basesOf({ request }: Subject, family: Family, fields: RecipeParts): SearchInput['bases'] {
  if (!mayHaveRsaText(request, family)) return [fields];
  const { names } = rsaText(request.operation);
  const fewer = fields.filter(({ name }) => names.includes(name));
  return family === 'rsa' ? [fewer, fields] : [fields, fewer];
}

function ordersOf(
  operation: Operation,
  fields: RecipeParts,
  sent: RecipeParts,
): SearchInput['orders'] {
  const documented = fields.map(({ name }) => name);
  const inBody = sent.map(({ name }) => name);
  // Sorted by UTF-16 units, like Java's TreeMap.
  const sorted = [...new Set([...documented, ...inBody])].sort();
  return [documented, sorted, inBody, fieldsOf(operation).map(({ name }) => name)];
}

function expectedSigning(subject: Subject, { app, family }: SearchedSigning): ExpectedSigning {
  const { operation, signing } = subject.request;
  const { hash, rsa } = signSchemesOf(operation);
  const selected = signing === 'rsa' ? undefined : hash;
  const signSecret = signSecretOf(operation, app.settings);
  const isHex = family === 'hash' || rsa?.encoding(readingsOf(subject.state)) === 'hex';
  return {
    texts: expectedTexts(subject, { app, family }),
    algorithm: signingOf(operation, signing).algorithm,
    digest: selected?.key.digest,
    hmacKey: selected?.secretIn === 'key' ? signSecret : undefined,
    other: otherAlgorithm(subject.request),
    encoding: isHex ? 'hex' : 'Base64',
    // At login, an RSA signature in hex is decoded before the check, so its case does not matter.
    upperCase: family === 'hash' || rsa?.caseReading !== undefined,
    key: { appId: app.settings.appId, key: 'appVerifyKey' },
  };
}

function otherAlgorithm({ operation, signing }: Subject['request']): ExpectedSigning['other'] {
  const { hash, rsa } = signSchemesOf(operation);
  const other = signing === 'rsa' ? hash : rsa;
  if (other === undefined || rsa?.selector === undefined) return undefined;
  return { algorithm: other.algorithm, selectedBy: wireName(operation, rsa.selector) };
}

function expectedTexts(
  { request }: Subject,
  { app, family }: SearchedSigning,
): readonly ExpectedText[] {
  const { operation } = request;
  const { hash } = signSchemesOf(operation);
  if (family === 'rsa' || hash === undefined) return [rsaText(operation)];
  const names = hash.joined.map((one) =>
    one === SECRET ? secretNameOf(hash.key, app.settings) : wireName(operation, one),
  );
  const secret = { name: secretNameOf(hash.key, app.settings), where: hash.secretIn };
  const ofHash = { names, secret };
  return mayHaveRsaText(request, family) ? [ofHash, rsaText(operation)] : [ofHash];
}

function rsaText(operation: Operation): ExpectedText {
  const { rsa, fields } = signSchemesOf(operation);
  return { names: wireNamesOf(operation, rsa?.fields ?? fields) };
}

function wireNamesOf(operation: Operation, properties: readonly Property[]): readonly string[] {
  return properties.map((property) => wireName(operation, property));
}

/** Accepts JSON numbers as their digits: another rule decides whether numbers are allowed. */
function signedFields({ draft, state }: Subject): RecipeParts {
  const request = toRequest(draft, { ...readingsOf(state), 'json-numbers': 'any' });
  const { operation } = request;
  const texts: Texts = request;
  return signSchemesOf(operation).fields.map((property) => ({
    name: wireName(operation, property),
    value: texts[property] ?? '',
  }));
}

interface SentText extends RecipePart {
  readonly isSigned: boolean;
}

/**
 * The sent texts and numbers that are searched: those of HTTP headers, then in the order of the body. The fields of the
 * envelope take the position of the envelope.
 */
function sentTexts(subject: Subject): readonly SentText[] {
  const { json = {} } = subject.draft;
  const { operation } = subject.request;
  const inBody = Object.entries(json).flatMap(([name, value]) => {
    const part = partsOf(operation).find((each) => each === name);
    return part !== undefined && isObject(value)
      ? textsIn(operation, value, part)
      : textsIn(operation, { [name]: value });
  });
  return [...textsInHeaders(subject), ...inBody];
}

function signedNames(operation: Operation): readonly string[] {
  return wireNamesOf(operation, signSchemesOf(operation).fields);
}

function textsIn(operation: Operation, object: object, part?: Part): readonly SentText[] {
  const known: readonly string[] = wireNames(operation, part);
  const signed = signedNames(operation).filter((name) => known.includes(name));
  return Object.entries(object)
    .filter(([name, value]) => name !== 'sign' && isTextOrNumber(value))
    .map(([name, value]) => ({ name, value: String(value), isSigned: signed.includes(name) }));
}

function isTextOrNumber(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function textsInHeaders({ draft, exchange, request }: Subject): readonly SentText[] {
  const { json = {} } = draft;
  const { operation } = request;
  const signed = signedNames(operation);
  const inHeaders = fieldsOf(operation).filter(({ location }) => location === 'httpHeader');
  return inHeaders.flatMap((field) => {
    const { name } = field;
    const value = valueAt(field, exchange, json);
    return typeof value === 'string' ? { name, value, isSigned: signed.includes(name) } : [];
  });
}
