/** What is written while the cases run: on a terminal one line that changes, elsewhere one line before them. The report has the failures. */
import type { CaseResult } from '../results/result.js';
import { countsOf } from './tally.js';
import { fitted, painter, printable } from './text.js';
import { casesText, countedText, type Language } from './words.js';

export interface ProgressOptions {
  readonly lang: Language;
  readonly colour: boolean;
  /** Of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

// ECMA-48: back to the first column, and erase in line.
const START_ANEW = '\r\x1b[2K';

/** What to write before the first case: where no line can change, that something goes on. */
export function progressStart(total: number, subject: string, { columns, lang }: ProgressOptions): string {
  if (columns !== undefined) return '';
  const line = { en: `${casesText(total, lang)}: ${subject}`, zh: `${casesText(total, lang)}：${subject}` }[lang];
  return `${printable(line)}\n\n`;
}

/** What to write now that the last of the results has come. */
export function progressText(results: readonly CaseResult[], total: number, options: ProgressOptions): string {
  const latest = results.at(-1);
  if (latest === undefined || options.columns === undefined) return '';
  return `${START_ANEW}${bar(results, latest, total, options)}`;
}

/** What to write when all have come: the line goes, and the report takes its place. */
export function progressEnd({ columns }: Pick<ProgressOptions, 'columns'>): string {
  return columns === undefined ? '' : START_ANEW;
}

/** A column is left free: a full line would make some terminals go to the next. */
function bar(
  results: readonly CaseResult[],
  latest: CaseResult,
  total: number,
  { lang, colour, columns = 0 }: ProgressOptions,
): string {
  const counts = countsOf(results);
  const wrong = (['fail', 'error', 'warn'] as const).filter((status) => counts[status] > 0);
  const told = wrong.map((status) => countedText(counts[status], status, lang));
  const done = `${String(results.length).padStart(String(total).length)}/${total}`;
  const line = fitted([done, ...told, latest.id].join('  '), columns - 1);
  return painter(colour)(counts.fail + counts.error > 0 ? 'red' : 'green', line);
}
