/** Properties of all findings, and of those about the form of a request. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inLanguage, type ShownEvidence } from '../../../mock-server/explain/finding.js';
import { FINDINGS, findingsOf } from '../../../mock-server/explain/findings.js';
import { LANGUAGES } from '../../../src/text/bilingual.js';
import { loginBody, loginRsaBody, UNKNOWN_APP, verifyBody, verifyRsaBody } from '../../support/engine.js';
import { isOfRequest, subjectFor } from '../../support/explain.js';
import { mutated, mutation } from '../../support/mutations.js';

const ROWS = FINDINGS.filter(({ id }) => isOfRequest(id));

function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
}

/** Values that JSON of strings, numbers and lists cannot contain. */
function notPlain(evidence: ShownEvidence): readonly unknown[] {
  return Object.values(evidence).filter(
    (value) => !['string', 'number', 'undefined'].includes(typeof value) && !Array.isArray(value),
  );
}

// The Chinese text of sign.case is about the expected case only.
const SAME_IN_BOTH = FINDINGS.filter(({ id }) => id !== 'sign.case');

test.each(SAME_IN_BOTH)('$id has the same placeholders in both languages', ({ title, detail }) => {
  expect(new Set(placeholdersIn(detail.zh))).toEqual(new Set(placeholdersIn(detail.en)));
  expect(title.en).not.toBe(title.zh);
});

const request = fc.constantFrom(
  { operation: 'loginTokenValidate' as const, good: loginBody() },
  { operation: 'loginTokenValidate' as const, good: loginRsaBody() },
  { operation: 'tokenValidate' as const, good: verifyBody() },
  { operation: 'tokenValidate' as const, good: verifyRsaBody() },
  { operation: 'loginTokenValidate' as const, good: verifyBody() },
  { operation: 'tokenValidate' as const, good: loginBody() },
);

test('for any request, the evidence of a finding has all values that its detail shows', () => {
  fc.assert(
    fc.property(request, fc.array(mutation, { maxLength: 3 }), ({ operation, good }, changes) => {
      const bytes = mutated(good, changes);
      const subject = subjectFor(operation, bytes.toString(), { exchange: { bodyBytes: bytes.length } });
      for (const row of ROWS) {
        for (const evidence of row.detect(subject)) {
          const shown = LANGUAGES.flatMap((language) => placeholdersIn(row.detail[language]));
          expect(shown.filter((name) => evidence[name] === undefined)).toEqual([]);
          expect(
            LANGUAGES.flatMap((language) => notPlain(inLanguage({ row, evidence, role: 'cause' }, language).evidence)),
          ).toEqual([]);
        }
      }
    }),
    // Each run searches for the signature. test/mistakes has a row for every finding.
    { numRuns: 60 },
  );
});

describe('a refusal of the form of a request begins with a mistake that explains it', () => {
  const decidedByForm = ['bodyReadable', 'valuesAreStrings', 'tokenPresent', 'parametersValid'];

  // An unknown app has no signature search, which takes a hundred times as long as everything else.
  test.each([
    { description: 'an unknown app', scene: UNKNOWN_APP, numRuns: 200 },
    { description: 'a known app', scene: {}, numRuns: 15 },
  ])('$description', ({ scene, numRuns }) => {
    fc.assert(
      fc.property(request, fc.array(mutation, { minLength: 1, maxLength: 3 }), ({ operation, good }, changes) => {
        const bytes = mutated(good, changes);
        const subject = subjectFor(operation, bytes.toString(), { ...scene, exchange: { bodyBytes: bytes.length } });
        fc.pre(decidedByForm.includes(subject.decidedBy));
        expect(findingsOf(subject)[0]?.role).toBe('cause');
      }),
      { numRuns },
    );
  });
});
