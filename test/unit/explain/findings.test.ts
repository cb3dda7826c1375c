/** Properties of all findings: their words, their rows in test/mistakes, and odd values in every field. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../mock-server/explain/diagnosis.js';
import { explain } from '../../../mock-server/explain/explain.js';
import type { Text } from '../../../mock-server/explain/finding.js';
import { FINDINGS } from '../../../mock-server/explain/findings.js';
import { UTF_16 } from '../../../mock-server/explain/sign/bytes.js';
import { PAIRS, SEPARATORS } from '../../../mock-server/explain/sign/edits.js';
import { URL_RECODINGS } from '../../../mock-server/explain/sign/other-values.js';
import { LABELS } from '../../../mock-server/explain/sign/recipe.js';
import {
  CHANGES,
  LINE_BREAKS_BEHIND,
  NOTHING,
  OTHER_ADDITIONS,
  TEMPLATES,
} from '../../../mock-server/explain/sign/secret-forms.js';
import { fieldsOf } from '../../../src/protocol/fields.js';
import { LANGUAGES } from '../../../src/text/bilingual.js';
import {
  loginBody,
  loginRsaBody,
  UNKNOWN_APP,
  verifyBody,
  verifyRsaBody,
} from '../../support/engine.js';
import { subjectFor } from '../../support/explain.js';
import IDS from '../../support/finding-ids.json' with { type: 'json' };
import { MISTAKES } from '../../support/mistakes.js';
import { mutated, mutation } from '../../support/mutations.js';

function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
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

describe('a refusal of the form of a request begins with a mistake that explains it', () => {
  const decidedByForm = ['bodyReadable', 'valuesAreStrings', 'tokenPresent', 'parametersValid'];

  // An unknown app has no signature search, which takes a hundred times as long as everything else.
  test.each([
    { description: 'an unknown app', scene: UNKNOWN_APP, numRuns: 200 },
    { description: 'a known app', scene: {}, numRuns: 15 },
  ])('$description', ({ scene, numRuns }) => {
    fc.assert(
      fc.property(
        request,
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        ({ operation, good }, changes) => {
          const bytes = mutated(good, changes);
          const subject = subjectFor(operation, bytes.toString(), {
            ...scene,
            exchange: { bodyBytes: bytes.length },
          });
          fc.pre(decidedByForm.includes(subject.decidedBy));
          expect(findingsOf(subject)[0]?.role).toBe('cause');
        },
      ),
      { numRuns },
    );
  });
});

/** As JSON text, because an object literal with `__proto__` has no such key. */
const VALUES = [
  '{"toString":"2"}',
  '{"valueOf":1,"toString":null}',
  '{"__proto__":{"length":3}}',
  '{"constructor":null,"length":-1}',
  '{"toJSON":1}',
  '[{"toString":1}]',
  '[2]',
  'true',
  '1e999',
  '-0',
];
const MARK = 'odd value';

const FIELDS = [
  ...fieldsOf('loginTokenValidate').map(({ name }) => ({
    operation: 'loginTokenValidate' as const,
    field: name,
    body: JSON.stringify({ ...loginBody(), [name]: MARK }),
  })),
  ...fieldsOf('tokenValidate').map(({ name, location }) => ({
    operation: 'tokenValidate' as const,
    field: `${location}/${name}`,
    body: JSON.stringify(verifyBody({ [location]: { [name]: MARK } })),
  })),
];

describe.each(FIELDS)('$operation, $field', ({ operation, body }) => {
  test.each(VALUES)('%s', (value) => {
    const text = body.replace(JSON.stringify(MARK), value);
    const subject = subjectFor(operation, text, UNKNOWN_APP);
    expect(text).toContain(value);
    for (const language of LANGUAGES) {
      const explanation = explain(subject, language);
      expect(explanation.findings.length).toBeGreaterThan(0);
      expect(JSON.stringify(explanation)).not.toContain('undefined');
    }
  });
});

const EXPECTED = MISTAKES.flatMap(({ rows }) => rows).map(({ expected }) => expected);
const namedFirst = new Set(
  EXPECTED.map(({ causes = [], remarks = [] }) => [...causes, ...remarks][0]),
);

/** They explain no refusal. */
const REMARKS = ['phone.other-network', 'params.malformed', 'client.retry'];
/** `token.used` always comes before a retry. */
const NEVER_FIRST = ['client.retry'];

test('every finding explains a requirement, except three remarks', () => {
  const causes = FINDINGS.filter(({ explains }) => explains.length > 0).map(({ id }) => id);
  expect(IDS.filter((id) => !causes.includes(id))).toEqual(REMARKS);
  expect(causes.filter((id) => !IDS.includes(id))).toEqual([]);
});

test('each finding comes first in a row, except a retry', () => {
  expect(IDS.filter((id) => !namedFirst.has(id))).toEqual(NEVER_FIRST);
});

test('each finding has a near miss that does not get it', () => {
  const missed = new Set(EXPECTED.flatMap(({ not = [] }) => not));
  expect(IDS.filter((id) => !missed.has(id))).toEqual([]);
});

test('the rows name only these findings', () => {
  const named = EXPECTED.flatMap(({ causes = [], remarks = [], not = [] }) => [
    ...causes,
    ...remarks,
    ...not,
  ]);
  expect([...new Set(named)].filter((id) => !IDS.includes(id))).toEqual([]);
});

const english = (text: Text) => (typeof text === 'string' ? text : text.en);
const shown = (text: string) => (text === ' ' ? 'space' : text.replace('\n', '\\n'));

/** The evidence `used` of each row of the tables, listed by the finding that it belongs to. */
const TABLES = [
  {
    id: 'sign.secret-extra',
    used: [...LINE_BREAKS_BEHIND, ...OTHER_ADDITIONS].map((row) => english(row.description)),
  },
  { id: 'sign.secret-changed', used: CHANGES.map((row) => english(row.description)) },
  {
    id: 'sign.secret-missing',
    used: [...NOTHING, ...TEMPLATES.map(([before, behind]) => `${before}APP_SECRET${behind}`)],
  },
  { id: 'sign.charset', used: UTF_16.map(({ name }) => english(name)) },
  { id: 'sign.url-encoding', used: URL_RECODINGS.map(({ description }) => english(description)) },
  {
    id: 'sign.separator',
    used: [
      ...SEPARATORS.map(shown),
      ...PAIRS.map(({ pair, between }) => `name${pair}value${between}name${pair}value`),
      ...LABELS.map((label) => `…${label}=`),
    ],
  },
];

test.each(TABLES)('each way to get $id that the search tries has a row', ({ id, used }) => {
  const tested = EXPECTED.filter(({ causes }) => causes?.[0] === id).map(
    ({ evidence }) => evidence?.['used'],
  );
  expect(used.filter((way) => !tested.includes(way))).toEqual([]);
});
