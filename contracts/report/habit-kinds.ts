/** The kinds of causes that name what a carrier does, instead of their symptoms. */

import type { Bilingual } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { FACTS } from '../kit/operations.js';
import { type CaseResult, CHARSET, type Difference, EARLIER_CALL } from '../kit/result.js';
import { type CauseKind, type Context, differing, english } from './cause-kind.js';

export const HABIT_KINDS: readonly CauseKind[] = [
  {
    name: 'same-answer',
    shownBy: ({ answer }, { onlyAnswer }) => (answer !== undefined && answer === onlyAnswer ? [{}] : []),
    sentence: () => ({
      en: 'The carrier returns the same response to every request.',
      zh: '服务端对每个请求都返回同一个响应。',
    }),
  },
  {
    name: 'charset',
    shownBy: differing(({ about, received }) => (about === CHARSET ? { charset: english(received) } : undefined)),
    sentence: ({ params: { charset = '' } }) => ({
      en: `The response is not UTF-8${charset === 'GBK' ? ', it is GBK' : ''}.`,
      zh: `响应不是 UTF-8 编码${charset === 'GBK' ? '，而是 GBK' : ''}。`,
    }),
  },
  {
    name: 'lower-case-sign',
    shownBy: (result, context) =>
      acceptsLowerCase(result, context) && hasCode(result, ({ received }) => isSignCode(received)) ? [{}] : [],
    sentence: () => ({
      en: 'The carrier accepts only signatures in lower case. The document requires upper case.',
      zh: '服务端只接受小写的签名，文档要求大写。',
    }),
  },
  {
    name: 'token-first',
    shownBy: (result) =>
      hasCode(result, ({ expected, received }) => isSignCode(expected) && isTokenCode(received)) ? [{}] : [],
    sentence: () => ({
      en: 'The carrier checks the token before the signature. The document states no order.',
      zh: '服务端先检查 token，再验签。文档没有规定先后。',
    }),
  },
  {
    name: 'trims',
    shownBy: (result) => (ENDS_IN_WHITE_SPACE.test(result.id) && hasCode(result, () => true) ? [{}] : []),
    sentence: () => ({
      en: 'The carrier trims white space at the ends of values.',
      zh: '服务端会去掉字段值首尾的空白。',
    }),
  },
  {
    name: 'number-form',
    shownBy: differing((difference) => {
      const form = formOf(difference);
      return form === undefined ? undefined : { form };
    }),
    sentence: ({ params: { form = '' } }) => NUMBER_FORMS[form as NumberForm],
  },
];

/** Cases that add white space before or after a value. */
const ENDS_IN_WHITE_SPACE = /[/-](?:space-before|space-behind|line-behind|line-end-behind)$|(?<!white)-space$/;

const SIGN_CODES: readonly string[] = ['103101', '302'];
const TOKEN_CODES = ['103113', ...Object.values(FACTS).map(({ tokenCode }) => tokenCode)];

function isSignCode(words: Difference['expected']): boolean {
  return SIGN_CODES.includes(english(words));
}

function isTokenCode(words: Difference['expected']): boolean {
  return TOKEN_CODES.includes(english(words));
}

const CODES: readonly string[] = ['resultCode', EARLIER_CALL];

function hasCode({ differences }: CaseResult, is: (difference: Difference) => boolean): boolean {
  return differences.some((difference) => CODES.includes(difference.about) && is(difference));
}

/** For each operation, a valid request whose signature is in lower case, and its code if it is accepted. */
const LOWER_CASE: Readonly<Partial<Record<Operation, { readonly id: string; readonly accepted: string }>>> = {
  loginTokenValidate: { id: 'loginTokenValidate/103000/md5-sign-lower-case', accepted: '103000' },
  tokenValidate: { id: 'tokenValidate/302/lower-case', accepted: '000' },
};

function acceptsLowerCase({ operation }: CaseResult, { results }: Context): boolean {
  const { id, accepted } = LOWER_CASE[operation] ?? {};
  const result = results.find((one) => one.id === id);
  if (result === undefined || accepted === undefined) return false;
  const { seen, status, differences } = result;
  if (seen !== undefined) return seen === accepted;
  if (hasCode(result, ({ received }) => received === accepted)) return true;
  return status === 'pass' && differences.length === 0 && result.id.includes(`/${accepted}/`);
}

type NumberForm = keyof typeof NUMBER_FORMS;

const NUMBER_FORMS = {
  OAEP: {
    en: 'msisdn is encrypted with OAEP padding. Clients of the carrier decrypt PKCS#1 v1.5.',
    zh: 'msisdn 用 OAEP 填充加密，而现有客户端按 PKCS#1 v1.5 解密。',
  },
  plain: {
    en: 'msisdn is not encrypted, although the request selects RSA.',
    zh: '请求选择了 RSA，msisdn 却没有加密。',
  },
  'other key': {
    en: 'msisdn is encrypted, but not with 应用公钥2: the private key of the app does not decrypt it.',
    zh: 'msisdn 加密了，但用的不是应用公钥2：应用的私钥解不开。',
  },
  Base64: { en: 'The ciphertext of msisdn is in Base64, not in hex.', zh: 'msisdn 的密文是 Base64，不是十六进制。' },
  '86': { en: 'msisdn begins with the country code 86.', zh: 'msisdn 前面带了国家码 86。' },
} as const satisfies Readonly<Record<string, Bilingual>>;

const NUMBER = FACTS.loginTokenValidate.response.phoneNumber ?? '';
/** The beginning of a ciphertext of 1024 bits or more: a report cuts long values. */
const CIPHERTEXT = /^[0-9A-Za-z+/=]{100,}…?$/;

function formOf({ about, expected, received }: Difference): NumberForm | undefined {
  if (!about.includes(NUMBER)) return undefined;
  const [due, found] = [english(expected), english(received)];
  if (about === `${NUMBER} padding`) return 'OAEP';
  if (/^\+?86/.test(found)) return '86';
  if (about === `schema ${NUMBER}`)
    return CIPHERTEXT.test(found) && !/^[0-9A-Fa-f]+…?$/.test(found) ? 'Base64' : undefined;
  if (about !== `${NUMBER} decrypted`) return undefined;
  if (found === due) return 'plain';
  return CIPHERTEXT.test(found) ? 'other key' : undefined;
}
