/** Each row of test/mistakes gets its result and exactly its findings, and each finding has a row and a near miss. The document, 1 and 2. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Explanation, explain, gatesOf } from '../../../mock-server/explain/explain.js';
import type { Finding } from '../../../mock-server/explain/finding.js';
import { signView } from '../../../mock-server/explain/sign/sign-view.js';
import { evidenceName } from '../../../mock-server/text/evidence-names.js';
import { SETTINGS } from '../../support/engine.js';
import { type Sent, signed } from '../../support/mistake-request.js';
import { type Expected, inputsOf, MISTAKES, requestOfMistake, subjectOfMistake } from '../../support/mistakes.js';

const ROWS = MISTAKES.flatMap(({ rows }) => rows);

describe.each(MISTAKES)('$title', ({ rows }) => {
  test.each(rows)('$description', ({ expected, ...row }) => {
    const sent = requestOfMistake({ ...row, expected });
    const subject = subjectOfMistake({ ...row, expected }, sent);
    const [english, chinese] = [explain(subject, 'en'), explain(subject, 'zh')];
    expect(summary(english)).toEqual({ next: null, causes: [], remarks: [], ...onlySummary(expected) });
    for (const id of expected.not ?? []) expect(idsOf(english), `a near miss of ${id}`).not.toContain(id);
    const [first = ''] = idsOf(english);
    const { id: other = '', ...evidenceOfOther } = expected.evidenceOf ?? {};
    expectEvidence(english, first, expected.evidence);
    expectEvidence(english, other, evidenceOfOther);
    for (const [one, begins] of [
      [english, expected.detail?.en],
      [chinese, expected.detail?.zh],
    ] as const)
      expect(one.findings[0]?.detail.slice(0, begins?.length ?? 0) ?? '').toBe(begins ?? '');
    expectGates(english);
    expectWords(english, chinese);
    expectStringToSign(english);
    // An encoding other than UTF-8 may add a byte order mark.
    if (typeof row.sign === 'object' && row.sign.charset === undefined) expectSignedString(english, sent);
  });
});

function summary({ resultCode: code, decidedBy, next, findings }: Explanation) {
  const ids = (role: Finding['role']) => findings.filter((finding) => finding.role === role).map(({ id }) => id);
  return { code, decidedBy, next, causes: ids('cause'), remarks: ids('remark') };
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

function expectGates({ gates, decidedBy, resultCode }: Explanation): void {
  const outcomes = gates.map(({ outcome }) => outcome);
  const at = gates.findIndex(({ requires }) => requires === decidedBy);
  if (decidedBy === 'allMet') expect(new Set(outcomes)).toEqual(new Set(['met']));
  else {
    expect(outcomes).toEqual(outcomes.map((_, index) => (index < at ? 'met' : index === at ? 'unmet' : 'not reached')));
    expect(gates[at]?.otherwise).toBe(resultCode);
  }
}

const CHINESE = /\p{Script=Han}/u;
const PLACEHOLDER = /\{\w+\}/;

function expectWords(english: Explanation, chinese: Explanation): void {
  expect(idsOf(chinese)).toEqual(idsOf(english));
  const texts = (findings: readonly Finding[]) => findings.flatMap(({ title, detail }) => [title, detail]);
  expect(
    texts([...english.findings, ...chinese.findings]).filter((text) => text.trim() === '' || PLACEHOLDER.test(text)),
  ).toEqual([]);
  expect(texts(chinese.findings).filter((text) => !CHINESE.test(text))).toEqual([]);
  const names = chinese.findings.flatMap(({ evidence }) => Object.keys(evidence));
  expect(names.filter((name) => !CHINESE.test(evidenceName(name, 'zh')))).toEqual([]);
}

/** The string to sign, hashed here, is the expected signature; the pieces of both strings add up to them. */
function expectStringToSign({ operation, stringToSign, expectedSign, ...rest }: Explanation): void {
  const joined = (pieces: Explanation['stringToSignSegments']) => pieces?.map(({ value }) => value).join('') ?? null;
  expect([joined(rest.stringToSignSegments), joined(rest.signedStringSegments)]).toEqual([
    stringToSign,
    rest.signedString,
  ]);
  if (stringToSign === null || expectedSign === null) return;
  const hash = operation === 'tokenValidate' ? createHmac('sha256', SETTINGS.appKey) : createHash('md5');
  expect(hash.update(stringToSign).digest('hex').toUpperCase()).toBe(expectedSign);
}

/** The text that a known mistake reproduces is the one that was signed. */
function expectSignedString(explanation: Explanation, { signedText = '' }: Sent): void {
  const { signedString } = explanation;
  const isExplained = idsOf(explanation).some((id) => id.startsWith('sign.') && id !== 'sign.no-match');
  if (signedString !== null || isExplained) expect([signedText, null]).toContain(signedString);
  if (!isExplained) expect(signedString).toBeNull();
}

const SIGN = /"sign":"(?:[^"\\]|\\.)*"/;

describe('a request that is signed again over the string to sign gets the next code', () => {
  const refused = ROWS.filter(
    ({ expected }) => expected.decidedBy === 'signValid' && expected.causes?.every(isOfSignature),
  );
  const encoded = refused.filter(({ app }) => app?.readings?.['verify-rsa-encoding'] === undefined);
  test.each(encoded)('$description', (row) => {
    const sent = requestOfMistake(row);
    const subject = subjectOfMistake(row, sent);
    const sign = signed(row.mode, String(signView(subject).stringToSign), inputsOf(row).app);
    const again: Sent = { ...sent, body: String(sent.body).replace(SIGN, () => `"sign":"${sign}"`) };
    expect(subjectOfMistake(row, again).resultCode).toBe(gatesOf(subject).next);
  });
});

function isOfSignature(id: string): boolean {
  return id.startsWith('sign.');
}
