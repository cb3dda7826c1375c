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
import type { App } from '../../carrier/engine/app-settings.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { toRequest, valueAt } from '../../carrier/engine/request.js';
import { signingsFor } from '../operations.js';
import type { Subject } from '../subject.js';
import type { ExpectedSigning, ExpectedText } from './mistakes.js';
import { formsOf, otherValues } from './other-values.js';
import { type Family, HASH_USES, type Part, RSA_USES, type SecretUse } from './recipe.js';

export interface SearchInput {
  /** The expected signing of the family, even if the request selected the other one. */
  readonly expected: ExpectedSigning;
  /** The fields that the document signs, in its order. */
  readonly fields: readonly Part[];
  /** The lists of fields that may be expected, the likelier one first. */
  readonly bases: readonly (readonly Part[])[];
  /** Fields in another form than the sent one: one at a time, then all at once. */
  readonly forms: readonly (readonly Part[])[];
  /** Times and msgids that were not sent, if the parts include them. Generated lazily. */
  readonly otherValues: (parts: readonly Part[]) => Iterable<readonly Part[]>;
  /** The other sent fields, documented or not. */
  readonly extras: readonly Part[];
  /** Orders of field names, the most likely first. */
  readonly orders: readonly (readonly string[])[];
  readonly uses: readonly SecretUse[];
  /** Whether the secret belongs in the text, so that it may be anywhere in it. */
  readonly secretAnywhere: boolean;
}

export function searchInputOf(
  subject: Subject,
  { app, family }: { readonly app: App; readonly family: Family },
): SearchInput {
  const { operation, signing } = subject.request;
  const { hash, rsa, fields: signed, rsaSignsFewer } = signingsFor(operation);
  const named = (properties: readonly Property[]) => properties.map((property) => wireName(operation, property));
  const secret = moduleOf(operation).signSecret(app.settings);
  const asPart = (name: 'appKey' | 'appSecret'): Part => ({ name, value: app.settings[name], secret: true });
  const secrets = { expected: asPart(secret), other: asPart(secret === 'appKey' ? 'appSecret' : 'appKey') };
  const fields = signedFields(subject);
  const sent = sentTexts(subject);
  const ofRsa: ExpectedText = { names: named(rsa?.fields ?? signed) };
  // A client that selects RSA but sends a digest may have hashed the text of either family.
  const withRsaText = rsaSignsFewer && (family === 'rsa' || signing === 'rsa');
  const ofHash = hash && { names: named(hash.fields), secret: { name: secret, where: hash.secretIn } };
  const texts = family === 'rsa' || ofHash === undefined ? [ofRsa] : [ofHash, ...(withRsaText ? [ofRsa] : [])];
  // Without a hash of its own, a digest was made like another operation's: most have the secret in their text.
  const secretIn = hash?.secretIn ?? 'text';
  return {
    expected: { ...expectedSigning(subject, family), texts, key: { appId: app.settings.appId, key: 'appVerifyKey' } },
    fields,
    bases: withRsaText ? [fields.filter(({ name }) => ofRsa.names.includes(name)), fields] : [fields],
    forms: formsOf(fields, subject),
    otherValues: (parts) => otherValues(parts, subject),
    extras: sent.filter(({ isSigned }) => !isSigned),
    orders: [
      fields.map(({ name }) => name),
      // Sorts by UTF-16 units, like Java's TreeMap.
      [...new Set([...fields, ...sent].map(({ name }) => name))].sort(),
      sent.map(({ name }) => name),
      fieldsOf(operation).map(({ name }) => name),
    ],
    uses: (family === 'rsa' ? RSA_USES : HASH_USES[secretIn])(secrets),
    secretAnywhere: secretIn === 'text',
  };
}

function expectedSigning({ request, state }: Subject, family: Family): Omit<ExpectedSigning, 'texts' | 'key'> {
  const { operation, signing } = request;
  const { hash, rsa } = signingsFor(operation);
  const other = signing === 'rsa' ? hash : rsa;
  const isHex = family === 'hash' || rsa?.encoding(readingsOf(state)) === 'hex';
  return {
    algorithm: signingOf(operation, signing).algorithm,
    other: other && rsa?.selector && { algorithm: other.algorithm, selectedBy: wireName(operation, rsa.selector) },
    encoding: isHex ? 'hex' : 'Base64',
    // At login, an RSA signature in hex is decoded before the check, so its case does not matter.
    upperCase: family === 'hash' || rsa?.caseReading !== undefined,
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

/**
 * The sent texts and numbers that are searched: those of HTTP headers, then in the order of the body. The fields of the
 * envelope take the position of the envelope.
 */
function sentTexts({ draft, exchange, request }: Subject): readonly (Part & { readonly isSigned: boolean })[] {
  const { json = {} } = draft;
  const { operation } = request;
  const signed = signingsFor(operation).fields.map((property) => wireName(operation, property));
  const textsIn = (object: object, part?: EnvelopePart) => {
    const names: readonly string[] = wireNames(operation, part);
    return Object.entries(object)
      .filter(([name, value]) => name !== 'sign' && (typeof value === 'string' || typeof value === 'number'))
      .map(([name, value]) => ({
        name,
        value: String(value),
        isSigned: signed.includes(name) && names.includes(name),
      }));
  };
  const inHeaders = fieldsOf(operation).flatMap((field) => {
    const value = field.location === 'httpHeader' ? valueAt(field, exchange, json) : undefined;
    return typeof value === 'string' ? { name: field.name, value, isSigned: signed.includes(field.name) } : [];
  });
  const inBody = Object.entries(json).flatMap(([name, value]) => {
    const part = partsOf(operation).find((each) => each === name);
    return part !== undefined && isObject(value) ? textsIn(value, part) : textsIn({ [name]: value });
  });
  return [...inHeaders, ...inBody];
}
