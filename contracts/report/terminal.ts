/** The output for a terminal: while cases run, and the report with the causes of failures, each failure once, and the summary. */
import { basisText, totalOf } from '../../src/text/basis.js';
import { COLON, type Language } from '../../src/text/bilingual.js';
import { columns, printable } from '../../src/text/printable.js';
import type { CaseResult } from '../kit/result.js';
import { descriptionIn } from './descriptions.js';
import { detailsOf, gist, weight } from './details.js';
import { countsOf, countsText, type FormTexts, type Listing, type ReportModel } from './model.js';
import { type Paint, padded, painter, type Style } from './text.js';
import { COMMA, casesText, countedText, SUITE_WORDS, WORDS, withNote } from './words.js';

export interface TerminalOptions {
  readonly colour: boolean;
  readonly verbose?: boolean;
}

interface Page extends ReportModel {
  readonly paint: Paint;
  readonly verbose: boolean;
}

export function terminalReport(
  model: ReportModel,
  { colour, verbose = false }: TerminalOptions,
): string {
  const page: Page = { ...model, paint: painter(colour), verbose };
  const forms = formLines(page);
  // If nothing else fails, the forms are what fails.
  const areFirst = isFailing(model.forms) && !isFailing(model.causes);
  const parts = [
    ...(areFirst ? [forms] : []),
    causeLines(page),
    ...model.listings.map((listing) => listingLines(page, listing)),
    ...(areFirst ? [] : [forms]),
    ...model.notes.map((note) => noteLines(page, note)),
    summaryLines(page),
  ].filter((lines) => lines.length > 0);
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function isFailing(groups: readonly Pick<FormTexts, 'weights'>[]): boolean {
  return groups.some(({ weights }) => weights.failed > 0);
}

const LOOKS: Readonly<Record<Listing['status'], { readonly style: Style; readonly mark: string }>> =
  {
    fail: { style: 'red', mark: '✗' },
    error: { style: 'red', mark: '!' },
    warn: { style: 'yellow', mark: '△' },
    pass: { style: 'dim', mark: '·' },
  };
const INDENT = '    ';
/** A longer list is cut without --verbose. */
const FULL_MAX = 10;
const IDS_MAX = 20;

/** A short list is complete; a long one has the first result of each cause, then (of failures) ids, then a count. */
function listingLines(page: Page, { status, title, results, firsts }: Listing): readonly string[] {
  const { paint, lang, verbose } = page;
  const { style, mark } = LOOKS[status];
  const isDetailed = status === 'fail' || status === 'error';
  const isComplete = verbose || results.length <= FULL_MAX;
  const full = isComplete ? results : (firsts.length > 0 ? firsts : results).slice(0, FULL_MAX);
  const rest = results.filter((result) => !full.includes(result));
  const ids = isDetailed
    ? rest.slice(0, IDS_MAX).map(({ id }) => `${paint(style, mark)} ${id}`)
    : [];
  return [
    paint('bold', withNote(title, results.length, lang)),
    ...full.flatMap((result) => [
      ...(isDetailed ? [''] : []),
      `${paint(style, mark)} ${paint('bold', result.id)}  ${paint('dim', weight(result, lang))}`,
      `${INDENT}${descriptionIn(result, lang)}`,
      ...(isDetailed ? detailLines(page, result) : [`${INDENT}${gist(result, lang)}`]),
    ]),
    ...(ids.length > 0 ? ['', ...ids] : []),
    ...more(page, rest.length - ids.length),
  ];
}

function more({ lang, paint }: Page, count: number): readonly string[] {
  const text = {
    en: `${count} more: --verbose shows everything`,
    zh: `另有 ${count} 个，加 --verbose 全部显示`,
  }[lang];
  return count === 0 ? [] : [paint('dim', `  ${text}`)];
}

function detailLines({ lang, paint }: Page, result: CaseResult): readonly string[] {
  const details = detailsOf(result, lang);
  const width = Math.max(...details.map(({ name }) => columns(name))) + 2;
  return details.flatMap(({ name, lines }) =>
    lines.map((line, at) => `${INDENT}${paint('dim', padded(at === 0 ? name : '', width))}${line}`),
  );
}

function noteLines(page: Page, { title, texts }: ReportModel['notes'][number]): readonly string[] {
  const shown = page.verbose ? texts : texts.slice(0, FULL_MAX);
  return [
    page.paint('bold', title),
    ...shown.map((text) => `  ${printable(text)}`),
    ...more(page, texts.length - shown.length),
  ];
}

function summaryLines(page: Page): readonly string[] {
  const { lang, paint, run, counts, verdict } = page;
  const { suite, subject, kitVersion, startedAtMs, endedAtMs, results } = run;
  const seconds = ((endedAtMs - startedAtMs) / 1000).toFixed(1);
  const cases = casesText(results.length, lang);
  const total = { en: `${cases} in ${seconds} s`, zh: `共 ${cases}，用时 ${seconds} 秒` }[lang];
  const countsLine = countsText(counts, lang);
  // Green only if at least one case was judged.
  const passed: Style = counts.pass + counts.warn > 0 ? 'green' : 'yellow';
  const style = counts.fail + counts.error > 0 ? 'red' : passed;
  const kit = `${SUITE_WORDS[suite][lang]}${COMMA[lang]}cmpassport-mock ${kitVersion}`;
  return [
    `${paint('bold', WORDS.summary[lang])}  ${printable(subject)}  ${paint('dim', kit)}`,
    `  ${total}${countsLine === '' ? '' : `${COLON[lang]}${countsLine}`}`,
    ...basisLine(page),
    paint(style, verdict),
  ];
}

function basisLine({ lang, basis, paint }: Page): readonly string[] {
  const count = totalOf(basis);
  const of = {
    en: `of the ${casesText(count, 'en')} without a difference`,
    zh: `${casesText(count, 'zh')}没有差异`,
  };
  return count === 0 ? [] : [paint('dim', `  ${basisText(of, basis)[lang]}`)];
}

function causeLines(page: Page): readonly string[] {
  const { causes, lang, paint, verbose } = page;
  if (causes.length === 0) return [];
  const shown = verbose ? causes : causes.slice(0, FULL_MAX);
  return [
    paint('bold', withNote(WORDS.causes[lang], causes.length, lang)),
    ...shown.flatMap(({ weights, weight: text, sentence, example }, at) => [
      `${at + 1}. ${paint(weights.failed > 0 ? 'red' : 'yellow', text)}`,
      `   ${printable(sentence)}`,
      `   ${paint('dim', `${WORDS.example[lang]} ${example}`)}`,
    ]),
    ...more(page, causes.length - shown.length),
  ];
}

/** A MAY is only shown with --verbose. */
function formLines(page: Page): readonly string[] {
  const { forms, lang, paint, verbose } = page;
  if (forms.length === 0) return [];
  const shown = forms
    .filter(({ level }) => verbose || level !== 'MAY')
    .slice(0, verbose ? undefined : FULL_MAX);
  return [
    paint('bold', withNote(WORDS.forms[lang], forms.length, lang)),
    ...shown.flatMap(({ weights, weight: text, sentence, example }) => {
      const { style, mark } =
        LOOKS[weights.failed > 0 ? 'fail' : weights.warned > 0 ? 'warn' : 'pass'];
      return [
        `${paint(style, mark)} ${printable(sentence)}${COLON[lang]}${paint(style, text)}`,
        `${INDENT}${paint('dim', `${WORDS.example[lang]} ${example}`)}`,
      ];
    }),
    ...more(page, forms.length - shown.length),
  ];
}

export interface ProgressOptions {
  readonly lang: Language;
  readonly colour: boolean;
  /** Whether a line can be overwritten. */
  readonly isTerminal: boolean;
}

// ECMA-48: back to the first column, and erase in line.
const CLEAR_LINE = '\r\x1b[2K';

/** The text before the first case. It is empty on a terminal, which shows the changing line instead. */
export function progressStart(
  total: number,
  subject: string,
  { isTerminal, lang }: ProgressOptions,
): string {
  return isTerminal ? '' : `${printable(`${casesText(total, lang)}${COLON[lang]}${subject}`)}\n\n`;
}

/** The text after each new result: how many are done, and the problems. */
export function progressText(
  results: readonly CaseResult[],
  total: number,
  options: ProgressOptions,
): string {
  const { lang, colour, isTerminal } = options;
  if (!isTerminal) return '';
  const counts = countsOf(results);
  const wrong = (['fail', 'error', 'warn'] as const).filter((status) => counts[status] > 0);
  const done = `${String(results.length).padStart(String(total).length)}/${total}`;
  const line = [done, ...wrong.map((status) => countedText(counts[status], status, lang))].join(
    '  ',
  );
  return `${CLEAR_LINE}${painter(colour)(counts.fail + counts.error > 0 ? 'red' : 'green', line)}`;
}

/** The text after the last result: it clears the line for the report. */
export function progressEnd({ isTerminal }: Pick<ProgressOptions, 'isTerminal'>): string {
  return isTerminal ? CLEAR_LINE : '';
}
