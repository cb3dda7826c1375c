/** Filling templates. The template of each language has a mark for each field that a recipe changes. */
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
    { description: 'keeps a line', lines: ['  a(); // {{ if yes }}'], result: ['  a();'] },
    { description: 'removes a line', lines: ['a();', 'b(); // {{ if no }}'], result: ['a();'] },
    { description: 'turns a comment into code', lines: ['  // {{ if yes }} a();'], result: ['  a();'] },
    { description: 'removes a comment', lines: ['a();', '  // {{ if no }} b();'], result: ['a();'] },
    {
      description: 'turns a comment into a value',
      lines: ['# {{ if yes }} a = 1  # {{ text }}'],
      result: ['a = <T>'],
    },
    { description: 'replaces a value', lines: ['  String a = "x"; // {{ text }}'], result: ['  String a = <T>;'] },
    { description: 'replaces a value with an empty one', lines: ['a := b + c // {{ empty }}'], result: ['a := <>'] },
    { description: 'keeps a value if none is given', lines: ['a = b + c;   // {{ none }}'], result: ['a = b + c;'] },
    {
      description: 'replaces a value that has an equals sign',
      lines: ["a = 'b = c'; // {{ text }}"],
      result: ['a = <T>;'],
    },
    { description: 'replaces the words of a comment', lines: ['# words. # {{ text }}'], result: ['# T'] },
    {
      description: 'is not recognized in an address',
      lines: ['a("http://b // {{"); // c'],
      result: ['a("http://b // {{"); // c'],
    },
  ])('$description', ({ lines, result }) => {
    expect(filled(lines)).toEqual(result);
  });

  test.each([
    { description: 'leaves one empty line around a kept region', condition: 'yes', result: ['a', '', 'b', '', 'c'] },
    { description: 'leaves one empty line for a removed region', condition: 'no', result: ['a', '', 'c'] },
  ])('$description', ({ condition, result }) => {
    expect(filled(['a', '', `// {{ if ${condition} }}`, 'b', '// {{ end }}', '', 'c'])).toEqual(result);
    expect(filled(['a', '', `// {{ if ${condition} }}`, 'b', '', '// {{ end }}', '', 'c'])).toEqual(result);
  });

  test('keeps two empty lines', () => {
    expect(filled(['a', '', '', '# {{ if no }}', 'b', '# {{ end }}', '', '', 'c'])).toEqual(['a', '', '', 'c']);
  });

  test('keeps a nested region if both conditions hold', () => {
    const nested = (outer: string, inner: string) =>
      filled(['a', `// {{ if ${outer} }}`, `// {{ if ${inner} }}`, 'b', '// {{ end }}', 'c', '// {{ end }}', 'd']);
    expect(nested('yes', 'yes')).toEqual(['a', 'b', 'c', 'd']);
    expect(nested('yes', 'no')).toEqual(['a', 'c', 'd']);
    expect(nested('no', 'yes')).toEqual(['a', 'd']);
  });

  test.each([
    { description: 'an unknown condition', lines: ['a(); // {{ if maybe }}'], message: 'unknown mark: maybe' },
    { description: 'an unknown value', lines: ['a = b; // {{ maybe }}'], message: 'unknown mark: maybe' },
    { description: 'a region without an end', lines: ['// {{ if yes }}'], message: 'has no {{ end }}' },
    {
      description: 'a second mark',
      lines: ['a = b; // {{ text }} {{ if yes }}'],
      message: 'text after a mark: a = b;',
    },
    { description: 'a value for no variable', lines: ['a(); // {{ text }}'], message: 'without an assignment: a();' },
  ])('$description is an error', ({ lines, message }) => {
    expect(() => filled(lines)).toThrow(message);
  });
});

test('a text that is too long for its line has a line for each field', () => {
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
