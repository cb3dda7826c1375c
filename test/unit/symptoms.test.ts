/** The symptoms: what they show is what the product prints, and their codes exist. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LOST_WORDS } from '../../mock-server/cli/exec/lost.js';
import { EXEC_NOTES } from '../../mock-server/cli/exec/messages.js';
import { PROBLEM_MESSAGES } from '../../mock-server/control-api/problem-messages.js';
import { PRINTED_TEXTS, SYMPTOM_ENTRIES } from '../../mock-server/lookup/symptoms.js';
import { SERVER_MESSAGES } from '../../mock-server/server/messages.js';
import { BEYOND_RESULTS } from '../../src/protocol/beyond-codes.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { type Bilingual, LANGUAGES } from '../../src/text/bilingual.js';
import { callCommand } from '../support/called-command.js';

const MESSAGES: Readonly<Record<string, Bilingual>> = {
  ...EXEC_NOTES,
  ...LOST_WORDS,
  ...PROBLEM_MESSAGES,
  ...SERVER_MESSAGES,
};

const CODES = new Set(
  [
    ...OPERATIONS.flatMap(({ results, unlistedResults }) => [...results, ...unlistedResults]),
    ...BEYOND_RESULTS,
  ].map(({ code }) => code),
);

test.each(PRINTED_TEXTS)('$en: $from prints it', ({ from, ...shown }) => {
  const isFile = existsSync(from);
  for (const language of LANGUAGES) {
    const printed = isFile ? readFileSync(from, 'utf8') : MESSAGES[from]?.[language];
    expect(printed).toContain(shown[language]);
  }
});

test('the codes that a symptom shows exist', () => {
  const shown = SYMPTOM_ENTRIES.flatMap(({ title }) =>
    Array.from(title.en.matchAll(/`(\d{3}|\d{6})`/g), ([, code = '']) => code),
  );
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.filter((code) => !CODES.has(code))).toEqual([]);
});

test('each symptom has an id of its own, in words', () => {
  const ids = SYMPTOM_ENTRIES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
});

test('help prints the entry of a symptom', async () => {
  const { stdout } = await callCommand(['help', 'double-slash', '--lang', 'en']);
  expect(stdout).toBe(
    [
      'double-slash  with a double slash; HTTP 404 at //unisdk/…',
      '  Cause: The base URL ends with a slash, and the path begins with one',
      '  Step: Remove it from the base URL',
      '',
    ].join('\n'),
  );
});
