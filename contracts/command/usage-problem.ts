/** What whoever called the kit has to mend: shown as one sentence, without a stack. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
}
