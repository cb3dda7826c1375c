/** What the caller has to correct: shown as one sentence, without a stack. */
import type { Bilingual, Language } from '../report/words.js';

export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
  readonly #words: Bilingual | undefined;

  /** A text alone is English: the name of a file and what a library says of it. */
  constructor(words: string | Bilingual) {
    super(typeof words === 'string' ? words : words.en);
    this.#words = typeof words === 'string' ? undefined : words;
  }

  in(language: Language): string {
    return this.#words?.[language] ?? this.message;
  }
}
