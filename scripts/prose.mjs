/**
 * Lints the English by the words of .textlintrc.json: pages as Markdown, of TypeScript, JavaScript and JSON the comments
 * and texts, of other code the whole file. The Chinese, by those of lib/chinese-terms.json. Usage: `node scripts/prose.mjs [path…]`
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createLinter, loadLinterFormatter, loadTextlintrc } from 'textlint';
import { run } from './lib/run.mjs';

const NOT_OURS =
  /\.zh-CN\.md$|\.zh\.json$|\.(?:webp|svg)$|(?:^|\/)(?:LICENSE|package-lock\.json|tsconfig.*\.json|\.textlintrc\.json|repository\.test\.ts)$/;

const listed = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
const areas = process.argv.slice(2);
const selected = listed.filter(
  (file) => areas.length === 0 || areas.some((area) => file.startsWith(area)),
);
const files = selected.filter((file) => !NOT_OURS.test(file));

const { proseOf } = await run('scripts/lib/prose-of.ts');
const CONFIGURATION = '.textlintrc.json';
const linter = createLinter({
  descriptor: await loadTextlintrc({ configFilePath: CONFIGURATION }),
});
const { terms } = JSON.parse(readFileSync(CONFIGURATION, 'utf8')).rules.terminology;
// Few files have one of the words anywhere. The others need not be parsed.
const WORDS = new RegExp(`(?<![a-z])(?:${terms.map(([word]) => word).join('|')})(?![a-z])`, 'i');

async function lint(file) {
  const source = readFileSync(file, 'utf8');
  if (!WORDS.test(source)) return { messages: [], filePath: file };
  if (file.endsWith('.md')) return linter.lintText(source, file);
  // A name that ends in .txt selects the parser of plain text.
  const { messages } = await linter.lintText(proseOf(source, file), `${file}.txt`);
  return { messages, filePath: file };
}

const results = await Promise.all(files.map(lint));
if (results.some(({ messages }) => messages.length > 0)) {
  const { format } = await loadLinterFormatter({ formatterName: 'unix' });
  console.log(format(results));
  process.exitCode = 1;
}

const { secondNames } = await run('scripts/lib/chinese.ts');
const chinese = selected.flatMap((file) => secondNames(readFileSync(file, 'utf8'), file));
if (chinese.length > 0) {
  console.log(chinese.join('\n'));
  process.exitCode = 1;
}
