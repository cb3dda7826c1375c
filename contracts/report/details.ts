/** The details of one result, the same in every report: names, and values in lines. */

import { BASIS_WORDS } from '../../src/text/basis.js';
import {
  type Bilingual,
  COLON,
  type Language,
  type Words,
  wordsIn,
} from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import { type CaseResult, cut, type Difference, isBasis } from '../kit/result.js';
import { descriptionIn, observationIn } from './descriptions.js';
import { linesOf } from './text.js';
import { COMMA, SEMICOLON, WORDS, withNote } from './words.js';

export interface Detail {
  readonly name: string;
  readonly lines: readonly string[];
}

// A request can have 64 KiB of padding. Its beginning is enough to recognize it.
const REQUEST_LENGTH_MAX = 2000;
const ANSWER_LENGTH_MAX = 1000;
const REASON_LENGTH_MAX = 2000;
const VALUE_LENGTH_MAX = 300;

export function detailsOf(result: CaseResult, lang: Language): readonly Detail[] {
  const { source, differences } = result;
  return [
    {
      name: statementBasis(source)?.[lang] ?? WORDS.document[lang],
      lines: [sourceText(source, lang)],
    },
    ...namedLines(lang, 'reason', reasonLines(result, lang)),
    ...differences.map((difference) => {
      const { name, lines } = differenceDetail(difference, lang);
      return { name, lines: [...lines, ...otherClause(difference, result, lang)] };
    }),
    ...OTHER_DETAILS.flatMap(([word, own]) => namedLines(lang, word, own(result, lang))),
  ];
}

function namedLines(
  lang: Language,
  word: keyof typeof WORDS,
  lines: readonly string[] | undefined,
): readonly Detail[] {
  return lines === undefined ? [] : [{ name: WORDS[word][lang], lines }];
}

/** Undefined if the result does not have it. */
type LinesOf = (result: CaseResult, lang: Language) => readonly string[] | undefined;

/** What follows the differences, in order. */
const OTHER_DETAILS: readonly (readonly [word: keyof typeof WORDS, lines: LinesOf])[] = [
  ['finding', findingLines],
  ['repeat', ({ repeat }) => oneLine(repeat)],
  ['request', requestLines],
  ['app', ({ kept }) => oneLine(kept?.appId)],
  ['journal', ({ kept }) => oneLine(kept?.requestId)],
  ['console', ({ kept }) => oneLine(kept?.console)],
  ['answer', ({ answer }) => oneLine(answer && cut(answer, ANSWER_LENGTH_MAX))],
  ['files', ({ files }) => files?.map(printable)],
];

function oneLine(text: string | undefined): readonly string[] | undefined {
  return text === undefined ? undefined : [printable(text)];
}

function reasonLines({ reason }: CaseResult, lang: Language): readonly string[] | undefined {
  return reason === undefined ? undefined : linesOf(cut(wordsIn(reason, lang), REASON_LENGTH_MAX));
}

function findingLines({ finding }: CaseResult, lang: Language): readonly string[] | undefined {
  if (finding === undefined) return undefined;
  const { id, title, detail } = finding;
  return [printable(`${id}${COLON[lang]}${title}`), ...linesOf(detail)];
}

/** The request of a kept app can be sent unchanged, so it is not cut. */
function requestLines({ kept, curl }: CaseResult): readonly string[] | undefined {
  const request = kept?.curl ?? (curl && cut(curl, REQUEST_LENGTH_MAX));
  return request === undefined ? undefined : linesOf(request);
}

/** A statement of the kit has its basis as section and is not a quotation. */
export function sourceText(source: CaseResult['source'], lang: Language): string {
  const { section, sentence } = source;
  return statementBasis(source)
    ? observationIn(source, lang)
    : `${section}${COLON[lang]}“${sentence}”`;
}

function statementBasis({ section }: CaseResult['source']): Bilingual | undefined {
  return isBasis(section) ? BASIS_WORDS[section] : undefined;
}

/** The evidence of a difference, if the head of the result has another. */
function otherClause(
  { clause }: Difference,
  { basis, source }: CaseResult,
  lang: Language,
): readonly string[] {
  if (
    clause === undefined ||
    (clause.basis === basis && clause.source.sentence === source.sentence)
  )
    return [];
  return [`${weight(clause, lang)}${COMMA[lang]}${sourceText(clause.source, lang)}`];
}

function differenceDetail({ at, name, expected, received }: Difference, lang: Language): Detail {
  return {
    name: printable(name?.[lang] ?? at),
    lines: [
      `${WORDS.expected[lang]} ${shown(expected, lang)}`,
      `${WORDS.received[lang]} ${shown(received, lang)}`,
    ],
  };
}

/** `resultCode: expected 302, received 000`. */
export function differenceText(difference: Difference, lang: Language): string {
  const { name, lines } = differenceDetail(difference, lang);
  return `${name}${COLON[lang]}${lines.join(COMMA[lang])}`;
}

/** A received result code, which can be any text. */
export function seenText(seen: string): string {
  return printable(cut(seen, VALUE_LENGTH_MAX));
}

/** Quotes make an empty text and white space at the ends visible. */
function shown(value: Words, lang: Language): string {
  const text = wordsIn(value, lang);
  return printable(cut(text !== '' && text === text.trim() ? text : `"${text}"`, VALUE_LENGTH_MAX));
}

/** One line: `resultCode: expected 302, received 000; charged: …`, then the reason for the status. */
export function gist({ differences, reason }: CaseResult, lang: Language): string {
  const texts = differences.map((difference) => differenceText(difference, lang));
  // In the consumer suite the reason is the output of the command.
  const why = reason === undefined ? [] : [printable(cut(wordsIn(reason, lang), VALUE_LENGTH_MAX))];
  return [...texts, ...why].join(SEMICOLON[lang]);
}

/** `MUST · documented`. */
export function weight(
  { level, basis }: Pick<CaseResult, 'level' | 'basis'>,
  lang: Language,
): string {
  return `${level} · ${BASIS_WORDS[basis][lang]}`;
}

/** All details as text, for reports that show a failure like a stack trace. */
export function plainText(result: CaseResult, lang: Language): string {
  const head = withNote(descriptionIn(result, lang), weight(result, lang), lang);
  const details = detailsOf(result, lang).map(
    ({ name, lines }) => `${name}${COLON[lang]}${lines.join('\n  ')}`,
  );
  return [head, ...details].join('\n');
}
