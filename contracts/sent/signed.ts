/** Computes `sign` and phoneNum of a received request again and compares them. The document, 1.2 sign, 2.3 phoneNum and sign. */

import type { Signing } from '../kit/case.js';
import { FACTS, type SigningScheme, schemeOf, templateOf } from '../kit/operations.js';
import { valueAt } from '../kit/pointer.js';
import { shown } from '../kit/result.js';
import { derive } from '../kit/sign.js';
import {
  eachReadable,
  field,
  isMasked,
  type Judged,
  type NotJudged,
  otherThan,
  type Sent,
} from './check.js';
import { notGiven, TEXTS } from './words.js';

/** The value by the document's recipe, from the fields of this request. */
function recomputed({ operation, fields, values }: Sent, signing: Signing, at: string): string {
  const recipe = templateOf(operation, signing).derived.find((one) => one.at === at)?.recipe;
  if (recipe === undefined)
    throw new TypeError(`requests/ has no recipe for ${at} of ${operation}, ${signing}`);
  return derive(recipe, fields, values);
}

const NORMALIZED: Readonly<
  Record<NonNullable<SigningScheme['ignores']>, (text: string) => string>
> = {
  case: (text) => text.toUpperCase(),
  'white space': (text) => text.replace(/\s/g, ''),
};

/** The reason if a value cannot be computed; undefined if nothing is missing. */
function missingValues(evidence: Sent, names: readonly string[]): NotJudged | undefined {
  const missing = names.filter((name) => evidence.values[name] === undefined);
  return missing.length === 0 ? undefined : { why: notGiven(...missing) };
}

function sign(evidence: Sent): Judged {
  const { operation, fields } = evidence;
  const { signing, key, ignores } = schemeOf(operation, fields);
  const missing = missingValues(evidence, [key]);
  if (missing !== undefined) return missing;
  if (isMasked(field(evidence, 'token'))) return { why: TEXTS.masked };
  const { sign: at } = FACTS[operation].request;
  const expected = recomputed(evidence, signing, at);
  const received = field(evidence, 'sign');
  const normalized = (text: string) => (ignores === undefined ? text : NORMALIZED[ignores](text));
  if (typeof received === 'string' && normalized(received) === normalized(expected)) return [];
  return [otherThan(shown(expected), evidence, 'sign')];
}

/** The document requires no letter case for RSA in hex. */
function signCase(evidence: Sent): Judged {
  const received = field(evidence, 'sign');
  if (
    schemeOf(evidence.operation, evidence.fields).signing !== 'md5' ||
    typeof received !== 'string'
  )
    return { why: TEXTS.onlyMd5 };
  const upper = received.toUpperCase();
  return received === upper ? [] : [otherThan(shown(upper), evidence, 'sign')];
}

/** The rules of the mock that refuse an encrypted number. */
const REFUSED_BY = ['phoneNumReadable', 'numberMatches'];

function phoneNum(evidence: Sent): Judged {
  const { operation, fields, decidedBy } = evidence;
  const { signing } = schemeOf(operation, fields);
  const at = FACTS[operation].request.phoneNum;
  if (at === undefined) throw new TypeError(`${operation} has no phoneNum`);
  const received = valueAt(fields, at);
  if (signing !== 'rsa') {
    const missing = missingValues(evidence, ['appKey', 'phoneNumber']);
    if (missing !== undefined) return missing;
    const expected = recomputed(evidence, signing, at);
    return received === expected
      ? []
      : [{ rule: 'request', at, expected: shown(expected), received: shown(received) }];
  }
  // The kit does not have the platform's private key, so the decision of the mock is used, if the outcome was not forced.
  if (decidedBy === 'allMet') return [];
  if (decidedBy === undefined || !REFUSED_BY.includes(decidedBy))
    return { why: TEXTS.onlyTheCarrier };
  const en = 'the number + appKey + timestamp, encrypted with 平台公钥';
  const zh = '用平台公钥加密的“手机号码 + appKey + timestamp”';
  return [{ rule: 'request', at, expected: { en, zh }, received: shown(received) }];
}

export const SIGNATURE_CHECKS = {
  'sent-sign': eachReadable(sign, ['sign.', 'encryption.', 'value.']),
  'sent-sign-case': eachReadable(signCase, ['sign.case']),
  'sent-phone-num': eachReadable(phoneNum, ['phone.']),
};
