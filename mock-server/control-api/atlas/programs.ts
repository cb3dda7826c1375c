/** The programs that obtain a result code: each language's template, filled. */
import type { Target } from './commands.js';
import { fill } from './fill-template.js';
import { factsFor, type Wish } from './program-facts.js';
import { loadTemplates } from './templates.js';

/** undefined where this server cannot answer with the code that way. Rejects with a NotLoadedError. */
export async function snippetsFor(wish: Wish, target: Target) {
  const facts = factsFor(wish, target);
  if (facts === undefined) return undefined;
  const templates = await loadTemplates();
  return templates.map(({ language, file, run, template, ...literals }) => ({
    language,
    file,
    run,
    text: fill(template, facts, literals),
  }));
}
