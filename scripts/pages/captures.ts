/** What `explain` undoes in a pasted text, as its output names it. */
import {
  LINE_BREAKS,
  LINE_PREFIX,
  WRAPPINGS,
} from '../../mock-server/cli/explain/capture/wrappings.js';
import type { Language } from '../../src/text/bilingual.js';

export function undone(language: Language): string {
  const all = [...WRAPPINGS.map(({ words }) => words), LINE_BREAKS, LINE_PREFIX];
  return all.map((words) => `- ${literal(words[language])}`).join('\n');
}

/** What Markdown or HTML would replace. */
function literal(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('\\', '\\\\');
}
