/** The output while cases run: on a terminal one line that changes, elsewhere one line before them. Failures are in the report. */

import type { Language } from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import type { CaseResult } from '../kit/result.js';
import { countsOf } from './tally.js';
import { fitted, painter } from './text.js';
import { casesText, countedText } from './words.js';

export interface ProgressOptions {
  readonly lang: Language;
  readonly colour: boolean;
  /** The width of the terminal; undefined without one. */
  readonly columns: number | undefined;
}

// ECMA-48: back to the first column, and erase in line.
const CLEAR_LINE = '\r\x1b[2K';

/** The text before the first case. It is empty on a terminal, which shows the changing line instead. */
export function progressStart(total: number, subject: string, { columns, lang }: ProgressOptions): string {
  if (columns !== undefined) return '';
  const line = { en: `${casesText(total, lang)}: ${subject}`, zh: `${casesText(total, lang)}：${subject}` }[lang];
  return `${printable(line)}\n\n`;
}

/** The text after each new result. */
export function progressText(results: readonly CaseResult[], total: number, options: ProgressOptions): string {
  const latest = results.at(-1);
  if (latest === undefined || options.columns === undefined) return '';
  return `${CLEAR_LINE}${bar(results, latest, total, options)}`;
}

/** The text after the last result: it clears the line for the report. */
export function progressEnd({ columns }: Pick<ProgressOptions, 'columns'>): string {
  return columns === undefined ? '' : CLEAR_LINE;
}

/** One column stays free, because some terminals wrap a full line. */
function bar(
  results: readonly CaseResult[],
  latest: CaseResult,
  total: number,
  { lang, colour, columns = 0 }: ProgressOptions,
): string {
  const counts = countsOf(results);
  const wrong = (['fail', 'error', 'warn'] as const).filter((status) => counts[status] > 0);
  const problems = wrong.map((status) => countedText(counts[status], status, lang));
  const done = `${String(results.length).padStart(String(total).length)}/${total}`;
  const line = fitted([done, ...problems, latest.id].join('  '), columns - 1);
  return painter(colour)(counts.fail + counts.error > 0 ? 'red' : 'green', line);
}
