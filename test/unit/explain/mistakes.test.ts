/**
 * Each row of test/mistakes gets its result and exactly its findings, in both languages, without a whole secret, and its
 * prediction comes true. The document, 1 and 2.
 */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Explanation, explain } from '../../../mock-server/explain/explain.js';
import { type ShownFinding, textsFor } from '../../../mock-server/explain/finding.js';
import { FINDINGS } from '../../../mock-server/explain/findings.js';
import { documentedFields } from '../../../mock-server/explain/operations.js';
import { ENCODINGS, encodingWords } from '../../../mock-server/explain/sign/received.js';
import type { Subject } from '../../../mock-server/explain/subject.js';
import { evidenceName } from '../../../mock-server/text/evidence-names.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { MINUTE_MS } from '../../../src/protocol/timestamp.js';
import type { Bilingual, Language } from '../../../src/text/bilingual.js';
import {
  foreignTokenOf,
  loginBody,
  NOW_MS,
  SETTINGS,
  TOKEN,
  verifyBody,
  verifyRsaBody,
} from '../../support/engine.js';
import { subjectFor } from '../../support/explain.js';
import type { Sent } from '../../support/mistake-request.js';
import {
  type Expected,
  MISTAKES,
  type MistakeRow,
  requestOfMistake,
  subjectOfMistake,
} from '../../support/mistakes.js';
import { expectPredictions } from '../../support/predictions.js';
import { MSG_ID, SENT_AT } from '../../support/requests.js';
import { expectNoSecret } from '../../support/secrets.js';
import { APP_ID, APP_SECRET, LOGIN_TEXT, loginSigned, md5 } from './sign/makers.js';

const made = new Map<MistakeRow, { readonly sent: Sent; readonly subject: Subject }>();

/** Made once, because a search for a signature is made once for each subject. */
function madeOf(row: MistakeRow) {
  const known = made.get(row);
  if (known !== undefined) return known;
  const sent = requestOfMistake(row);
  const now = { sent, subject: subjectOfMistake(row, sent) };
  made.set(row, now);
  return now;
}

describe.each(MISTAKES)('$title', ({ rows }) => {
  test.each(rows.map((row) => ({ description: row.description, row })))(
    '$description',
    ({ row }) => {
      const { expected } = row;
      const { sent, subject } = madeOf(row);
      const [english, chinese] = [explain(subject, 'en'), explain(subject, 'zh')];
      expect(summary(english)).toEqual({
        next: null,
        missing: null,
        causes: [],
        remarks: [],
        ...onlySummary(expected),
      });
      for (const id of expected.not ?? [])
        expect(idsOf(english), `a near miss of ${id}`).not.toContain(id);
      const [first = ''] = idsOf(english);
      const { id: other = '', ...evidenceOfOther } = expected.evidenceOf ?? {};
      expectEvidence(english, first, expected.evidence);
      expectEvidence(english, other, evidenceOfOther);
      expectDetail(english, expected.detail?.en);
      expectDetail(chinese, expected.detail?.zh);
      expectGates(english);
      expectWords(english, chinese);
      expectStringToSign(english);
      expectNoSecret(english, 'en');
      expectNoSecret(chinese, 'zh');
      // An encoding other than UTF-8 may add a byte order mark.
      if (typeof row.sign === 'object' && row.sign.charset === undefined)
        expectSignedString(english, sent);
      expectPredictions(row, subject);
    },
  );
});

function summary({ resultCode: code, decidedBy, next, missing, findings }: Explanation) {
  const ids = (role: ShownFinding['role']) =>
    findings.filter((finding) => finding.role === role).map(({ id }) => id);
  return { code, decidedBy, next, missing, causes: ids('cause'), remarks: ids('remark') };
}

function onlySummary({ not: _, evidence: _1, evidenceOf: _2, detail: _3, ...rest }: Expected) {
  return rest;
}

function idsOf({ findings }: Explanation): readonly string[] {
  return findings.map(({ id }) => id);
}

/** Of the finding's occurrences, one has this evidence. */
function expectEvidence({ findings }: Explanation, of: string, evidence: object = {}): void {
  if (Object.keys(evidence).length === 0) return;
  const found = findings.filter(({ id }) => id === of).map((finding) => finding.evidence);
  expect(found).toContainEqual(expect.objectContaining(evidence));
}

function expectDetail({ findings: [first] }: Explanation, begins = ''): void {
  expect(first?.detail.slice(0, begins.length) ?? '').toBe(begins);
}

function expectGates({ gates, decidedBy, resultCode }: Explanation): void {
  const outcomes = gates.map(({ outcome }) => outcome);
  const at = gates.findIndex(({ requires }) => requires === decidedBy);
  if (decidedBy === 'allMet') expect(new Set(outcomes)).toEqual(new Set(['met']));
  else {
    expect(outcomes).toEqual(
      outcomes.map((_, index) => (index < at ? 'met' : index === at ? 'unmet' : 'not reached')),
    );
    expect(gates[at]?.otherwise).toBe(resultCode);
  }
}

const CHINESE = /\p{Script=Han}/u;
/** Ours begin with a small letter; those of a client that signs `{{APP_SECRET}}` are shown as they are. */
const PLACEHOLDER = /\{[a-z]\w*\}/;

