/** A run as Markdown, for the summary of a GitHub Actions step. */

import { COLON, type Language } from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import { type CaseResult, STATUSES, type Status } from '../kit/result.js';
import { descriptionIn } from './descriptions.js';
import { detailsOf, gist, seenText, weight } from './details.js';
import type { ReportModel } from './model.js';
import { byCause } from './shown.js';
import { ofStatus, reportedOnly } from './tally.js';
import { andMore, STATUS_WORDS, SUITE_WORDS, WORDS, withNote } from './words.js';

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
