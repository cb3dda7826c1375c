/** Sign and phoneNum, made again from the request as it came and compared. The document, 1.2 sign, 2.3 phoneNum and sign. */
import type { Operation } from '../../index.js';
import type { Recipe, Signing } from '../../provider/case.js';
import templates from '../../requests.json' with { type: 'json' };
import { derive } from '../../sign/derive.js';
import { valueAt } from '../../sign/pointer.js';
import { FIELDS, field, isMasked, type Sent, signingOf } from '../evidence.js';
import { bilingual, notGiven, SAY, shown } from '../words.js';
import { eachReadable, type Judged, type NotJudged } from './check.js';

interface Template {
  readonly operation: Operation;
  readonly signing: Signing;
  readonly derived: readonly { readonly at: string; readonly recipe: Recipe }[];
}

const TEMPLATES = templates.requests as readonly Template[];
const PHONE_NUM = '/body/phoneNum';

/** What the document's recipe makes of this request's own fields. */
function remade({ operation, fields, values }: Sent, signing: Signing, at: string): string {
  const template = TEMPLATES.find((one) => one.operation === operation && one.signing === signing);
  const recipe = template?.derived.find((one) => one.at === at)?.recipe;
  if (recipe === undefined) throw new TypeError(`requests.json has no recipe of ${at} for ${operation}, ${signing}`);
  return derive(recipe, fields, values);
}

/** What does not count when two of them are compared: login takes either case (observed), Base64 may be wrapped. */
const SAME: Readonly<Record<Operation, Readonly<Partial<Record<Signing, (text: string) => string>>>>> = {
  loginTokenValidate: { md5: (text) => text.toUpperCase(), rsa: (text) => text.toUpperCase() },
  tokenValidate: { hmac: (text) => text, rsa: (text) => text.replace(/\s/g, '') },
};

/** By which value each way of signing is made, by the names that recipes use. */
const SIGNED_BY: Readonly<Record<Signing, string>> = { md5: 'appSecret', hmac: 'appKey', rsa: 'appSignKey' };

/** Why it cannot be made again. */
function cannotRemake(evidence: Sent, names: readonly string[]): NotJudged | undefined {
  const missing = names.filter((name) => evidence.values[name] === undefined);
  return missing.length === 0 ? undefined : { why: notGiven(...missing) };
}

function sign(evidence: Sent): Judged {
  const { operation } = evidence;
  const signing = signingOf(evidence);
  const untold = cannotRemake(evidence, [SIGNED_BY[signing]]);
  if (untold !== undefined) return untold;
  if (isMasked(field(evidence, 'token'))) return { why: SAY.masked };
  const { sign: at } = FIELDS[operation];
  const expected = remade(evidence, signing, at);
  const received = field(evidence, 'sign');
  const same = SAME[operation][signing] ?? ((text: string) => text);
  if (typeof received === 'string' && same(received) === same(expected)) return [];
  return [{ about: at, expected: shown(expected), received: shown(received) }];
}

/** RSA in hex has no case that the document asks for. */
function signCase(evidence: Sent): Judged {
  const received = field(evidence, 'sign');
  if (signingOf(evidence) !== 'md5' || typeof received !== 'string') return { why: SAY.onlyMd5 };
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
  const untold = cannotRemake(evidence, ['appKey', 'phoneNumber']);
  if (untold !== undefined) return untold;
  const expected = remade(evidence, signing, PHONE_NUM);
  const received = valueAt(evidence.fields, PHONE_NUM);
  return received === expected ? [] : [{ about: PHONE_NUM, expected: shown(expected), received: shown(received) }];
}

/** The rules of the mock that say how an encrypted number is wrong. */
const REFUSED_BY = ['phoneNumReadable', 'numberMatches'];

/** The platform's private key is not the kit's: what the mock decided says it, where the answer is genuine. */
function encrypted({ decidedBy, fields }: Sent): Judged {
  if (decidedBy === 'allMet') return [];
  if (decidedBy === undefined || !REFUSED_BY.includes(decidedBy)) return { why: SAY.onlyTheCarrier };
  return [
    {
      about: PHONE_NUM,
      expected: bilingual(
        'the number + appKey + timestamp under 平台公钥',
        '用平台公钥加密的 手机号码 + appKey + timestamp',
      ),
      received: shown(valueAt(fields, PHONE_NUM)),
    },
  ];
}

export const SENT_SIGN = eachReadable(sign, ['sign.', 'encryption.', 'value.']);
export const SENT_SIGN_CASE = eachReadable(signCase, ['sign.case']);
export const SENT_PHONE_NUM = eachReadable(phoneNum, ['phone.']);
