/** The pages with generated parts, and their content. */
import { readFileSync } from 'node:fs';
import { pagesIn } from '../../test/support/pages.js';
import { languageOfPage, withTables } from './page.js';
import { TABLES } from './tables.js';

/** The pages in both languages. */
export function pageFiles(): readonly (readonly [path: string, text: string])[] {
  const pages = ['README', ...pagesIn('docs')];
  const files = pages.flatMap((page) => [`${page}.md`, `${page}.zh-CN.md`]);
  return files.flatMap((file) => {
    const text = readPage(file);
    if (!text.includes('<!-- from: ')) return [];
    return [[file, withTables(text, languageOfPage(file), TABLES)] as const];
  });
}

/** A page for maintainers has no Chinese one. */
function readPage(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
