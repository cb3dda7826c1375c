/** The messages with an id. */
import { USAGE_MESSAGES } from '../../contracts/kit/usage-messages.js';
import { entriesOf, PROBLEM_KINDS, problemEntries } from '../../mock-server/lookup/problems.js';
import type { Language } from '../../src/text/bilingual.js';
import { entries } from './codes.js';

export function problems(language: Language, argument: string): string {
  if (argument === 'kit') return entries(entriesOf(USAGE_MESSAGES, 'usage'), language);
  const kind = PROBLEM_KINDS.find((each) => each === argument);
  if (kind === undefined) throw new Error(`no problems of ${argument}`);
  return entries(problemEntries(kind), language);
}
