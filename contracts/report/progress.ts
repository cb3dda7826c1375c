/** What is said while the cases run: on a terminal one line that changes, elsewhere a line for each failure. */
import type { CaseResult } from '../results/result.js';
import { gist } from './details.js';
import { countsOf } from './tally.js';
import { fitted, painter } from './text.js';
import { COLON, countedText, type Language, STATUS_WORDS } from './words.js';

export interface ProgressOptions {
  readonly lang: Language;
  readonly colour: boolean;
  /** Of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

// ECMA-48: back to the first column, and erase in line.
const START_ANEW = '\r\x1b[2K';

/** What to write now that the last of the results has come. */
export function progressText(results: readonly CaseResult[], total: number, options: ProgressOptions): string {
  const latest = results.at(-1);
  if (latest === undefined) return '';
  return options.columns === undefined
    ? lineOf(latest, options)
    : `${START_ANEW}${bar(results, latest, total, options)}`;
}

/** What to write when all have come: the line goes, and the report takes its place. */
export function progressEnd({ columns }: Pick<ProgressOptions, 'columns'>): string {
  return columns === undefined ? '' : START_ANEW;
}

function lineOf(result: CaseResult, { lang, colour }: ProgressOptions): string {
  const { status, id } = result;
  if (status !== 'fail' && status !== 'error') return '';
  const word = painter(colour)('red', STATUS_WORDS[status][lang]);
  return `${[word, id, gist(result, lang)].join(COLON[lang])}\n`;
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
