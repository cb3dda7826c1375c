/** Checks the English of Markdown pages, and of comments and strings in code and data, against the words in .textlintrc.json. Usage: node scripts/prose.mjs [path…] */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createLinter, loadLinterFormatter, loadTextlintrc } from 'textlint';
import { proseOf } from './lib/prose-of.mjs';

const FILES = ['*.md', '*.ts', '*.tsx', '*.mjs', '*.js', '*.json'];
const EXCLUDED = /\.zh-CN\.md$|\.zh\.json$|^docs\/api\/|(?:^|\/)(?:package-lock|tsconfig.*|\.textlintrc)\.json$/;

const listed = execFileSync('git', ['ls-files', ...FILES], { encoding: 'utf8' })
  .trim()
  .split('\n');
const areas = process.argv.slice(2);
const files = listed.filter(
  (file) => !EXCLUDED.test(file) && (areas.length === 0 || areas.some((area) => file.startsWith(area))),
);

const linter = createLinter({ descriptor: await loadTextlintrc({ configFilePath: '.textlintrc.json' }) });

async function lint(file) {
  const source = readFileSync(file, 'utf8');
  if (file.endsWith('.md')) return linter.lintText(source, file);
  // The extension .txt selects the parser for plain text.
  const { messages } = await linter.lintText(proseOf(source, file), `${file}.txt`);
  return { messages, filePath: file };
}

const results = [];
for (const file of files) results.push(await lint(file));
if (results.some(({ messages }) => messages.length > 0)) {
  const { format } = await loadLinterFormatter({ formatterName: 'unix' });
  console.log(format(results));
  process.exitCode = 1;
}
