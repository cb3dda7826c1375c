/**
 * Writes the tables of docs/control-api and the causes in docs/codes. A comment `<!-- calls: getHealth getLiveness -->` is
 * followed by a table of these calls, generated from their rows and `mock-server/control-api/call-texts.json`. A comment
 * `<!-- causes:tokenValidate -->` is followed by the mistakes of test/mistakes that lead to each code. A comment
 * `<!-- problems:calls -->` is followed by the messages of these catalogues. `--check` writes nothing and fails if a table is
 * not current.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadControlApi, run } from './lib/run.mjs';

const TEXTS = 'mock-server/control-api/call-texts.json';
const TABLE = /<!-- calls: ([\w ]+) -->\n\n(?:\|.*\n)*/g;

const { routes } = await loadControlApi();
const texts = JSON.parse(readFileSync(TEXTS, 'utf8'));

function rowOf(id, language) {
  const { method, path } =
    routes.find((route) => route.id === id) ?? fail(`the control API has no call ${id}`);
  const text =
    texts[id]?.[language] ?? fail(`no text for ${id} in ${language}. Add it to ${TEXTS}.`);
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

const CAUSES_TABLE = /<!-- causes:(\w+) -->\n\n(?:\|.*\n)*/g;

const { FINDINGS } = await run('mock-server/explain/findings.ts');
const { OPERATIONS } = await run('src/protocol/operations.ts');
const { modeOf } = await run('test/support/mistake-request.ts');
const titles = new Map(FINDINGS.map(({ id, title }) => [id, title]));

/** How many rows of test/mistakes get each code for each first cause. */
function countedCauses() {
  const counts = {};
  for (const name of readdirSync('test/mistakes').filter((each) => each.endsWith('.json'))) {
    const { groups } = JSON.parse(readFileSync(`test/mistakes/${name}`, 'utf8'));
    for (const row of groups.flatMap(({ all, rows }) =>
      rows.map((each) => ({ ...all, ...each, group: all })),
    )) {
      const { code, causes: [first] = [] } = { ...row.group?.expected, ...row.expected };
      if (first === undefined) continue;
      const place = `${modeOf(row.mode).operation} ${code}`;
      counts[place] ??= {};
      counts[place][first] = (counts[place][first] ?? 0) + 1;
    }
  }
  return counts;
}

const counts = countedCauses();

function causesOf(operation, code, language) {
  const found = Object.entries(counts[`${operation} ${code}`] ?? {});
  const ids = found
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([id]) => id);
  return ids.map((id) => `${titles.get(id)[language]} (\`${id}\`)`).join('<br>');
}

function withCauses({ language, head }, page) {
  return page.replaceAll(CAUSES_TABLE, (_, operation) => {
    const codes = OPERATIONS.find((row) => row.operation === operation).results.map(
      ({ code }) => code,
    );
    const rows = codes
      .map((code) => [code, causesOf(operation, code, language)])
      .filter(([, causes]) => causes !== '');
    const lines = rows.map(([code, causes]) => `| \`${code}\` | ${causes} |\n`);
    return `<!-- causes:${operation} -->\n\n${head}\n| --- | --- |\n${lines.join('')}`;
  });
}

const PROBLEMS_TABLE = /<!-- problems:(\w+) -->\n\n(?:\|.*\n)*/g;

/** The catalogues of each table: a file, and its export. */
const CATALOGUES = {
  calls: [['mock-server/control-api/problem-messages.ts', 'PROBLEM_MESSAGES']],
  fields: [
    ['mock-server/schemas/value-messages.ts', 'VALUE_MESSAGES'],
    ['mock-server/control-api/problem-messages.ts', 'FIELD_MESSAGES'],
  ],
  usage: [
    ['src/text/flag-messages.ts', 'FLAG_MESSAGES'],
    ['src/text/usage-messages.ts', 'USAGE_MESSAGES'],
    ['mock-server/options/messages.ts', 'OPTION_MESSAGES'],
    ['mock-server/cli/messages.ts', 'COMMAND_MESSAGES'],
    ['mock-server/cli/exec/hosts-messages.ts', 'HOSTS_MESSAGES'],
    ['mock-server/cli/explain/messages.ts', 'EXPLAIN_MESSAGES'],
    ['mock-server/server/messages.ts', 'SERVER_MESSAGES'],
    ['mock-server/http/messages.ts', 'LISTENER_MESSAGES'],
    ['mock-server/http/tls/messages.ts', 'CA_MESSAGES'],
    ['mock-server/in-process/messages.ts', 'HANDLER_MESSAGES'],
    ['contracts/kit/usage-messages.ts', 'USAGE_MESSAGES'],
  ],
};

const messages = {};
for (const [table, catalogues] of Object.entries(CATALOGUES)) {
  const found = [];
  for (const [file, name] of catalogues) found.push(...Object.entries((await run(file))[name]));
  messages[table] = found;
}

function withProblems({ language, id: idHead, status: statusHead, text: textHead }, page) {
  return page.replaceAll(PROBLEMS_TABLE, (_, table) => {
    const hasStatus = table !== 'usage';
    const lines = messages[table].map(([id, { status = 400, [language]: text }]) => {
      const shown = text.replaceAll('"}', '}').replaceAll('{"', '{').replaceAll('<', '&lt;');
      return line([`<a id="${id}"></a>\`${id}\``, ...(hasStatus ? [status] : []), shown]);
    });
    const heads = [idHead, ...(hasStatus ? [statusHead] : []), textHead];
    return `<!-- problems:${table} -->\n\n${line(heads)}${line(heads.map(() => '---'))}${lines.join('')}`;
  });
}

function line(cells) {
  return `| ${cells.join(' | ')} |\n`;
}

const CAUSES_HEAD = '| Code | Mistakes, those with the most known cases first |';
const PAGES = [
  { file: 'docs/control-api.md', language: 'en', head: '| Call | Does |', update: withTables },
  {
    file: 'docs/control-api.zh-CN.md',
    language: 'zh',
    head: '| 调用 | 作用 |',
    update: withTables,
  },
  { file: 'docs/codes.md', language: 'en', head: CAUSES_HEAD, update: withCauses },
  {
    file: 'docs/codes.zh-CN.md',
    language: 'zh',
    head: '| 返回码 | 错误（已知写法多的在前） |',
    update: withCauses,
  },
  {
    file: 'docs/problems.md',
    language: 'en',
    id: 'Id',
    status: 'Status',
    text: 'Text',
    update: withProblems,
  },
  {
    file: 'docs/problems.zh-CN.md',
    language: 'zh',
    id: 'id',
    status: '状态码',
    text: '文本',
    update: withProblems,
  },
];
for (const page of PAGES) {
  const before = readFileSync(page.file, 'utf8');
  const updated = page.update(page, before);
  if (!process.argv.includes('--check')) writeFileSync(page.file, updated);
  else if (updated !== before) {
    console.error(`${page.file}: the tables are not current. Run \`npm run control-docs\`.`);
    process.exitCode = 1;
  }
}
