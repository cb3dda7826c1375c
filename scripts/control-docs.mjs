/**
 * Writes the tables of docs/control-api. A comment `<!-- calls: getHealth getLiveness -->` is followed by a table of these
 * calls, generated from their rows and `mock-server/control-api/call-texts.json`. `--check` writes nothing and fails if a
 * table is not current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadControlApi } from './lib/run.mjs';

const PAGES = [
  { file: 'docs/control-api.md', language: 'en', head: '| Call | Does |' },
  { file: 'docs/control-api.zh-CN.md', language: 'zh', head: '| 调用 | 作用 |' },
];
const TEXTS = 'mock-server/control-api/call-texts.json';
const TABLE = /<!-- calls: ([\w ]+) -->\n\n(?:\|.*\n)*/g;

const { routes } = await loadControlApi();
const texts = JSON.parse(readFileSync(TEXTS, 'utf8'));

function rowOf(id, language) {
  const { method, path } = routes.find((route) => route.id === id) ?? fail(`the control API has no call ${id}`);
  const text = texts[id]?.[language] ?? fail(`no text for ${id} in ${language}. Add it to ${TEXTS}.`);
  return `| \`${method.toUpperCase()} ${path}\` | ${text} |\n`;
}

function fail(problem) {
  throw new Error(problem);
}

function withTables({ file, language, head }, page) {
  const named = [];
  const updated = page.replaceAll(TABLE, (_, list) => {
    const ids = list.split(' ');
    named.push(...ids);
    return `<!-- calls: ${list} -->\n\n${head}\n| --- | --- |\n${ids.map((id) => rowOf(id, language)).join('')}`;
  });
  for (const { id } of routes) {
    const times = named.filter((name) => name === id).length;
    if (times !== 1) fail(`${file} must name the call ${id} once, found ${times}`);
  }
  return updated;
}

for (const page of PAGES) {
  const before = readFileSync(page.file, 'utf8');
  const updated = withTables(page, before);
  if (!process.argv.includes('--check')) writeFileSync(page.file, updated);
  else if (updated !== before) {
    console.error(`${page.file}: the tables are not current. Run \`npm run control-docs\`.`);
    process.exitCode = 1;
  }
}
