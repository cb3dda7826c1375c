/** Signatures of the correct string with one difference, from published code. The document, 1.2 and 2.3 sign. */
import { constants, createHmac, sign as signWith } from 'node:crypto';
import { SIGN_PAIR } from './attempt.js';
import { beijingTime, digest, hmacSha256, join, LOGIN_ORDER, privateKeyOf, upperHex, VERIFY_ORDER } from './client.js';
import type { Mistake } from './mistake.js';

const LOGIN = { mode: 'login MD5', resultCode: '103101', next: '103000' } as const;
const LOGIN_RSA = { mode: 'login RSA', resultCode: '103101', next: '103000' } as const;
const VERIFY = { mode: 'verify HMAC', resultCode: '302', next: '000' } as const;

const md5 = (text: string) => upperHex(digest('md5', text));
const UUID = 'bed1dc7f-6cd6-45b9-be90-06ae08040c93';

export const SIGN_NEAR_MISSES: readonly Mistake[] = [
  {
    ...LOGIN,
    description: 'a client reads APPSecret from a file with its line feed',
    sign: ({ fields, app }) => md5(`${join(fields, LOGIN_ORDER)}${app.appSecret}\n`),
    finding: 'sign.secret-extra',
    begins: {
      en: 'The signature was made with the right appSecret, but with a line break (\\n) after it.',
      zh: '签名用的 appSecret 没错，但后面多了换行（\\n）。',
    },
  },
  {
    ...VERIFY,
    description: 'a .env file keeps the quotes of the appKey',
    sign: ({ fields, app }) => upperHex(hmacSha256(join(fields, VERIFY_ORDER), `"${app.appKey}"`)),
    finding: 'sign.secret-extra',
    begins: {
      en: 'The signature was made with the right appKey, but with double quotes around it.',
      zh: '签名用的 appKey 没错，但两边多了双引号。',
    },
  },
  {
    ...VERIFY,
    description: 'echo pipes the text with its line feed into openssl',
    sign: ({ fields, app }) => upperHex(hmacSha256(`${join(fields, VERIFY_ORDER)}\n`, app.appKey)),
    finding: 'sign.line-feed',
    begins: {
      en: 'The string was signed with a line break (\\n) at its end.',
      zh: '签名原文末尾多了一个换行（\\n），请去掉。',
    },
  },
  {
    ...VERIFY,
    description: 'a .NET client encodes the text with Encoding.Unicode',
    sign: ({ fields, app }) =>
      createHmac('sha256', Buffer.from(app.appKey))
        .update(Buffer.from(join(fields, VERIFY_ORDER), 'utf16le'))
        .digest('hex')
        .toUpperCase(),
    finding: 'sign.charset',
    begins: { en: 'The string was converted to bytes as UTF-16LE. Use UTF-8:', zh: '签名原文是按 UTF-16LE 转成字节的' },
  },
  {
    ...LOGIN,
    description: 'a getter generates a new time for the JSON',
    sign: ({ fields, app, nowMs }) =>
      md5(join({ ...fields, systemtime: beijingTime(nowMs - 5) }, LOGIN_ORDER) + app.appSecret),
    finding: 'sign.time-differs',
    begins: { en: 'The signed string has ', zh: '参与签名的 systemtime 是 ' },
  },
  {
    ...VERIFY,
    description: 'a time that was converted to a double is signed at verify',
    sign: ({ fields, app }) => {
      const timestamp = Number(fields['timestamp']).toExponential().toUpperCase();
      return upperHex(hmacSha256(join({ ...fields, timestamp }, VERIFY_ORDER), app.appKey));
    },
    finding: 'sign.time-differs',
    begins: { en: 'The time was converted to a floating-point number', zh: '时间转成过浮点数' },
  },
  {
    ...LOGIN,
    description: 'the msgid is signed with its dashes and sent without',
    fields: () => ({ msgid: UUID.replaceAll('-', '') }),
    sign: ({ fields, app }) => md5(join({ ...fields, msgid: UUID }, LOGIN_ORDER) + app.appSecret),
    finding: 'sign.msgid-differs',
    begins: { en: `The signed string has ${UUID} as msgid`, zh: `参与签名的 msgid 是 ${UUID}` },
  },
  {
    ...LOGIN,
    description: 'the signature of the first request is reused',
    earlier: {
      token: 'same',
      plan: { fields: () => ({ msgid: 'first', systemtime: '20261125093619762' }), sign: () => 'x' },
    },
    sign: ({ fields, app }) =>
      md5(join({ ...fields, msgid: 'first', systemtime: '20261125093619762' }, LOGIN_ORDER) + app.appSecret),
    finding: 'sign.time-differs',
    behind: ['sign.msgid-differs'],
  },
  {
    ...LOGIN_RSA,
    description: 'a client signs with RSA-PSS',
    sign: ({ fields }) => {
      const key = { key: privateKeyOf(SIGN_PAIR.privateKey), padding: constants.RSA_PKCS1_PSS_PADDING };
      return upperHex(signWith('RSA-SHA256', Buffer.from(join(fields, ['appid', 'token'])), key));
    },
    finding: 'sign.algorithm',
    begins: {
      en: 'The signature was made with SHA256withRSA/PSS. Use SHA256withRSA. No field of the request selects',
      zh: '签名用的算法是 SHA256withRSA/PSS，应该用 SHA256withRSA。',
    },
  },
  {
    ...LOGIN,
    description: 'a Java client signs map.toString()',
    sign: ({ fields, app }) => {
      const entries = LOGIN_ORDER.toSorted().map((name) => `${name}=${String(fields[name])}`);
      return md5(`{${entries.join(', ')}}${app.appSecret}`);
    },
    finding: 'sign.field-order',
    behind: ['sign.separator'],
  },
  {
    ...LOGIN,
    description: 'a Java client signs the toString() of a LinkedHashMap',
    sign: ({ fields, app }) => {
      const entries = LOGIN_ORDER.map((name) => `${name}=${String(fields[name])}`);
      return md5(`{${entries.join(', ')}}${app.appSecret}`);
    },
    finding: 'sign.separator',
    begins: {
      en: 'The values were joined with “{name=value, name=value}”.',
      zh: '各字段是用“{参数名=值, 参数名=值}”拼起来的。',
    },
  },
];
