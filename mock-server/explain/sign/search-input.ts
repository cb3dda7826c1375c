/** The input of a signature search: what the document and the app's readings expect, and what clients may have used instead. */
import { type Property, wireName } from '../../../src/protocol/fields.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import type { CarrierRequest } from '../../carrier/engine/request.js';
import type { ExplainedOperation } from '../operations/operation.js';
import { explainedOperation } from '../operations/operations.js';
import type { Subject } from '../subject.js';
import type { ExpectedSigning, ExpectedText } from './mistakes.js';
import { type PossibleParts, possiblePartsOf } from './possible-parts.js';
import type { Part } from './recipe.js';
import type { RecipeChoices } from './recipe-choices.js';
import { type Family, HASH_USES, RSA_USES } from './secret-uses.js';

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
  const operation = explainedOperation(request.operation);
  const { hash, rsa } = operation;
  const [expected, other] = operation.usesRsa(request) ? [rsa, hash] : [hash, rsa];
  return {
    texts: expectedTexts(family, request, possibleParts),
    algorithm: expected.algorithm,
    other: { algorithm: other.algorithm, selectedBy: wireName(request.operation, operation.rsaSelector) },
    encoding: family === 'hash' || operation.rsaEncoding(readingsOf(state)) === 'hex' ? 'hex' : 'Base64',
    // An RSA signature in hex is decoded before the check, so its case does not matter.
    upperCase: family === 'hash',
    key: { appId: state.app?.settings.appId ?? draft.appId ?? '', key: 'appVerifyKey' },
  };
}

function expectedTexts(family: Family, request: CarrierRequest, { secrets }: PossibleParts): readonly ExpectedText[] {
  const operation = explainedOperation(request.operation);
  const { hash, rsa } = operation;
  const named = (fields: readonly Property[]) => fields.map((field) => wireName(request.operation, field));
  const ofRsa: ExpectedText = { names: named(rsa.fields) };
  if (family === 'rsa') return [ofRsa];
  const ofHash: ExpectedText = {
    names: named(hash.fields),
    secret: { name: secrets.expected.name, where: hash.secretIn },
  };
  // A client that selects RSA but sends a digest may have hashed the text of either family.
  return operation.usesRsa(request) && hasTwoTexts(operation) ? [ofHash, ofRsa] : [ofHash];
}

/** Whether fewer fields are signed with RSA than with the hash. */
function hasTwoTexts({ hash, rsa }: ExplainedOperation): boolean {
  return rsa.fields.length < hash.fields.length;
}

function choicesFor(family: Family, request: CarrierRequest, possibleParts: PossibleParts): RecipeChoices {
  const { fields, secrets } = possibleParts;
  const operation = explainedOperation(request.operation);
  const { hash, rsa } = operation;
  const rsaNames: readonly string[] = rsa.fields.map((field) => wireName(request.operation, field));
  const ofRsa = fields.filter(({ name }) => rsaNames.includes(name));
  const withRsaText = hasTwoTexts(operation) && (family === 'rsa' || operation.usesRsa(request));
  return {
    ...possibleParts,
    bases: withRsaText ? [ofRsa, fields] : [fields],
    uses: (family === 'rsa' ? RSA_USES : HASH_USES[hash.secretIn])(secrets),
    secretAnywhere: hash.secretIn === 'text',
  };
}
