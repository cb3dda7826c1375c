/** What a user sees, its cause, and the step that solves it. */
import { type Bilingual, bilingual, joined } from '../../src/text/bilingual.js';
import { type Entry, labelled } from './entry.js';
import groups from './symptoms.json' with { type: 'json' };

/** A part of what the product prints: a message of a catalogue, or a text of a file. */
export interface PrintedText extends Bilingual {
  /** The id of the message, or the path of the file. */
  readonly from: string;
}

interface SymptomRow {
  readonly id: string;
  readonly prints?: readonly PrintedText[];
  /** In Markdown, like the next two. A link is relative to docs/how-to. */
  readonly seen?: Bilingual;
  readonly cause: Bilingual;
  readonly step: Bilingual;
}

interface SymptomGroup {
  readonly title: Bilingual;
  readonly rows: readonly SymptomRow[];
}

const GROUPS: readonly SymptomGroup[] = groups;

const CAUSE: Bilingual = { en: 'Cause', zh: '原因' };
const STEP: Bilingual = { en: 'Step', zh: '处理' };
const OR: Bilingual = { en: '; ', zh: '；' };

function symptomEntry({ id, prints = [], seen, cause, step }: SymptomRow): Entry {
  const printed = prints.map((text) => bilingual((language) => `\`${text[language]}\``));
  return {
    id,
    title: joined(seen === undefined ? printed : [...printed, seen], OR),
    lines: [labelled(CAUSE, cause), labelled(STEP, step)],
  };
}

/** The entries in the groups of the page. */
export const SYMPTOM_GROUPS = GROUPS.map(({ title, rows }) => ({
  title,
  entries: rows.map(symptomEntry),
}));

export const SYMPTOM_ENTRIES: readonly Entry[] = SYMPTOM_GROUPS.flatMap(({ entries }) => entries);

export const PRINTED_TEXTS: readonly PrintedText[] = GROUPS.flatMap(({ rows }) =>
  rows.flatMap(({ prints = [] }) => prints),
);
