/** A mistake that the user can correct. It is shown as one sentence, without a stack. */
import type { Bilingual, Language } from '../report/words.js';

export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
  readonly #words: Bilingual | undefined;

  /** A plain string is English, such as a file name with an error of a library. */
  constructor(words: string | Bilingual) {
    super(typeof words === 'string' ? words : words.en);
    this.#words = typeof words === 'string' ? undefined : words;
  }

  in(language: Language): string {
    return this.#words?.[language] ?? this.message;
  }
}
