/** The fenced blocks of a page. A comment before a block states why it is not run, or how it is. */
import { readFileSync } from 'node:fs';

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
