/** A run as text for a terminal: the causes of failures, each failure once, and the summary. */
import { COLON, type Language } from '../../src/text/bilingual.js';
import { columns, printable } from '../../src/text/printable.js';
import type { CaseResult } from '../kit/result.js';
import { descriptionIn } from './descriptions.js';
import { detailsOf, gist, seenText, weight } from './details.js';
import { type Counts, countsOf, countsText, ofStatus, type ReportModel, reportedOnly, shownOf } from './model.js';
import { fitted, type Paint, padded, painter, type Style } from './text.js';
import { COMMA, casesText, countedText, moreWithVerbose, SUITE_WORDS, WORDS, withNote } from './words.js';

export interface TerminalOptions {
  readonly colour: boolean;
  readonly verbose?: boolean;
}

type Section = readonly string[];

/** A part of the report. A part with a title can be folded. */
export interface ReportPart {
  readonly title?: string;
  readonly lines: readonly string[];
}

export function partsText(parts: readonly ReportPart[]): string {
  return `${parts.map(({ lines }) => lines.join('\n')).join('\n\n')}\n`;
}

/** The parts that are not empty, in order. */
export function terminalParts(model: ReportModel, { colour, verbose = false }: TerminalOptions): readonly ReportPart[] {
  const { lang, causes, run, notRun, notChecked } = model;
  const page: Page = { lang, causes, paint: painter(colour), verbose };
  const { results } = run;
  const listings: readonly (readonly [title: string, section: Section])[] = [
    full(page, { title: WORDS.failures[lang], style: 'red', mark: '✗', results: ofStatus(results, 'fail') }),
    full(page, { title: WORDS.errors[lang], style: 'red', mark: '!', results: ofStatus(results, 'error') }),
    short(page, { title: WORDS.warnings[lang], style: 'yellow', mark: '△', results: ofStatus(results, 'warn') }),
    short(page, { title: WORDS.reported[lang], style: 'dim', mark: '·', results: reportedOnly(results) }),
    [WORDS.seen[lang], codesSeen(page, results)],
  ];
  const parts: readonly ReportPart[] = [
    { lines: causeLines(model, page) },
    ...listings.map(([title, lines]) => ({ title, lines })),
    { lines: listed(page, WORDS.notRun[lang], notRun) },
    { lines: listed(page, WORDS.notChecked[lang], notChecked) },
    { lines: summary(page, model) },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

function full(page: Page, listing: Listing): readonly [string, Section] {
  return [withNote(listing.title, listing.results.length, page.lang), inFull(page, listing)];
}

function short(page: Page, listing: Listing): readonly [string, Section] {
  return [withNote(listing.title, listing.results.length, page.lang), inShort(page, listing)];
}

interface Listing {
  readonly title: string;
  readonly style: Style;
  readonly mark: string;
  readonly results: readonly CaseResult[];
}

function inFull(page: Page, { title, style, mark, results }: Listing): Section {
  if (results.length === 0) return [];
  const { full, short, hiddenCount } = shownOf(results, page.causes, page);
  const cases = full.flatMap((result) => ['', ...headOf(page, result, { style, mark }), ...detailLines(page, result)]);
  const ids = short.map(({ id }) => `${page.paint(style, mark)} ${id}`);
  return [
    heading(page, title, results.length),
    ...cases,
    ...(ids.length > 0 ? ['', ...ids] : []),
    ...more(page, hiddenCount),
  ];
}

function inShort(page: Page, { title, style, mark, results }: Listing): Section {
  if (results.length === 0) return [];
  const { full, short, hiddenCount } = shownOf(results, page.causes, page);
  const cases = full.flatMap((result) => [
    ...headOf(page, result, { style, mark }),
    `${INDENT}${gist(result, page.lang)}`,
  ]);
  return [heading(page, title, results.length), ...cases, ...more(page, short.length + hiddenCount)];
}

function more({ lang, paint }: Page, count: number): Section {
  return count === 0 ? [] : [paint('dim', `  ${moreWithVerbose(count, lang)}`)];
}

function heading({ paint, lang }: Page, title: string, count: number): string {
  return paint('bold', withNote(title, count, lang));
}

function headOf(page: Page, result: CaseResult, { style, mark }: Pick<Listing, 'style' | 'mark'>): Section {
  const { paint, lang } = page;
  return [
    `${paint(style, mark)} ${paint('bold', result.id)}  ${paint('dim', weight(result, lang))}`,
    `    ${descriptionIn(result, lang)}`,
  ];
}

const INDENT = '    ';
const SEEN_MAX = 10;

function detailLines({ lang, paint }: Page, result: CaseResult): Section {
  const details = detailsOf(result, lang);
  const width = Math.max(...details.map(({ name }) => columns(name))) + 2;
  return details.flatMap(({ name, lines }) =>
    lines.map((line, at) => `${INDENT}${paint('dim', padded(at === 0 ? name : '', width))}${line}`),
  );
}

/** Grouped by folder: the operation and the code, or `precedence`. */
function codesSeen(page: Page, results: readonly CaseResult[]): Section {
  const seen = results.flatMap(({ id, seen: code }) => (code === undefined ? [] : [{ ...splitId(id), code }]));
  if (seen.length === 0) return [];
  const listedCodes = page.verbose ? seen : seen.slice(0, SEEN_MAX);
  const folders = [...new Set(listedCodes.map(({ folder }) => folder))];
  const lines = folders.flatMap((folder) => [
    `  ${folder}`,
    ...listedCodes
      .filter((one) => one.folder === folder)
      .map(({ name, code }) => `${INDENT}${padded(seenText(code), 8)}${name}`),
  ]);
  return [heading(page, WORDS.seen[page.lang], seen.length), ...lines, ...more(page, seen.length - listedCodes.length)];
}

function splitId(id: string): { readonly folder: string; readonly name: string } {
  const at = id.lastIndexOf('/');
  return { folder: id.slice(0, Math.max(at, 0)), name: id.slice(at + 1) };
}

function listed({ paint }: Page, title: string, texts: readonly string[]): Section {
  return texts.length === 0 ? [] : [paint('bold', title), ...texts.map((text) => `  ${printable(text)}`)];
}

function summary({ lang, paint }: Page, { run, counts, verdict }: ReportModel): Section {
  const { suite, subject, kitVersion, startedAtMs, endedAtMs, results } = run;
  const seconds = ((endedAtMs - startedAtMs) / 1000).toFixed(1);
  const total = {
    en: `${casesText(results.length, lang)} in ${seconds} s`,
    zh: `共 ${casesText(results.length, lang)}，用时 ${seconds} 秒`,
  };
  const countsLine = countsText(counts, lang);
  return [
    `${paint('bold', WORDS.summary[lang])}  ${printable(subject)}  ${paint('dim', `${SUITE_WORDS[suite][lang]}${COMMA[lang]}cmpassport-mock ${kitVersion}`)}`,
    `  ${total[lang]}${countsLine === '' ? '' : `${COLON[lang]}${countsLine}`}`,
    paint(verdictStyle(counts), verdict),
  ];
}

/** Green only if at least one case was judged. */
function verdictStyle({ pass, warn, fail, error }: Counts): Style {
  if (fail + error > 0) return 'red';
  return pass + warn > 0 ? 'green' : 'yellow';
}

const CAUSES_MAX = 10;

interface Page extends Pick<ReportModel, 'lang' | 'causes'> {
  readonly paint: Paint;
  readonly verbose: boolean;
}

/** How many results each cause has, one sentence, one example. */
function causeLines({ actionable }: ReportModel, { lang, paint, verbose }: Page): readonly string[] {
  if (actionable.length === 0) return [];
  const shown = verbose ? actionable : actionable.slice(0, CAUSES_MAX);
  const hidden = actionable.length - shown.length;
  return [
    paint('bold', withNote(WORDS.causes[lang], actionable.length, lang)),
    ...shown.flatMap(({ isError, weight, sentence, example }, at) => [
      `${at + 1}. ${paint(isError ? 'red' : 'yellow', weight)}`,
      `   ${printable(sentence)}`,
      `   ${paint('dim', `${WORDS.example[lang]} ${example}`)}`,
    ]),
    ...(hidden > 0 ? [paint('dim', `  ${moreWithVerbose(hidden, lang)}`)] : []),
  ];
}

// The output while cases run: on a terminal one line that changes, elsewhere one line before them. Failures are in the report.

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
