/** The documentation matches the code: its examples, and its two languages. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { serve } from '../support/command.js';
import { type Block, blocksOf, pagesOfUsers } from '../support/pages.js';
import { eventually } from '../support/poll.js';
import { isInstalled } from '../support/programs.js';

const PAGES = [...pagesOfUsers(), 'src/README'];
const LANGUAGES = [
  { language: 'English', suffix: '.md', lang: 'en' },
  { language: 'Chinese', suffix: '.zh-CN.md', lang: 'zh' },
] as const;
const HAS_SHELL = isInstalled('bash') && isInstalled('curl');

function urlOf(file: string): URL {
  return new URL(`../../${file}`, import.meta.url);
}

function read(file: string): string {
  return readFileSync(urlOf(file), 'utf8');
}

function headingsOf(text: string): readonly string[] {
  const withoutBlocks = text.replace(/^```[\s\S]*?^```$/gm, '');
  return Array.from(withoutBlocks.matchAll(/^(#+) (.+)$/gm), ([, level = '']) => level);
}

describe.each(LANGUAGES)('in $language', ({ suffix, lang }) => {
  test.skipIf(!HAS_SHELL)('the log line on the page is that of the request before it', async () => {
    const server = await serve(['--port', '0', '--lang', lang]);
    const blocks = blocksOf(`docs/how-to/find-the-mistake${suffix}`);
    const command = blocks.find(({ code }) => code.startsWith('curl '));
    const shown = blocks.find(({ code }) => / info {2}/.test(code));
    await promisify(execFile)('bash', [
      '-c',
      (command?.code ?? '').replaceAll('http://127.0.0.1:10086', server.url),
    ]);
    const line = await eventually(
      'a line',
      () => /^\S+ info {2}.*$/m.exec(server.stdout() + server.stderr())?.[0],
    );
    expect(withoutIds(shown?.code.trim())).toBe(withoutIds(line));
  });
});

describe.each(PAGES)('%s in both languages', (page) => {
  const [english, chinese] = LANGUAGES.map(({ suffix }) => read(page + suffix)) as [string, string];

  test('links to the other language in the first line', () => {
    const name = basename(page);
    for (const text of [english, chinese])
      expect(text.split('\n')[0]).toBe(`[English](${name}.md) | [简体中文](${name}.zh-CN.md)`);
  });

  test('has the same headings', () => {
    expect(headingsOf(chinese)).toEqual(headingsOf(english));
  });

  test('has the same commands and code, except for the language of requests, responses and comments', () => {
    const [english = [], chinese = []] = LANGUAGES.map(({ suffix }) =>
      blocksOf(page + suffix).filter(isCode),
    );
    expect(chinese.map(withoutLanguage)).toEqual(english.map(withoutLanguage));
  });

  test('has the same number of table rows', () => {
    const rows = (text: string) => text.split('\n').filter((line) => line.startsWith('|')).length;
    expect(rows(chinese)).toBe(rows(english));
  });

  test('has the same number of list items', () => {
    const items = (text: string) =>
      text.split('\n').filter((line) => /^(?:-|\d+\.) /.test(line)).length;
    expect(items(chinese)).toBe(items(english));
  });

  test('has the same links, to the pages and images of its language', () => {
    expect(linksOf(chinese)).toEqual(linksOf(english));
  });
});

/** Without the differences between the languages: the suffix of a page, the text of an anchor, the name of an image. */
function linksOf(text: string): readonly string[] {
  const targets = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
  return targets
    .map((target) =>
      target
        .replace('.zh-CN.', '.')
        .replace(/#.*/, '#')
        .replace(/-(?:en|zh)-light/, '-light'),
    )
    .toSorted();
}

/** A block without a language is output of the command. */
function isCode({ language }: Block): boolean {
  return language !== '';
}

/** Removes `lang=zh`, the texts of a response in that language, and the comments in lines of their own. */
function withoutLanguage({ language, code, mark }: Block) {
  const words = /"(title|detail)":( ?)"(?:[^"\\]|\\.)*"/g;
  return {
    language,
    mark,
    code: code
      .replace(/lang=(?:en|zh)/g, 'lang=…')
      .replace(words, '"$1":$2"…"')
      .replace(/^( *#) .*$/gm, '$1 …'),
  };
}

function withoutIds(line = ''): string {
  return line.replace(/^\S+/, 'TIME').replace(/http:\S+\/#\/requests\/[\w-]+/, 'PAGE');
}
