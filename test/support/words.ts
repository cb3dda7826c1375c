/** Results of the kit in one language. */
import type { CaseResult } from '../../contracts/kit/result.js';
import { type Language, type Words, wordsIn } from '../../src/text/bilingual.js';

export function english(words: Words | undefined): string {
  return wordsIn(words ?? '', 'en');
}

export function differencesIn({ differences }: CaseResult, language: Language = 'en') {
  return differences.map(({ at, name, expected, received }) => ({
    at: name?.[language] ?? at,
    expected: wordsIn(expected, language),
    received: wordsIn(received, language),
  }));
}

/** The result with its reason and differences in English. */
export function inEnglish<R extends CaseResult>(result: R) {
  return {
    ...result,
    ...(result.reason !== undefined && { reason: english(result.reason) }),
    differences: differencesIn(result),
  };
}
