/** Headings for each code and each mistake. */
import { CODE_ENTRIES } from '../../mock-server/lookup/codes.js';
import type { Entry } from '../../mock-server/lookup/entry.js';
import type { Language } from '../../src/text/bilingual.js';

/** Each entry: its heading, its title, and a list. */
export function entries(all: readonly Entry[], language: Language, level = '###'): string {
  return all
    .map(({ id, title, lines }) => {
      const items = lines.map((line) => `- ${line[language]}\n`).join('');
      return `${level} ${id}\n\n${title[language]}\n\n${items}`;
    })
    .join('\n');
}

/** The codes of an operation; without one, those of no list. */
export function codes(language: Language, operation: string): string {
  return entries(
    CODE_ENTRIES.filter((entry) => (entry.operation ?? '') === operation),
    language,
  );
}
