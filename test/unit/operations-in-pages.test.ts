/**
 * A paragraph, an item, a row, the first column of a table or a line of code that names several
 * operations, or several of their paths, names all of them, or has a comment:
 * `<!-- operations: WHY THE OTHERS ARE MISSING -->`, for a block of code before it. A number
 * instead of the names ("both operations") needs the comment too. What is generated from the
 * tables of the code is complete.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import { type Line, linesOf } from '../support/pages.js';

/** The names in prose. Each is searched in the text without the names before it. */
const NAMES: Readonly<Record<Operation, RegExp>> = {
  h5TokenValidate: /\bh5TokenValidate\b|\blogin of (?:H5 )?pages\b|\bH5 (?:login\b|一键登录)/gi,
  loginTokenValidate: /\bloginTokenValidate\b|(?<![\w-])login(?![\w-])|获取手机号码/gi,
  tokenValidate: /\btokenValidate\b|(?<![\w-])verify(?![\w-])|本机号码校验/gi,
};
const NUMBER = /\b(?:both|two) (?:HTTP )?(?:operations|calls)\b|两个(?:模拟|HTTP )?(?:接口|调用)/i;
const REASON = /^operations: \S/;

/** The pages of users. Others name what a test, a measurement or a change was about. */
const PAGES = [
  'README.md',
  'README.zh-CN.md',
  ...['docs', 'skills', 'examples', 'fixtures'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  ),
].filter((name) => /^(?!docs\/(?:internals|api)\/|.*node_modules).*\.md$/.test(name));

type Words = Pick<Line, 'text' | 'isCode'>;

function namesIn({ text, isCode }: Words): readonly string[] {
  let rest = OPERATIONS.reduce((words, { path }) => words.replaceAll(path, ''), text);
  return Object.entries(NAMES).flatMap(([operation, inProse]) => {
    const name = isCode ? new RegExp(`\\b${operation}\\b`, 'g') : inProse;
    const without = rest.replace(name, ' ');
    const isNamed = without !== rest;
    rest = without;
    return isNamed ? [operation] : [];
  });
}

function pathsIn({ text }: Words): readonly string[] {
  return OPERATIONS.flatMap(({ path }) => (text.includes(path) ? [path] : []));
}

/** What the line names of the operations, if that is neither one of them nor all. */
function partIn({ text, isCode }: Words): string | undefined {
  const words = { text: text.replace(/<!--.*?-->/g, ''), isCode };
  const [number] = (!isCode && NUMBER.exec(words.text)) || [];
  const lists = [namesIn(words), pathsIn(words)];
  return number ?? lists.find(({ length }) => length > 1 && length < OPERATIONS.length)?.join(', ');
}

/** The first column of each table, at the place of its head. Only wire names count in it. */
function columnsOf(lines: readonly Line[]): readonly Line[] {
  const rows = lines.filter(({ text, isCode }) => text.startsWith('|') && !isCode);
  // The numbers of the rows of a table are consecutive.
  const tables = rows.map(({ number }, at) => number - at);
  return rows.flatMap((head, start) => {
    if (tables.indexOf(tables[start] ?? 0) !== start) return [];
    const own = rows.filter((_, at) => tables[at] === tables[start]);
    return { ...head, isCode: true, text: own.map(({ text }) => text.split(' | ')[0]).join(' ') };
  });
}

/** Keeps the numbers of the lines. */
function withoutGenerated(page: string): string {
  return page.replaceAll(/<!-- from: [\s\S]*?<!-- end -->/g, (part) => part.replaceAll(/.+/g, ''));
}

/** The places of a page that need a reason and have none, or have one without need. */
function mistakesIn(page: string): readonly string[] {
  const lines = linesOf(withoutGenerated(page));
  const places = [...lines, ...columnsOf(lines)];
  const needing = places.filter((place) => partIn(place) !== undefined);
  const hasReason = ({ comments }: Line) => comments.some((comment) => REASON.test(comment));
  const isOf = (reason: Line) => (place: Line) => place.comments === reason.comments;
  return [
    ...needing
      .filter((place) => !hasReason(place))
      .map((place) => `${place.number}: only ${partIn(place)}`),
    ...places.filter(hasReason).flatMap((reason) => {
      return needing.some(isOf(reason)) ? [] : [`${reason.number}: a reason without need`];
    }),
  ];
}

test.each(PAGES)('%s names all operations, or has the reason', (page) => {
  expect(mistakesIn(readFileSync(page, 'utf8'))).toEqual([]);
});

test.each([
  {
    page: '`loginTokenValidate` or `tokenValidate`',
    mistakes: ['1: only loginTokenValidate, tokenValidate'],
  },
  {
    page: 'The same at login and verify.',
    mistakes: ['1: only loginTokenValidate, tokenValidate'],
  },
  { page: '获取手机号码、H5 一键登录', mistakes: ['1: only h5TokenValidate, loginTokenValidate'] },
  {
    page: '`/unisdk/rsapi/loginTokenValidate`, `/openapi/rs/tokenValidate`',
    mistakes: ['1: only /unisdk/rsapi/loginTokenValidate, /openapi/rs/tokenValidate'],
  },
  { page: 'both operations', mistakes: ['1: only both operations'] },
  {
    page: '| `tokenValidate` | x |\n| --- | --- |\n| `h5TokenValidate` | y |',
    mistakes: ['1: only h5TokenValidate, tokenValidate'],
  },
  { page: 'Login, verify or h5TokenValidate', mistakes: [] },
  { page: 'Login `or-verify`', mistakes: [] },
  { page: '`/openapi/rs/tokenValidate` is that of verify', mistakes: [] },
  { page: 'both operations <!-- operations: of the document -->', mistakes: [] },
  { page: 'verify <!-- operations: of the document -->', mistakes: ['1: a reason without need'] },
  {
    page: '```\ntokenValidate, h5TokenValidate\n```',
    mistakes: ['2: only h5TokenValidate, tokenValidate'],
  },
  {
    page: '<!-- operations: of one run -->\n\n```\ntokenValidate, h5TokenValidate\n```',
    mistakes: [],
  },
])('$page: $mistakes', ({ page, mistakes }) => {
  expect(mistakesIn(page)).toEqual(mistakes);
});
