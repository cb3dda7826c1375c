/**
 * The tables of docs/control-api: a comment `<!-- calls: getHealth getLiveness -->` is followed by the table of these
 * calls, made from their rows and `mock-server/control-api/call-texts.json`. `--check` only says whether they are current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadControlApi } from './lib/control-api.mjs';

const PAGES = [
  { file: 'docs/control-api.md', language: 'en', head: '| Call | Does |' },
  { file: 'docs/control-api.zh-CN.md', language: 'zh', head: '| 调用 | 作用 |' },
];
const TEXTS = 'mock-server/control-api/call-texts.json';
const TABLE = /<!-- calls: ([\w ]+) -->\n\n(?:\|.*\n)*/g;

const { routes } = await loadControlApi();
const texts = JSON.parse(readFileSync(TEXTS, 'utf8'));

function rowOf(id, language) {
  const { method, path } = routes.find((route) => route.id === id) ?? fail(`${id} is no call of the control API`);
  const text = texts[id]?.[language] ?? fail(`${TEXTS} has no text for ${id} in ${language}`);
  return `| \`${method.toUpperCase()} ${path}\` | ${text} |\n`;
}

function fail(problem) {
  throw new Error(problem);
}

function madeOf({ file, language, head }, page) {
  const named = [];
  const made = page.replaceAll(TABLE, (_, list) => {
    const ids = list.split(' ');
    named.push(...ids);
    return `<!-- calls: ${list} -->\n\n${head}\n| --- | --- |\n${ids.map((id) => rowOf(id, language)).join('')}`;
  });
  for (const { id } of routes)
    if (named.filter((name) => name === id).length !== 1) fail(`${file} must name ${id} once`);
  return made;
}

for (const page of PAGES) {
  const before = readFileSync(page.file, 'utf8');
  const made = madeOf(page, before);
  if (!process.argv.includes('--check')) writeFileSync(page.file, made);
  else if (made !== before) {
    console.error(`${page.file} is not what the rows and ${TEXTS} say: npm run control-docs`);
    process.exitCode = 1;
  }
}
