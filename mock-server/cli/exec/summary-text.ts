/** The summary for people, at most a screen: the unexpected refusals, app by app, then the remarks and the unused scripts. */
import { basisText, totalOf } from '../../../src/text/basis.js';
import type { Bilingual, Language } from '../../../src/text/bilingual.js';
import { columns, printable } from '../../../src/text/printable.js';
import { summaryWords } from './messages.js';
import type { Refusal } from './refusal.js';
import type { Summary } from './summary.js';

export interface SummaryTextInputs {
  readonly language: Language;
  /** Whether the run failed: then each refusal has its details. */
  readonly isRed: boolean;
  /** Those that fail the run with `--strict`. */
  readonly mistakes?: readonly Refusal[];
  /** A line for each kind of connection that sent no request. */
  readonly lost?: readonly Bilingual[];
  /** Whether these fail the run. */
  readonly losesClient?: boolean;
}

// A usual terminal has 24 rows of 80 columns, and the prompt needs one.
const ROWS_MAX = 23;
const COLUMNS = 80;

/** Lines that are shown together or not at all. */
interface Block {
  readonly lines: readonly string[];
  /** How many refusals, remarks or scripts they are about. */
  readonly items: number;
}

export function summaryText(summary: Summary, inputs: SummaryTextInputs): string {
  const { language, isRed, mistakes = [], lost = [], losesClient = false } = inputs;
  const { unusedScripts } = summary;
  const unexpected = withoutThose(summary.unexpected, mistakes);
  const remarks = summary.remarks.filter(({ finding }) =>
    mistakes.every((mistake) => mistake.finding !== finding),
  );
  const words = (text: Bilingual) => text[language];
  const one = (text: Bilingual): Block => ({ lines: [`  ${words(text)}`], items: 1 });
  const blocks = [
    ...lost.map(one),
    ...refusalBlocks(mistakes, words),
    ...(isRed ? refusalBlocks(unexpected, words) : causeLines(unexpected, one)),
    ...remarks.map(({ finding, title, count }) =>
      one(summaryWords('remark', { finding, title, count })),
    ),
    ...unusedScripts.map((script) => one(summaryWords('unused-script', script))),
  ];
  const { shown, left } = onScreen(blocks);
  const more = left === 0 ? [] : [summaryWords('more', { left })];
  return [
    ...headLines(summary).map(words),
    ...(losesClient ? [words(summaryWords('loses-client'))] : []),
    ...(mistakes.length === 0
      ? []
      : [words(summaryWords('strict', { mistakes: mistakes.length }))]),
    ...shown.flatMap(({ lines }) => lines),
    ...more.map((text) => `  ${words(text)}`),
    ...(isRed ? [] : basisLines(summary)).map((text) => `  ${words(text)}`),
  ]
    .map(printable)
    .join('\n');
}

/** The refusals that are not among others. */
export function withoutThose(
  refusals: readonly Refusal[],
  others: readonly Refusal[],
): readonly Refusal[] {
  const known = new Set(others.map(({ requestId }) => requestId));
  return refusals.filter(({ requestId }) => !known.has(requestId));
}

/** All of the refusals, with their details. */
export function refusalsText(refusals: readonly Refusal[], language: Language): string {
  const blocks = refusalBlocks(refusals, (text) => text[language]);
  return blocks
    .flatMap(({ lines }) => lines)
    .map((line) => `${printable(line)}\n`)
    .join('');
}

function headLines({ requests, refused, forced }: Summary): readonly Bilingual[] {
  if (requests === 0) return [summaryWords('no-request')];
  const count = refused.reduce((sum, row) => sum + row.count, 0);
  const head = summaryWords(requests === 1 ? 'request' : 'requests', { requests, refused: count });
  return forced === 0 ? [head] : [head, summaryWords('forced', { forced })];
}

/** What a green run proves, unless the document states all of it: a healthy run has no further line. */
function basisLines({ basis }: Summary): readonly Bilingual[] {
  const responses = totalOf(basis);
  if (responses === basis.documented) return [];
  const of = summaryWords(responses === 1 ? 'basis-one' : 'basis', { responses });
  return [basisText(of, basis)];
}

