/** What `cmpassport-mock help <code or id>` prints: the entry of a code, a mistake, a problem or a symptom, as on its page. */
import type { Language } from '../../src/text/bilingual.js';
import { nearName } from '../../src/text/edit-distance.js';
import { commandError } from '../cli/messages.js';
import { CODE_ENTRIES } from './codes.js';
import { anchorOf, type Entry, entryText } from './entry.js';
import { MISTAKE_ENTRIES } from './mistakes.js';
import { type Catalogue, entriesOf, PROBLEM_KINDS, problemEntries } from './problems.js';
import { SYMPTOM_ENTRIES } from './symptoms.js';

export interface LookUp {
  readonly words: readonly string[];
  readonly language: Language;
  /** The messages of the contract kit, which the server does not import. */
  readonly kit: Catalogue;
}

/** Throws a UsageError that names the word without an entry. */
export function lookUp({ words, language, kit }: LookUp): string {
  const ofReference = [
    ...CODE_ENTRIES,
    ...MISTAKE_ENTRIES,
    ...PROBLEM_KINDS.flatMap(problemEntries),
    ...entriesOf(kit, 'usage'),
  ];
  const all = [...ofReference, ...SYMPTOM_ENTRIES];
  const text = (entry: Entry) => {
    const folder = SYMPTOM_ENTRIES.includes(entry) ? 'docs/how-to' : 'docs/reference';
    return entryText(entry, language, (shown, target) => {
      const page = `${folder}/${target}`.replace(/[a-z-]+\/\.\.\//, '');
      const linked = ofReference.find(({ id }) => page.endsWith(`.md#${anchorOf(id)}`));
      const word = linked?.id.split(' ')[0];
      if (word !== undefined && shown.includes(word)) return shown;
      return `${shown} <${word === undefined ? page : `cmpassport-mock help ${word}`}>`;
    });
  };
  return words
    .flatMap((word) => entriesFor(word, all))
    .map(text)
    .join('\n');
}

/** A code can have an entry for each operation. */
function entriesFor(word: string, all: readonly Entry[]): readonly Entry[] {
  const name = nameIn(word);
  const found = all.filter(({ id }) => id === name || id.startsWith(`${name} `));
  if (found.length > 0) return found;
  const near = nearName(
    name,
    all.map(({ id }) => id),
  );
  throw near === undefined
    ? commandError('help.unknown', { found: word })
    : commandError('help.near', { found: word, near });
}

/** Without the page in front of an id, as in the `type` of a problem, and without brackets around it. */
function nameIn(word: string): string {
  return word
    .replace(/^.*#/, '')
    .replaceAll(/^\[|\]$/g, '')
    .toLowerCase();
}
