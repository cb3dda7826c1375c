/** How templates are filled, and that each language's template has a mark for whatever a recipe changes. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Facts, fill } from '../../../mock-server/control-api/atlas/fill-template.js';
import { LANGUAGES } from '../../../mock-server/control-api/atlas/languages.js';
import { recipeRow } from '../../../mock-server/control-api/atlas/recipes.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';

const FACTS: Facts = { yes: true, text: 'T', empty: '', no: false, none: undefined };
const LITERALS = { quoted: (text: string) => `<${text}>`, joint: ' +', step: '  ' };

const filled = (lines: readonly string[]) => fill(lines.join('\n'), FACTS, LITERALS).split('\n');

describe('a condition', () => {
  test.each([
    { condition: 'yes', holds: true },
    { condition: 'text', holds: true },
    { condition: 'empty', holds: true },
    { condition: 'no', holds: false },
    { condition: 'none', holds: false },
    { condition: 'not no', holds: true },
    { condition: 'not yes', holds: false },
    { condition: 'yes and no', holds: false },
    { condition: 'yes and not no', holds: true },
    { condition: 'no or yes', holds: true },
    { condition: 'no or none', holds: false },
    { condition: 'yes or no and no', holds: true },
    { condition: 'no and no or yes', holds: true },
  ])('$condition: $holds', ({ condition, holds }) => {
    expect(filled([`a(); // {{ if ${condition} }}`, 'b();'])).toEqual(holds ? ['a();', 'b();'] : ['b();']);
  });
});

describe('a mark', () => {
  test.each([
    { description: 'a line that stays', lines: ['  a(); // {{ if yes }}'], result: ['  a();'] },
    { description: 'a line that goes', lines: ['a();', 'b(); // {{ if no }}'], result: ['a();'] },
    { description: 'a comment that becomes code', lines: ['  // {{ if yes }} a();'], result: ['  a();'] },
    { description: 'a comment that goes', lines: ['a();', '  // {{ if no }} b();'], result: ['a();'] },
    {
      description: 'a comment that becomes a value',
      lines: ['# {{ if yes }} a = 1  # {{ text }}'],
      result: ['a = <T>'],
    },
    { description: 'a value', lines: ['  String a = "x"; // {{ text }}'], result: ['  String a = <T>;'] },
    { description: 'an empty value', lines: ['a := b + c // {{ empty }}'], result: ['a := <>'] },
    { description: 'a value that is not given', lines: ['a = b + c;   // {{ none }}'], result: ['a = b + c;'] },
    { description: 'a value with an equals sign', lines: ["a = 'b = c'; // {{ text }}"], result: ['a = <T>;'] },
    { description: 'words in a comment', lines: ['# words. # {{ text }}'], result: ['# T'] },
    { description: 'an address', lines: ['a("http://b // {{"); // c'], result: ['a("http://b // {{"); // c'] },
  ])('$description', ({ lines, result }) => {
    expect(filled(lines)).toEqual(result);
  });

  test.each([
    { description: 'of a region that stays', condition: 'yes', result: ['a', '', 'b', '', 'c'] },
    { description: 'of a region that goes', condition: 'no', result: ['a', '', 'c'] },
  ])('empty lines around the marks $description', ({ condition, result }) => {
    expect(filled(['a', '', `// {{ if ${condition} }}`, 'b', '// {{ end }}', '', 'c'])).toEqual(result);
    expect(filled(['a', '', `// {{ if ${condition} }}`, 'b', '', '// {{ end }}', '', 'c'])).toEqual(result);
  });

  test('two empty lines stay two', () => {
    expect(filled(['a', '', '', '# {{ if no }}', 'b', '# {{ end }}', '', '', 'c'])).toEqual(['a', '', '', 'c']);
  });

  test('a region in a region stays where both conditions hold', () => {
    const nested = (outer: string, inner: string) =>
      filled(['a', `// {{ if ${outer} }}`, `// {{ if ${inner} }}`, 'b', '// {{ end }}', 'c', '// {{ end }}', 'd']);
    expect(nested('yes', 'yes')).toEqual(['a', 'b', 'c', 'd']);
    expect(nested('yes', 'no')).toEqual(['a', 'c', 'd']);
    expect(nested('no', 'yes')).toEqual(['a', 'd']);
  });

  test.each([
    { description: 'an unknown condition', lines: ['a(); // {{ if maybe }}'], says: 'unknown mark: maybe' },
    { description: 'an unknown value', lines: ['a = b; // {{ maybe }}'], says: 'unknown mark: maybe' },
    { description: 'a region without an end', lines: ['// {{ if yes }}'], says: 'has no {{ end }}' },
    { description: 'a second mark', lines: ['a = b; // {{ text }} {{ if yes }}'], says: 'text after a mark: a = b;' },
    { description: 'a value for no variable', lines: ['a(); // {{ text }}'], says: 'without an assignment: a();' },
  ])('$description is an error', ({ lines, says }) => {
    expect(() => filled(lines)).toThrow(says);
  });
});

test('a text that does not fit in its line has a line for each field', () => {
  const facts = { long: `{"a":"${'x'.repeat(60)}","b":["c","${'y'.repeat(60)}"]}` };
  expect(fill('  a = ""; // {{ long }}', facts, LITERALS)).toBe(
    `  a = <{"a":"${'x'.repeat(60)}",> +\n    <"b":["c",> +\n    <"${'y'.repeat(60)}"]}>;`,
  );
});

const TEMPLATES = LANGUAGES.map(({ language, file }) => ({
  language,
  template: readFileSync(`mock-server/control-api/atlas/programs/${file}`, 'utf8'),
}));
const CODES = OPERATIONS.flatMap(({ operation }) => RESULTS[operation].map(({ code }) => ({ operation, code })));

test.each(TEMPLATES)('the template in $language has a mark for each field that a recipe changes', ({ template }) => {
  const changed = CODES.flatMap((code) => Object.keys(recipeRow(code)?.recipe.fields ?? {}));
  expect(new Set(changed)).toEqual(new Set(['sign', 'token', 'appId', 'version', 'strictCheck', 'phoneNum']));
  expect(changed.filter((name) => !template.includes(` {{ ${name} }}`))).toEqual([]);
});

test('each code has a recipe', () => {
  expect(CODES.filter((code) => recipeRow(code) === undefined)).toEqual([]);
});
