/** A mistake that the user can correct. It is shown as one sentence, without a stack. */
import type { Bilingual } from '../report/words.js';

export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
  readonly words: Bilingual;

  constructor(words: Bilingual) {
    super(words.en);
    this.words = words;
  }
}
