/** The words that the English of the documentation avoids (.textlintrc.json), each in a sentence that is reported. */
import { readFileSync } from 'node:fs';
import { createLinter, loadTextlintrc } from 'textlint';
import { expect, test } from 'vitest';
import { proseOf } from '../../scripts/lib/prose-of.mjs';

/** In the order of the configuration. */
const SENTENCES = [
  { term: 'unless said', text: 'The port is 10086 unless said otherwise.' },
  { term: 'where not said', text: 'It is true where not said.' },
  { term: 'whoever', text: 'It serves whoever reaches the port.' },
  { term: 'is told', text: 'The server is told the port.' },
  { term: 'tells', text: 'The code tells why.' },
  { term: 'is said', text: 'It is said of login only.' },
  { term: 'beside', text: 'The mock beside other tools.' },
  { term: 'likewise', text: 'The other key likewise.' },
  { term: 'in its place', text: 'Another address in its place.' },
  { term: 'in place of', text: 'The appKey in place of the APPSecret.' },
  { term: 'is due', text: 'The code that is due.' },
  { term: 'left empty', text: 'If left empty, one is drawn.' },
  { term: 'there is none', text: 'An app by this name? There is none.' },
  { term: 'stands there twice', text: 'The number stands there twice.' },
  { term: 'a "no"', text: 'The response is a "no" of the carrier.' },
  { term: 'mended', text: 'Send again, mended.' },
  { term: 'any answer', text: 'A script gets any answer on demand.' },
  { term: 'genuine', text: 'The genuine outcome.' },
  { term: 'the sign', text: 'The carrier checks the sign first.' },
  { term: 'text to sign', text: 'The text to sign.' },
  { term: 'persona', text: 'Get a token for a persona.' },
  { term: 'world', text: 'Each app is a world.' },
  { term: 'a number with a story', text: 'A number with a story.' },
  { term: "it is nobody's", text: "It is nobody's path." },
  { term: 'of a request that', text: 'The line of a request that failed.' },
  { term: 'anew', text: 'It starts anew.' },
  { term: 'rightly', text: 'A rightly signed request.' },
];

const { rules } = JSON.parse(readFileSync('.textlintrc.json', 'utf8')) as {
  readonly rules: { readonly terminology: { readonly terms: readonly (readonly string[])[] } };
};
const TERMS = rules.terminology.terms;
const descriptor = await loadTextlintrc({ configFilePath: '.textlintrc.json' });
const linter = createLinter({ descriptor });

async function reported(text: string): Promise<readonly string[]> {
  const { messages } = await linter.lintText(text, 'page.md');
  return messages.map(({ message }) => /“(.+?)”, use/.exec(message)?.[1]?.toLowerCase() ?? message);
}

test.each(SENTENCES)('"$term" is reported', async ({ text }) => {
  expect((await reported(text)).length).toBeGreaterThan(0);
});

test('every term of the configuration is in one of the sentences', () => {
  const patterns = TERMS.map(([pattern = '']) => pattern);
  const unmatched = patterns.filter((pattern) => !SENTENCES.some(({ text }) => new RegExp(pattern, 'i').test(text)));
  expect(unmatched).toEqual([]);
});

test.each([
  { description: 'names in code', text: 'The field `sign`, the option `persona` and `--tell nobody`.' },
  { description: 'plain words', text: 'By default, the signature is real. A client receives a response.' },
])('$description are not reported', async ({ text }) => {
  expect(await reported(text)).toEqual([]);
});

test.each([
  { description: 'a comment', file: 'a.ts', source: '// Of nobody.\nconst a = 1;', at: [1, 7] },
  { description: 'a docstring', file: 'a.tsx', source: 'const a = 1;\n/** Of nobody. */\nconst b = 2;', at: [2, 8] },
  { description: 'a string', file: 'a.mjs', source: "f('of nobody');", at: [1, 7] },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the source is a template
  { description: 'a template', file: 'a.ts', source: 'f(`of ${a} nobody`);', at: [1, 12] },
  { description: 'JSON', file: 'a.json', source: '{\n  "nobody": "of nobody"\n}', at: [2, 17] },
  { description: 'another language', file: 'a.py', source: '# Of nobody.', at: [1, 6] },
])('a word in $description is reported where it is', async ({ file, source, at: [line, column] }) => {
  const { messages } = await linter.lintText(proseOf(source, file), `${file}.txt`);
  expect(messages).toMatchObject([{ line, column }]);
});

test.each([
  { description: 'a name', source: 'const nobody = told(world);' },
  { description: 'a string of one word', source: "f('nobody');" },
  { description: 'code in a comment', source: '// The test number `nobody`, or "nobody".' },
])('$description in the code is not reported', async ({ source }) => {
  const { messages } = await linter.lintText(proseOf(source, 'a.ts'), 'a.ts.txt');
  expect(messages).toEqual([]);
});
