/**
 * The fenced blocks and the lines of a page. A comment before a block states why it is not run, or
 * how it is. Pages do not wrap their text, so a line is a paragraph, an item, a row of a table or a
 * line of code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { anchorOf } from '../../mock-server/lookup/entry.js';

/** The folders of docs/ that are not for users: pages for maintainers, and generated API pages. */
const NOT_FOR_USERS = /^docs\/(?:internals|api)\//;

/** The pages of users, without suffix: both languages of a page are one name. */
export function pagesOfUsers(): readonly string[] {
  return ['README', ...pagesIn('docs').filter((page) => !NOT_FOR_USERS.test(page))];
}

/** The pages of a folder and of those in it, without suffix. */
export function pagesIn(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const pages = files.filter((file) => file.endsWith('.md'));
  const names = pages.map((file) => `${folder}/${file.replace(/(\.zh-CN)?\.md$/, '')}`);
  return [...new Set(names)].toSorted();
}

export interface Block {
  /** The place of the block, for messages. */
  readonly at: string;
  readonly language: string;
  readonly code: string;
  /** The text of the comment before the block, or `''`. */
  readonly mark: string;
}

export function blocksOf(file: string): readonly Block[] {
  const text = readFileSync(file, 'utf8');
  const fences = text.matchAll(/(?:<!-- ([^>]*) -->\s*)?^```(\w*)\n([\s\S]*?)^```$/gm);
  return Array.from(fences, ({ 1: mark = '', 2: language = '', 3: code = '', index }) => ({
    at: `${file}, line ${text.slice(0, text.indexOf('```', index)).split('\n').length}`,
    language,
    code,
    mark,
  }));
}

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  readonly isCode: boolean;
  /** The comments in the line; for a line of code, those before its block. */
  readonly comments: readonly string[];
}

export function linesOf(page: string): readonly Line[] {
  let isCode = false;
  let comments: readonly string[] = [];
  return page.split('\n').flatMap((text, at): readonly Line[] => {
    if (text === '') return [];
    if (/^ *```/.test(text)) {
      isCode = !isCode;
      return [];
    }
    // The comments of the last line before a block are those of its lines.
    if (!isCode) comments = Array.from(text.matchAll(/<!-- (.*?) -->/g), ([, words = '']) => words);
    return [{ number: at + 1, text, isCode, comments }];
  });
}

/** The anchors of the headings, outside of code. An anchor that a page has already gets a number. */
export function anchorsIn(page: string): readonly string[] {
  const withoutCode = page.replaceAll(/^```[\s\S]*?^```$/gm, '');
  const counts = new Map<string, number>();
  return Array.from(withoutCode.matchAll(/^#+ (.+)$/gm), ([, heading = '']) => {
    const anchor = anchorOf(heading);
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}
