/** The programs that get a result code, one for each language. */
import type { Target } from './commands.js';
import { fill } from './fill-template.js';
import { factsFor, type Selection } from './program-facts.js';
import { loadTemplates } from './templates.js';

/** undefined if this server cannot return the code in that way. */
export async function snippetsFor(selection: Selection, target: Target) {
  const facts = factsFor(selection, target);
  if (facts === undefined) return undefined;
  const templates = await loadTemplates();
  return templates.map(({ language, file, run, template, ...literals }) => ({
    language,
    file,
    run,
    text: fill(template, facts, literals),
  }));
}
