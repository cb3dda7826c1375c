/** Evidence in both languages: our words are translated, and received texts are unchanged. */
import { expect, test } from 'vitest';
import { explain } from '../../../mock-server/explain/explain.js';
import { documentedFields } from '../../../mock-server/explain/operations.js';
import { ENCODINGS, encodingWords } from '../../../mock-server/explain/sign/received.js';
import type { Subject } from '../../../mock-server/explain/subject.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import type { Language } from '../../../src/text/bilingual.js';
import { loginBody, TOKEN, verifyBody, verifyRsaBody } from '../../support/engine.js';
import { subjectFor } from '../../support/explain.js';
import { MSG_ID, SENT_AT } from '../../support/requests.js';
import { APP_ID, APP_SECRET, LOGIN_TEXT, loginSigned, md5, verifySigned } from './sign/makers.js';

const HAN = /\p{Script=Han}/u;
/** Names that are the same in Chinese. */
const NAMES = ['String', '1.0', '2.0', 'Base64', 'Base64url'];

test.each([
  ...OPERATIONS.flatMap(({ operation }) => documentedFields(operation).map(({ rule }) => rule)),
  ...ENCODINGS.map(({ name }) => encodingWords(name)),
])('$en is $zh in Chinese', ({ en, zh }) => {
  expect(zh === en ? NAMES.includes(en) : HAN.test(zh)).toBe(true);
});

function evidenceIn(language: Language, subject: Subject, id: string) {
  return explain(subject, language).findings.find((finding) => finding.id === id)?.evidence;
}

const VALUES = [APP_ID, '2.0', MSG_ID, SENT_AT, '0', TOKEN];
const FIELDS = ['appid', 'version', 'msgid', 'systemtime', 'strictcheck', 'token'];
const NAMES_AND_VALUES = FIELDS.map((name, at) => `${name}=${VALUES[at]}`);
const right = md5(LOGIN_TEXT + APP_SECRET);

test.each<{ id: string; subject: Subject; en: object; zh: object }>([
  {
    id: 'body.not-json',
    subject: subjectFor('loginTokenValidate', '{"version":[,]}'),
    en: { expected: 'a value or ]' },
    zh: { expected: '一个值或 ]' },
  },
  {
    id: 'field.malformed',
    subject: subjectFor('tokenValidate', verifyBody({ body: { openType: '4' } })),
    en: { rule: '0, 1, 2 or 3' },
    zh: { rule: '0、1、2 或 3' },
  },
  {
    id: 'field.malformed',
    subject: subjectFor('loginTokenValidate', loginBody(), {
      readings: { 'system-time': 'window:5m' },
      nowMs: 0,
    }),
    en: { rule: "a time within 5m of the app's clock" },
    zh: { rule: '与应用的时钟相差不超过 5m' },
  },
  {
    id: 'value.not-a-string',
    subject: subjectFor('loginTokenValidate', loginBody({ strictcheck: true })),
    en: { kind: 'boolean' },
    zh: { kind: '布尔值' },
  },
  {
    id: 'sign.algorithm',
    subject: loginSigned(right.slice(8, 24)),
    en: { used: '16-character MD5', due: 'MD5' },
    zh: { used: '16 位 MD5', due: 'MD5' },
  },
  {
    id: 'sign.algorithm',
    subject: verifySigned(md5),
    en: { keyInText: 'no' },
    zh: { keyInText: '否' },
  },
  {
    id: 'sign.encoding',
    subject: loginSigned(Buffer.from(right, 'hex').toString('base64')),
    en: { used: 'Base64', due: 'hex' },
    zh: { used: 'Base64', due: '十六进制' },
  },
  {
    id: 'sign.separator',
    subject: loginSigned(md5([...VALUES, APP_SECRET].join(' '))),
    en: { used: 'space' },
    zh: { used: '空格' },
  },
  {
    id: 'sign.separator',
    subject: loginSigned(md5(`${NAMES_AND_VALUES.join('&')}&key=${APP_SECRET}`)),
    en: { used: 'name=value&name=value…key=' },
    zh: { used: '参数名=值&参数名=值…key=' },
  },
  {
    id: 'sign.url-encoding',
    subject: loginSigned(md5(`${LOGIN_TEXT.replace(MSG_ID, 'a%20b')}${APP_SECRET}`), { msgid: 'a b' }),
    en: { used: 'URL-encoded' },
    zh: { used: 'URL 编码' },
  },
  {
    id: 'sign.no-match',
    subject: subjectFor('tokenValidate', verifyRsaBody({ body: { sign: 'x' } })),
    en: { due: '172 Base64 characters' },
    zh: { due: '172 位 Base64' },
  },
])('the words of $id are translated: $zh', ({ id, subject, en, zh }) => {
  expect(evidenceIn('en', subject, id)).toMatchObject(en);
  expect(evidenceIn('zh', subject, id)).toMatchObject(zh);
});

/** Our own phrases, sent as values. */
test.each(['a String that is not empty', '0 or 1', 'hex', 'lower case'])(
  '"%s" that was sent is shown as it was sent',
  (strictcheck) => {
    const subject = subjectFor('loginTokenValidate', loginBody({ strictcheck }));
    const [finding] = explain(subject, 'zh').findings.filter(({ id }) => id === 'field.malformed');
    expect(finding?.evidence.received).toBe(strictcheck);
    expect(finding?.detail).toBe(`“strictcheck”的值是“${strictcheck}”，不符合要求：0 或 1。`);
  },
);
