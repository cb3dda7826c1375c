/** The list of the pages of a folder, for the map: the title of each. */
import { readFileSync } from 'node:fs';
import type { Language } from '../../src/text/bilingual.js';
import { pagesIn } from '../../test/support/pages.js';

const SUFFIX = { en: '.md', zh: '.zh-CN.md' } as const;

/** `folder` is that of `docs/`, which is the kind of its pages. */
export function contents(language: Language, folder: string): string {
  const items = pagesIn(`docs/${folder}`).map((page) => {
    const file = page + SUFFIX[language];
    const [, title = ''] = /^# (.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
    return `- [${title}](${file.replace('docs/', '')})`;
  });
  return items.join('\n');
}
