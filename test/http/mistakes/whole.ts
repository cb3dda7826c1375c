/** Checks for every explanation: its gates, the next code, its texts in both languages, and the string to sign. */
import { expect } from 'vitest';
import { evidenceName } from '../../../mock-server/text/evidence-names.js';
import { type Explained, type Explanation, explanationOf, type Finding } from './attempt.js';
import { digest, hmacSha256, upperHex } from './client.js';

/** The document, 1.4 and 2.5. */
const CODES = {
  loginTokenValidate: [
    ...['103000', '103101', '103113', '103119', '103133', '103211', '103412', '103414'],
    ...['103511', '103811', '104201', '105018', '105019', '105312', '105313'],
  ],
  tokenValidate: ['000', '001', '002', '003', '004', '102', '124', '302', '303', '606', '999', '103420'],
} as const;
const SUCCESS: readonly string[] = ['103000', '000'];
const CHINESE = /\p{Script=Han}/u;

/** The explanation in English, after all checks. */
export async function wholeExplanation(explained: Explained): Promise<Explanation> {
  const explanation = await explanationOf(explained, 'en');
  expect(explanation).toMatchObject({
    requestId: explained.reply.requestId,
    resultCode: explained.reply.resultCode,
    forced: false,
  });
  expectGates(explanation);
  expectWords(explanation, await explanationOf(explained, 'zh'));
  expectTextToSign(explained, explanation);
  return explanation;
}

function expectGates({ gates, next, operation, resultCode, decidedBy }: Explanation): void {
  const codes = operation === 'tokenValidate' ? CODES.tokenValidate : CODES.loginTokenValidate;
  const outcomes = gates.map(({ outcome }) => outcome);
  if (SUCCESS.includes(resultCode)) {
    expect({ outcomes: new Set(outcomes), next, decidedBy }).toEqual({
      outcomes: new Set(['met']),
      next: null,
      decidedBy: 'allMet',
    });
    return;
  }
  const at = outcomes.indexOf('unmet');
  const expected = outcomes.map((_, index) => (index < at ? 'met' : index === at ? 'unmet' : 'not reached'));
  expect(at, 'one gate is unmet').toBeGreaterThanOrEqual(0);
  expect(outcomes).toEqual(expected);
  expect(gates[at]).toMatchObject({ requires: decidedBy, otherwise: resultCode });
  expect(codes).toContain(next);
}

function expectWords(english: Explanation, chinese: Explanation): void {
  const ids = ({ findings }: Explanation) => findings.map(({ id }) => id);
  expect(ids(chinese)).toEqual(ids(english));
  expect([...english.findings, ...chinese.findings].filter((finding) => !isWorded(finding))).toEqual([]);
  const names = chinese.findings.flatMap(({ evidence }) => Object.keys(evidence as object));
  expect(names.filter((name) => !CHINESE.test(evidenceName(name, 'zh')))).toEqual([]);
  expect(chinese.findings.filter(({ title, detail }) => !CHINESE.test(title) || !CHINESE.test(detail))).toEqual([]);
}

const PLACEHOLDER = /\{\w+\}/;

function isWorded({ title, detail }: Finding): boolean {
  return [title, detail].every((text) => text.trim() !== '' && !PLACEHOLDER.test(text));
}

/** The string to sign, hashed by this client, is the expected signature; the pieces of both strings add up to them. */
function expectTextToSign({ account }: Explained, explanation: Explanation): void {
  const { operation, stringToSign, expectedSign, stringToSignSegments, signedString, signedStringSegments } =
    explanation;
  expect([joined(stringToSignSegments), joined(signedStringSegments)]).toEqual([stringToSign, signedString]);
  if (stringToSign === null || expectedSign === null) return;
  const hashed = operation === 'tokenValidate' ? hmacSha256(stringToSign, account.appKey) : digest('md5', stringToSign);
  expect(upperHex(hashed)).toBe(expectedSign);
}

function joined(segments: Explanation['signedStringSegments']): string | null {
  return segments === null ? null : segments.map(({ value }) => value).join('');
}
