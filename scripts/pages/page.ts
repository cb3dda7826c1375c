/**
 * The generated parts of a page: what is between `<!-- from: NAME ARGUMENT -->` and `<!-- end -->`. The name selects a table
 * of tables.ts.
 */
import type { Language } from '../../src/text/bilingual.js';

/** Makes the Markdown of a part of a page. The argument selects a part of the table, for example an operation. */
export type Table = (language: Language, argument: string) => string;

const PART = /<!-- from: (\S+)(?: ([^>]*?))? -->\n[\s\S]*?<!-- end -->/g;

export function withTables(
  text: string,
  language: Language,
  tables: Readonly<Record<string, Table>>,
): string {
  return text.replaceAll(PART, (_, name: string, argument = '') => {
    const table = tables[name];
    if (table === undefined)
      throw new Error(`no table ${name}; known: ${Object.keys(tables).join(', ')}`);
    const mark = ['from:', name, argument].filter(Boolean).join(' ');
    return `<!-- ${mark} -->\n\n${table(language, argument).trim()}\n\n<!-- end -->`;
  });
}

export function languageOfPage(file: string): Language {
  return file.endsWith('.zh-CN.md') ? 'zh' : 'en';
}
