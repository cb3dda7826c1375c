/**
 * The folder of a page is its kind, and each kind has a limit of words. Ten questions of users are answered within two
 * clicks from the README, on few words.
 */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorOf } from '../../mock-server/lookup/entry.js';
import { pagesIn } from '../support/pages.js';

/** The words of a page by its folder. Code, comments, generated tables and addresses do not count. */
const WORDS_MAX: Readonly<Record<string, number>> = { start: 600, 'how-to': 600, reasons: 1000 };
/** A page to look up: the row of a symptom is read alone. */
const LOOKED_UP = 'docs/how-to/symptoms';
const ANSWER_WORDS_MAX = 400;

function wordsOf(text: string): number {
  const read = text
    .replaceAll(/<!-- from: [\s\S]*?<!-- end -->|^```[\s\S]*?^```$|<!--.*?-->|\]\([^)]*\)/gm, ' ')
    .split(/\s+/);
  return read.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
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