function expectWords(english: Explanation, chinese: Explanation): void {
  expect(idsOf(chinese)).toEqual(idsOf(english));
  english.findings.forEach(expectPlainEvidence);
  const texts = (findings: readonly ShownFinding[]) =>
    findings.flatMap(({ title, detail }) => [title, detail]);
  expect(
    texts([...english.findings, ...chinese.findings]).filter(
      (text) => text.trim() === '' || PLACEHOLDER.test(text),
    ),
  ).toEqual([]);
  expect(texts(chinese.findings).filter((text) => !CHINESE.test(text))).toEqual([]);
  const names = chinese.findings.flatMap(({ evidence }) => Object.keys(evidence));
  expect(names.filter((name) => !CHINESE.test(evidenceName(name, 'zh')))).toEqual([]);
}

/** JSON of strings, numbers and lists. */
function expectPlainEvidence({ evidence }: ShownFinding): void {
  const isPlain = (value: unknown) =>
    ['string', 'number', 'undefined'].includes(typeof value) || Array.isArray(value);
  expect(Object.values(evidence).filter((value) => !isPlain(value))).toEqual([]);
}

/** Requests with the texts that no row has. */
const OTHERS: readonly Subject[] = [
  subjectFor('loginTokenValidate', '{}', { exchange: { path: '/h5/js/jssdk.js' } }),
  subjectFor('loginTokenValidate', '{}', { exchange: { path: '/api/tokenValidate' } }),
  subjectFor('loginTokenValidate', '{}', { exchange: { path: '/login' } }),
  subjectFor('loginTokenValidate', loginBody(), { nowMs: NOW_MS - MINUTE_MS }),
  subjectFor(
    'loginTokenValidate',
    loginBody(),
    { state: { token: undefined, foreignToken: foreignTokenOf('loginTokenValidate') } },
    { isIssuerHidden: true },
  ),
  loginSigned(md5('')),
  // The search for its signature stops at its limit.
  loginSigned(md5('another text'), { token: 'x'.repeat(40_000) }),
];

describe('the evidence has each value that a text names', () => {
  const rows = MISTAKES.flatMap((group) => group.rows);
  test.each(FINDINGS)('$id', (finding) => {
    const { title, detail, instead = [], addition } = finding;
    const subjects = [...rows.map((row) => madeOf(row).subject), ...OTHERS];
    const used = subjects
      .flatMap(finding.detect)
      .flatMap((evidence) => textsFor(finding, evidence).map((text) => ({ text, evidence })));
    const missing = used.flatMap(({ text, evidence }) =>
      namesIn(text).filter((name) => evidence[name] === undefined),
    );
    expect(missing).toEqual([]);
    const conditional = [...instead, ...(addition === undefined ? [] : [addition])];
    const texts = [detail, ...conditional.map((row) => row.detail)];
    const unused = texts.filter((text) => used.every((one) => one.text !== text));
    expect(unused, 'texts of no request here').toEqual([]);
    expect(namesIn(title)).toEqual([]);
  });
});

function namesIn({ en, zh }: Bilingual): readonly string[] {
  return Array.from((en + zh).matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
}

const HMAC_LENGTH = 64;

/** The string to sign, hashed here, is the expected signature; the pieces of both strings add up to them. */
function expectStringToSign({ stringToSign, expectedSign, ...rest }: Explanation): void {
  const joined = (pieces: Explanation['stringToSignSegments']) =>
    pieces?.map(({ value }) => value).join('') ?? null;
  expect([joined(rest.stringToSignSegments), joined(rest.signedStringSegments)]).toEqual([
    stringToSign,
    rest.signedString,
  ]);
  if (stringToSign === null || expectedSign === null) return;
  const hash =
    expectedSign.length === HMAC_LENGTH ? createHmac('sha256', SETTINGS.appKey) : createHash('md5');
  expect(hash.update(stringToSign).digest('hex').toUpperCase()).toBe(expectedSign);
}

/** The text that a known mistake reproduces is the one that was signed. */
function expectSignedString(explanation: Explanation, { signedText = '' }: Sent): void {
  const { signedString } = explanation;
  const isExplained = idsOf(explanation).some(
    (id) => id.startsWith('sign.') && id !== 'sign.no-match',
  );
  if (signedString !== null || isExplained) expect([signedText, null]).toContain(signedString);
  if (!isExplained) expect(signedString).toBeNull();
}

test('the text of a wrong signature has the fields as they were before their repair', () => {
  const fields = { systemtime: '20261125154236' };
  const expected = { code: '103414', decidedBy: 'parametersValid' } as const;
  const row = {
    description: '',
    mode: 'login MD5',
    fields,
    sign: { text: '{text}{appKey}' },
    expected,
  } as const;
  const sent = requestOfMistake(row);
  expect(explain(subjectOfMistake(row, sent), 'en').signedString).toBe(sent.signedText);
});

/** Names that are the same in Chinese. */
const NAME = /^(?:String|Base64|Base64url|[\d.]+)$/;

test.each([
  ...OPERATIONS.flatMap(({ operation }) => documentedFields(operation).map(({ rule }) => rule)),
  ...ENCODINGS.map(({ name }) => encodingWords(name)),
])('$en is $zh in Chinese', ({ en, zh }) => {
  expect(zh === en ? NAME.test(en) : CHINESE.test(zh)).toBe(true);
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
    subject: loginSigned(md5(`${LOGIN_TEXT.replace(MSG_ID, 'a%20b')}${APP_SECRET}`), {
      msgid: 'a b',
    }),
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
