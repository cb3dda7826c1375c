/** The readings that no profile settles, with what they need. */
import { MISSING_FROM_PROFILE } from '../../contracts/calibrate/reasons.js';
import type { Language } from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

const HEAD = { en: ['Reading', 'What it needs'], zh: ['解释口径', '所需条件'] };

export function beyondProfile(language: Language): string {
  return table(
    HEAD[language],
    Object.entries(MISSING_FROM_PROFILE).map(([reading, needs]) => [
      code(reading),
      needs[language],
    ]),
  );
}
