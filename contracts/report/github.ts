/** A run as annotations of GitHub Actions, one for each cause: commands that the runner reads from the job's output. */
import { COLON, type Language } from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import { type CaseResult, STATUSES, type Status } from '../kit/result.js';
import { descriptionIn } from './descriptions.js';
import { detailsOf, gist, seenText, sourceText, weight } from './details.js';
import { byCause, type CauseTexts, ofStatus, type ReportModel, reportedOnly } from './model.js';
import { andMore, STATUS_WORDS, SUITE_WORDS, WORDS, withNote } from './words.js';

export interface Place {
  readonly file: string;
  readonly line: number;
}

// GitHub shows ten errors and ten warnings of a step, and silently drops the others.
const ANNOTATIONS_MAX = 10;

type Command = 'error' | 'warning';

interface Annotation {
  readonly title: string;
  readonly lines: readonly string[];
}

/** @param place The client's program, or the line of a profile. */
export function githubAnnotations({ run, lang, actionable }: ReportModel, place?: Place): string {
  const of = (isWanted: (cause: CauseTexts) => boolean) =>
    actionable.filter(isWanted).map((cause) => ofCause(cause, lang));
  const known = ofStatus(run.results, 'warn').filter(({ isKnown }) => isKnown === true);
  const errors = of(({ isError }) => isError);
  const warnings = [...of(({ isError }) => !isError), ...known.map((result) => ofResult(result, lang))];
  const where = place === undefined ? '' : `file=${property(place.file)},line=${place.line},`;
  const lines = [
    ...annotations('error', errors, { where, lang }),
    ...annotations('warning', warnings, { where, lang }),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function ofCause({ weight, sentence, example, results: [first] }: CauseTexts, lang: Language): Annotation {
  return {
    title: weight,
    lines: [
      printable(sentence),
      `${WORDS.example[lang]} ${example}`,
      ...(first === undefined ? [] : [sourceText(first, lang)]),
      ...(first?.repeat === undefined ? [] : [`${WORDS.repeat[lang]}${COLON[lang]}${printable(first.repeat)}`]),
    ],
  };
}

function ofResult(result: CaseResult, lang: Language): Annotation {
  return { title: result.id, lines: [descriptionIn(result, lang), gist(result, lang), sourceText(result, lang)] };
}

function annotations(
  command: Command,
  all: readonly Annotation[],
  { where, lang }: { readonly where: string; readonly lang: Language },
): readonly string[] {
  const shown = all.length <= ANNOTATIONS_MAX ? all : all.slice(0, ANNOTATIONS_MAX - 1);
  const rest = all.length - shown.length;
  return [
    ...shown.map(({ title, lines }) => `::${command} ${where}title=${property(title)}::${data(lines.join('\n'))}`),
    ...(rest > 0 ? [`::${command}::${data(andMore(rest, lang))}`] : []),
  ];
}

/** The job's log folds the output between the two lines. */
export function githubGroup(title: string): { readonly begin: string; readonly end: string } {
  return { begin: `::group::${data(printable(title))}\n`, end: '::endgroup::\n' };
}

/** The escapes that the runner decodes. The percent sign is first. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

// A run as Markdown, for the summary of a GitHub Actions step.

// GitHub drops a summary of more than 1 MiB; a failure is at most 10 KiB here.
const SHOWN_MAX = 50;

export function githubSummary(model: ReportModel): string {
  const { run, lang, causes, verdict, notRun, notChecked } = model;
  const { results, suite, subject } = run;
  const head = `## ${plain(SUITE_WORDS[suite][lang])}${COLON[lang]}${plain(subject)}`;
  const blocks = [
    head,
    plain(verdict),
    ...causesTable(model),
    countsTable(model),
    ...inFull(WORDS.failures[lang], byCause(ofStatus(results, 'fail'), causes), lang),
    ...inFull(WORDS.errors[lang], byCause(ofStatus(results, 'error'), causes), lang),
    ...inShort(WORDS.warnings[lang], byCause(ofStatus(results, 'warn'), causes), lang),
    ...inShort(WORDS.reported[lang], reportedOnly(results), lang),
    ...codesSeen(results, lang),
    ...listed(WORDS.notRun[lang], notRun),
    ...listed(WORDS.notChecked[lang], notChecked),
  ];
  return `${blocks.join('\n\n')}\n`;
}

// The table has the most important causes. All failures follow below it.
const CAUSES_MAX = 10;

function causesTable({ actionable, lang }: ReportModel): readonly string[] {
  if (actionable.length === 0) return [];
  const rows = actionable.slice(0, CAUSES_MAX).map(({ sentence, weight, example }) => [sentence, weight, example]);
  const rest = actionable.length > CAUSES_MAX ? [plain(andMore(actionable.length - CAUSES_MAX, lang))] : [];
  return [
    `### ${withNote(plain(WORDS.causes[lang]), actionable.length, lang)}`,
    table([WORDS.cause[lang], WORDS.cases[lang], WORDS.exampleHead[lang]], rows),
    ...rest,
  ];
}

function countsTable({ counts, lang }: ReportModel): string {
  const present = STATUSES.filter((status) => counts[status] > 0);
  return table(
    [WORDS.status[lang], WORDS.cases[lang]],
    present.map((status) => [`${MARKS[status]} ${STATUS_WORDS[status][lang]}`, String(counts[status])]),
  );
}

const MARKS: Readonly<Record<Status, string>> = {
  pass: '✅',
  fail: '❌',
  warn: '⚠️',
  skip: '⏭️',
  disabled: '🚫',
  error: '💥',
};

function inFull(title: string, results: readonly CaseResult[], lang: Language): readonly string[] {
  if (results.length === 0) return [];
  const shown = results.slice(0, SHOWN_MAX).map((result) => folded(result, lang));
  return [heading(title, results, lang), ...shown, ...rest(results, lang)];
}

/** A folded block. Its content is code, so it cannot contain Markdown. */
function folded(result: CaseResult, lang: Language): string {
  const { id } = result;
  const details = detailsOf(result, lang).map(({ name, lines }) => `${name}${COLON[lang]}${lines.join('\n  ')}`);
  const summary = `<summary><b>${html(id)}</b> ${withNote(html(descriptionIn(result, lang)), html(weight(result, lang)), lang)}</summary>`;
  return ['<details>', summary, '', fenced(details.join('\n')), '', '</details>'].join('\n');
}

function inShort(title: string, results: readonly CaseResult[], lang: Language): readonly string[] {
  if (results.length === 0) return [];
  const shown = results.slice(0, SHOWN_MAX);
  const lines = shown.map(
    (result) => `- **${plain(result.id)}** ${plain(descriptionIn(result, lang))}<br>${plain(gist(result, lang))}`,
  );
  const summary = `<summary>${withNote(html(title), results.length, lang)}</summary>`;
  return [['<details>', summary, '', lines.join('\n'), ...rest(results, lang), '', '</details>'].join('\n')];
}

function heading(title: string, { length }: readonly CaseResult[], lang: Language): string {
  return `### ${withNote(plain(title), length, lang)}`;
}

function rest({ length }: readonly CaseResult[], lang: Language): readonly string[] {
  return length > SHOWN_MAX ? [plain(andMore(length - SHOWN_MAX, lang))] : [];
}

function codesSeen(results: readonly CaseResult[], lang: Language): readonly string[] {
  const rows = results.flatMap(({ id, seen }) => (seen === undefined ? [] : [[id, seenText(seen)]]));
  if (rows.length === 0) return [];
  const summary = `<summary>${withNote(html(WORDS.seen[lang]), rows.length, lang)}</summary>`;
  return [['<details>', summary, '', table([WORDS.case[lang], WORDS.code[lang]], rows), '', '</details>'].join('\n')];
}

function listed(title: string, texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? [] : [`### ${plain(title)}`, texts.map((text) => `- ${plain(text)}`).join('\n')];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

const MARKDOWN = /[\\`*_[\]<>|~#&!$]/g;

/** One line without Markdown. GitHub reads text between two $ as a formula. */
function plain(text: string): string {
  return printable(text.replace(/\s+/g, ' ')).replace(MARKDOWN, '\\$&');
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/\s+/g, ' ');
}

/** The fence has more backticks than any run of them in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