/** The first block is always shown. */
function onScreen(blocks: readonly Block[]) {
  let rows = 0;
  const last = blocks.findIndex(({ lines }, at) => {
    rows += lines.reduce((sum, line) => sum + Math.ceil(columns(line) / COLUMNS), 0);
    return at > 0 && rows > ROWS_MAX;
  });
  const shown = last === -1 ? blocks : blocks.slice(0, last);
  const left = blocks.slice(shown.length).reduce((sum, { items }) => sum + items, 0);
  return { shown, left };
}

/** A line for each cause. */
function causeLines(
  refusals: readonly Refusal[],
  one: (text: Bilingual) => Block,
): readonly Block[] {
  const groups = grouped(refusals, (refusal) => `${headOf(refusal)} ${refusal.title}`);
  return groups.map(([first, ...others]) => ({
    ...one(summaryWords('cause', { ...headed(first, others.length + 1), title: titleOf(first) })),
    items: others.length + 1,
  }));
}

/** For each app, its refusals. The details of a cause are shown once. */
function refusalBlocks(
  refusals: readonly Refusal[],
  words: (text: Bilingual) => string,
): readonly Block[] {
  const detailed = new Set<string>();
  return grouped(refusals, ({ appId }) => String(appId)).flatMap((ofApp) =>
    grouped(ofApp, (refusal) => `${headOf(refusal)} ${refusal.verdict}`).map(
      ([first, ...others], at) => {
        const cause = `${headOf(first)} ${first.title}`;
        const isNew = !detailed.has(cause);
        detailed.add(cause);
        const head = headed(first, others.length + 1);
        const texts = isNew
          ? [summaryWords('refusal', { ...head, verdict: verdictOf(first) }), ...detailsOf(first)]
          : [summaryWords('refusal-again', { ...head, title: titleOf(first) })];
        const app = at === 0 ? [`  ${words(appOf(first))}`] : [];
        return {
          lines: [...app, ...texts.map((text) => `    ${words(text)}`)],
          items: others.length + 1,
        };
      },
    ),
  );
}

function appOf({ appId, appName }: Refusal): Bilingual {
  if (appId === null) return summaryWords('no-app');
  return appName === null
    ? summaryWords('app', { appId })
    : summaryWords('app-named', { appName, appId });
}

function detailsOf({ stringToSign, signedString, next, missing }: Refusal): readonly Bilingual[] {
  const difference =
    stringToSign === null || signedString === null
      ? undefined
      : differenceIn(stringToSign, signedString);
  return [
    ...(stringToSign === null ? [] : [summaryWords('string-to-sign', { stringToSign })]),
    ...(difference === undefined ? [] : [summaryWords('difference', difference)]),
    ...(next === null ? [] : [summaryWords('next', { next })]),
    ...(missing === null ? [] : [summaryWords('missing', { missing })]),
  ];
}

// Enough to find the place.
const AROUND = 8;

/** The parts of two texts between their common start and their common end, with some characters around; undefined for equal texts. */
export function differenceIn(expected: string, found: string) {
  if (expected === found) return undefined;
  const shorter = Math.min(expected.length, found.length);
  let start = 0;
  while (start < shorter && expected[start] === found[start]) start += 1;
  let end = 0;
  while (end < shorter - start && expected.at(-1 - end) === found.at(-1 - end)) end += 1;
  const part = (text: string) => {
    const from = Math.max(0, start - AROUND);
    const to = Math.min(text.length, text.length - end + AROUND);
    return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  };
  return { expected: part(expected), found: part(found) };
}

function headed(refusal: Refusal, count: number) {
  return { count, head: headOf(refusal) };
}

function headOf({ operation, resultCode, path }: Refusal): string {
  return resultCode === null ? `HTTP 404 ${path}` : `${operation} ${resultCode}`;
}

function titleOf({ title, finding }: Refusal): string {
  return withId(title, finding);
}

function verdictOf({ verdict, finding }: Refusal): string {
  return withId(verdict, finding);
}

/** `cmpassport-mock help <id>` has the entry of the mistake. */
function withId(text: string, finding: string | null): string {
  return finding === null ? text : `${text} [${finding}]`;
}

type Group<T> = readonly [first: T, ...others: T[]];

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): readonly Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}
