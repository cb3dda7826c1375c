/**
 * The folder of a page is its kind, and each kind has a limit of words. What a table of the code knows is generated, so that
 * no page has a table of its own. Ten questions of users are answered within two clicks from the README, on few words.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorOf } from '../../mock-server/lookup/entry.js';
import { linesOf, pagesIn, pagesOfUsers } from '../support/pages.js';

/** The words of a page by its folder. Code, comments, generated tables and addresses do not count. */
const WORDS_MAX: Readonly<Record<string, number>> = { start: 600, 'how-to': 600, reasons: 1000 };
/** A page to look up: the row of a symptom is read alone. */
const LOOKED_UP = 'docs/how-to/symptoms';
const ANSWER_WORDS_MAX = 400;
/** All that a person writes and keeps right in two languages. It was 44 000 before the tables were generated. */
const ALL_WORDS_MAX = 22_000;

/** The kinds, pages for maintainers, and pictures. */
const FOLDERS = ['how-to', 'images', 'internals', 'reasons', 'reference', 'start'];

/** The pages with a table that is typed by hand, and why no table of the code has it. */
const TYPED: Readonly<Record<string, string>> = {
  'docs/README': 'the map from a question to its page',
  'docs/reasons/tested': 'what was run by hand, on other systems and with other versions',
};

const GENERATED = /<!-- from: [\s\S]*?<!-- end -->/g;

function wordsOf(text: string): number {
  const read = text
    .replaceAll(GENERATED, ' ')
    .replaceAll(/^```[\s\S]*?^```$|<!--.*?-->|\]\([^)]*\)/gm, ' ')
    .split(/\s+/);
  return read.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** A row of dashes is that below the head of a table. */
function hasTypedTable(text: string): boolean {
  return linesOf(text.replaceAll(GENERATED, '')).some(
    (line) => !line.isCode && /^\|(?: *:?-+:? *\|)+$/.test(line.text),
  );
}

/** The section of a heading, with those below it. */
function sectionOf(file: string, anchor: string): string {
  const text = readFileSync(file, 'utf8');
  const headings = [
    ...text
      .replaceAll(/^```[\s\S]*?^```$/gm, (code) => ' '.repeat(code.length))
      .matchAll(/^(#+) (.+)$/gm),
  ];
  const at = headings.findIndex(([, , heading = '']) => anchorOf(heading) === anchor);
  const [, level = ''] = headings[at] ?? [];
  const next = headings.slice(at + 1).find(([, other = '']) => other.length <= level.length);
  return at < 0 ? '' : text.slice(headings[at]?.index, next?.index);
}

test('docs/ has a folder for each kind, and no other', () => {
  const folders = readdirSync('docs', { withFileTypes: true }).filter((one) => one.isDirectory());
  // The API pages are generated, and not in the repository.
  const names = folders.map(({ name }) => name).filter((name) => name !== 'api');
  expect(names.toSorted()).toEqual(FOLDERS);
});

test(`the pages of users have at most ${ALL_WORDS_MAX} words`, () => {
  const words = pagesOfUsers().map((page) => wordsOf(readFileSync(`${page}.md`, 'utf8')));
  expect(words.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(ALL_WORDS_MAX);
});

test('no table is typed by hand, except on pages with a reason', () => {
  const pages = pagesOfUsers().filter((page) =>
    ['.md', '.zh-CN.md'].some((suffix) => hasTypedTable(readFileSync(page + suffix, 'utf8'))),
  );
  expect(pages).toEqual(Object.keys(TYPED));
});

test.each([
  { page: 'text\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n', description: 'a table', expected: true },
  {
    page: '<!-- from: limits -->\n\n| a |\n| --- |\n\n<!-- end -->\n',
    description: 'a generated table',
    expected: false,
  },
  { page: '```\n| a |\n| --- |\n```\n', description: 'output', expected: false },
])('$description is found: $expected', ({ page, expected }) => {
  expect(hasTypedTable(page)).toBe(expected);
});

describe.each(Object.entries(WORDS_MAX))('%s', (folder, max) => {
  test.each(pagesIn(`docs/${folder}`).filter((page) => page !== LOOKED_UP))(
    `%s has at most ${max} words`,
    (page) => {
      expect(wordsOf(readFileSync(`${page}.md`, 'utf8'))).toBeLessThanOrEqual(max);
    },
  );
});

describe.each([
  { readme: 'README.md', heading: 'ten-questions' },
  { readme: 'README.zh-CN.md', heading: '十个问题' },
])('$readme', ({ readme, heading }) => {
  const section = sectionOf(readme, heading);
  const questions = Array.from(
    section.matchAll(/^\d+\. (.+?)[:：] ?\[.*?\]\((.+?)\)/gm),
    ([, question = '', target = '']) => ({ question, target }),
  );

  test('has ten questions, with the answers of the map', () => {
    const map = `docs/${readme}`;
    const [, rows = ''] = readFileSync(map, 'utf8').split(/^\| --- \| --- \|$/m);
    const targets = Array.from(rows.matchAll(/^\|.*\]\((.+?)\) \|$/gm), ([, target = '']) =>
      posix.join('docs', target),
    );
    const own = questions.map(({ target }) => (target.startsWith('#') ? readme + target : target));
    expect(targets).toEqual(own);
    expect(questions).toHaveLength(10);
  });

  test.each(questions)('$question: the answer is short', ({ target }) => {
    const [path = '', anchor = ''] = target.split('#');
    const answer = sectionOf(
      path === '' ? readme : posix.normalize(path),
      decodeURIComponent(anchor),
    );
    expect(answer).not.toBe('');
    expect(wordsOf(answer)).toBeLessThanOrEqual(ANSWER_WORDS_MAX);
  });
});
