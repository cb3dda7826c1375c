/** The text of `--help`: paragraphs, and the rows of flags between them. */
import type { Bilingual, Language } from './bilingual.js';
import { type Flag, type FlagTable, variableOf } from './flags.js';
import { columns } from './printable.js';

export interface HelpRow {
  readonly name: string;
  readonly help: Bilingual;
}

/** A paragraph, or rows. */
export type HelpPart = string | readonly HelpRow[];

export function helpRows(rows: FlagTable): readonly HelpRow[] {
  return Object.values(rows).map((row) => ({ name: nameOf(row), help: row.help }));
}

function nameOf({ flag, value, variableOnly }: Flag): string {
  if (variableOnly === true) return variableOf(flag);
  return value === undefined ? `--${flag}` : `--${flag} <${value}>`;
}

/** An empty line separates the parts. The texts of all rows are aligned. */
export function helpText(parts: readonly HelpPart[], language: Language): string {
  const names = parts.flatMap((part) => (typeof part === 'string' ? [] : part));
  const width = Math.max(...names.map(({ name }) => columns(name)));
  const line = ({ name, help }: HelpRow) =>
    `  ${name}${' '.repeat(width - columns(name))}  ${help[language]}`;
  const texts = parts.map((part) => (typeof part === 'string' ? part : part.map(line).join('\n')));
  return `${texts.join('\n\n')}\n`;
}
