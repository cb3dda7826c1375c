/** Computes `sign` and phoneNum of a received request again and compares them. The document, 1.2 sign, 2.3 phoneNum and sign. */
import type { Operation } from '../index.js';
import type { Recipe, Signing } from '../kit/case.js';
import { valueAt } from '../kit/pointer.js';
import { derive } from '../kit/sign.js';
import { shown } from '../kit/values.js';
import templates from '../requests.json' with { type: 'json' };
import { eachReadable, type Judged, type NotJudged } from './check.js';
import { FIELDS, field, isMasked, type Sent, signingOf } from './evidence.js';
import { bilingual, notGiven, TEXTS } from './words.js';

interface Template {
  readonly operation: Operation;
  readonly signing: Signing;
  readonly derived: readonly { readonly at: string; readonly recipe: Recipe }[];
}

const TEMPLATES = templates.requests as readonly Template[];
const PHONE_NUM = '/body/phoneNum';

/** The value by the document's recipe, from the fields of this request. */
function recomputed({ operation, fields, values }: Sent, signing: Signing, at: string): string {
  const template = TEMPLATES.find((one) => one.operation === operation && one.signing === signing);
  const recipe = template?.derived.find((one) => one.at === at)?.recipe;
  if (recipe === undefined) throw new TypeError(`requests.json has no recipe for ${at} of ${operation}, ${signing}`);
  return derive(recipe, fields, values);
}

/** Normalizes signatures before comparing them: login accepts both letter cases (observed), Base64 may be wrapped. */
const NORMALIZED: Readonly<Record<Operation, Readonly<Partial<Record<Signing, (text: string) => string>>>>> = {
  loginTokenValidate: { md5: (text) => text.toUpperCase(), rsa: (text) => text.toUpperCase() },
  tokenValidate: { hmac: (text) => text, rsa: (text) => text.replace(/\s/g, '') },
};

/** The name of the key of each signing mode, as in the recipes. */
const SIGNED_BY: Readonly<Record<Signing, string>> = { md5: 'appSecret', hmac: 'appKey', rsa: 'appSignKey' };

/** The reason if a value cannot be computed; undefined if nothing is missing. */
function missingValues(evidence: Sent, names: readonly string[]): NotJudged | undefined {
  const missing = names.filter((name) => evidence.values[name] === undefined);
  return missing.length === 0 ? undefined : { why: notGiven(...missing) };
}

function sign(evidence: Sent): Judged {
  const { operation } = evidence;
  const signing = signingOf(evidence);
  const missing = missingValues(evidence, [SIGNED_BY[signing]]);
  if (missing !== undefined) return missing;
  if (isMasked(field(evidence, 'token'))) return { why: TEXTS.masked };
  const { sign: at } = FIELDS[operation];
  const expected = recomputed(evidence, signing, at);
  const received = field(evidence, 'sign');
  const normalized = NORMALIZED[operation][signing] ?? ((text: string) => text);
  if (typeof received === 'string' && normalized(received) === normalized(expected)) return [];
  return [{ about: at, expected: shown(expected), received: shown(received) }];
}

/** The document requires no letter case for RSA in hex. */
function signCase(evidence: Sent): Judged {
  const received = field(evidence, 'sign');
  if (signingOf(evidence) !== 'md5' || typeof received !== 'string') return { why: TEXTS.onlyMd5 };
  if (received === received.toUpperCase()) return [];
  return [
    { about: FIELDS[evidence.operation].sign, expected: shown(received.toUpperCase()), received: shown(received) },
  ];
}

function phoneNum(evidence: Sent): Judged {
  const signing = signingOf(evidence);
  return signing === 'rsa' ? encrypted(evidence) : hashed(evidence, signing);
}

function hashed(evidence: Sent, signing: Signing): Judged {
  const missing = missingValues(evidence, ['appKey', 'phoneNumber']);
  if (missing !== undefined) return missing;
  const expected = recomputed(evidence, signing, PHONE_NUM);
  const received = valueAt(evidence.fields, PHONE_NUM);
  return received === expected ? [] : [{ about: PHONE_NUM, expected: shown(expected), received: shown(received) }];
}

/** The rules of the mock that refuse an encrypted number. */
const REFUSED_BY = ['phoneNumReadable', 'numberMatches'];

/** The kit does not have the platform's private key, so the decision of the mock is used, if the outcome was not forced. */
function encrypted({ decidedBy, fields }: Sent): Judged {
  if (decidedBy === 'allMet') return [];
  if (decidedBy === undefined || !REFUSED_BY.includes(decidedBy)) return { why: TEXTS.onlyTheCarrier };
  return [
    {
      about: PHONE_NUM,
      expected: bilingual(
        'the number + appKey + timestamp, encrypted with 平台公钥',
        '用平台公钥加密的 手机号码 + appKey + timestamp',
      ),
      received: shown(valueAt(fields, PHONE_NUM)),
    },
  ];
}

export const SENT_SIGN = eachReadable(sign, ['sign.', 'encryption.', 'value.']);
export const SENT_SIGN_CASE = eachReadable(signCase, ['sign.case']);
export const SENT_PHONE_NUM = eachReadable(phoneNum, ['phone.']);
