/** One request's sign before its search: what is due by the document and the app's readings, and what may have been used instead. */
import { asksForRsa } from '../../carrier/engine/facts/login-token-validate.js';
import type { CarrierRequest } from '../../carrier/engine/request.js';
import type { Subject } from '../subject.js';
import { type Ingredients, ingredientsOf } from './ingredients.js';
import type { Due, DueText } from './mistakes.js';
import type { Part } from './recipe.js';
import type { Menu } from './recipes.js';
import { type Family, LOGIN_HASH_USES, RSA_USES, VERIFY_HASH_USES } from './secret-uses.js';

export interface Case {
  readonly fields: readonly Part[];
  /** What is due of a sign of this family, though the other may have been asked for. */
  readonly due: (family: Family) => Due;
  readonly menu: (family: Family) => Menu;
}

/** The document, 1.2 sign: what the RSA branch signs. */
const LOGIN_RSA_NAMES = ['appid', 'token'];

export function caseOf(subject: Subject): Case | undefined {
  const ingredients = ingredientsOf(subject);
  if (ingredients === undefined) return undefined;
  return {
    fields: ingredients.fields,
    due: (family) => dueOf(family, subject, ingredients),
    menu: (family) => menuOf(family, subject.request, ingredients),
  };
}

function dueOf(family: Family, { request, state, draft }: Subject, ingredients: Ingredients): Due {
  const texts = dueTexts(family, request, ingredients);
  const isLogin = request.operation === 'loginTokenValidate';
  const inHex = isLogin || family === 'hash' || state.app?.settings.readings['verify-rsa-encoding'] === 'hex';
  return {
    texts,
    algorithm: dueAlgorithm(request),
    encoding: inHex ? 'hex' : 'Base64',
    // Hex of an RSA signature is decoded before it is checked.
    upperCase: family === 'hash',
    key: { appId: state.app?.settings.appId ?? draft.appId ?? '', key: 'appVerifyKey' },
  };
}

function dueAlgorithm(request: CarrierRequest): string {
  if (request.operation === 'loginTokenValidate') return asksForRsa(request) ? 'SHA256withRSA' : 'MD5';
  return request.keyType === 'rsa' ? 'MD5withRSA' : 'HMACSHA256';
}

function dueTexts(family: Family, request: CarrierRequest, { fields, secrets }: Ingredients): readonly DueText[] {
  const names = fields.map(({ name }) => name);
  const { name } = secrets.due;
  if (request.operation === 'tokenValidate') {
    return [family === 'rsa' ? { names } : { names, secret: { name, where: 'key' } }];
  }
  const ofRsa: DueText = { names: LOGIN_RSA_NAMES };
  const ofMd5: DueText = { names, secret: { name, where: 'text' } };
  if (family === 'rsa') return [ofRsa];
  // Who asks for RSA and sends a digest may have hashed the text of either branch.
  return asksForRsa(request) ? [ofMd5, ofRsa] : [ofMd5];
}

function menuOf(family: Family, request: CarrierRequest, ingredients: Ingredients): Menu {
  const { fields, secrets } = ingredients;
  const isLogin = request.operation === 'loginTokenValidate';
  const ofRsa = fields.filter(({ name }) => LOGIN_RSA_NAMES.includes(name));
  const withRsaText = isLogin && (family === 'rsa' || asksForRsa(request));
  const hashUses = isLogin ? LOGIN_HASH_USES : VERIFY_HASH_USES;
  return {
    ...ingredients,
    bases: withRsaText ? [ofRsa, fields] : [fields],
    uses: (family === 'rsa' ? RSA_USES : hashUses)(secrets),
    secretAnywhere: isLogin,
  };
}
