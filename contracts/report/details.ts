/** The details of one result, the same in every report: names, and values in lines. */

import {
  type Bilingual,
  COLON,
  type Language,
  type Words,
  wordsIn,
} from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import type { Basis } from '../index.js';
import { type CaseResult, cut, type Difference } from '../kit/result.js';
import { descriptionIn, observationIn } from './descriptions.js';
import { linesOf } from './text.js';
import { BASIS_WORDS, COMMA, SEMICOLON, WORDS, withNote } from './words.js';

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
  const { differences, reason, finding, repeat, kept, curl, answer, files, source } = result;
  const detail = (
    word: keyof typeof WORDS,
    lines: readonly string[] | undefined,
  ): readonly Detail[] => (lines === undefined ? [] : [{ name: WORDS[word][lang], lines }]);
  const line = (text: string | undefined) => (text === undefined ? undefined : [printable(text)]);
  // The request of a kept app can be sent unchanged, so it is not cut.
  const request = kept?.curl ?? (curl && cut(curl, REQUEST_LENGTH_MAX));
  return [
    {
      name: statementBasis(source)?.[lang] ?? WORDS.document[lang],
      lines: [sourceText(source, lang)],
    },
    ...detail(
      'reason',
      reason === undefined ? undefined : linesOf(cut(wordsIn(reason, lang), REASON_LENGTH_MAX)),
    ),
    ...differences.map((difference) => {
      const { name, lines } = differenceDetail(difference, lang);
      return { name, lines: [...lines, ...otherClause(difference, result, lang)] };
    }),
    ...detail(
      'finding',
      finding && [
        printable(`${finding.id}${COLON[lang]}${finding.title}`),
        ...linesOf(finding.detail),
      ],
    ),
    ...detail('repeat', line(repeat)),
    ...detail('request', request === undefined ? undefined : linesOf(request)),
    ...detail('app', line(kept?.appId)),
    ...detail('journal', line(kept?.requestId)),
    ...detail('console', line(kept?.console)),
    ...detail('answer', line(answer === undefined ? undefined : cut(answer, ANSWER_LENGTH_MAX))),
    ...detail('files', files?.map(printable)),
  ];
}

/** A statement of the kit has its basis as section and is not a quotation. */
export function sourceText(source: CaseResult['source'], lang: Language): string {
  const { section, sentence } = source;
  return statementBasis(source)
    ? observationIn(source, lang)
    : `${section}${COLON[lang]}“${sentence}”`;
}

function statementBasis({ section }: CaseResult['source']): Bilingual | undefined {
  return section in BASIS_WORDS ? BASIS_WORDS[section as Basis] : undefined;
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

function differenceDetail({ about, name, expected, received }: Difference, lang: Language): Detail {
  return {
    name: printable(name?.[lang] ?? about),
    lines: [
      `${WORDS.expected[lang]} ${shown(expected, lang)}`,
      `${WORDS.received[lang]} ${shown(received, lang)}`,
    ],
  };
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
  const texts = differences.map((difference) => {
    const { name, lines } = differenceDetail(difference, lang);
    return `${name}${COLON[lang]}${lines.join(COMMA[lang])}`;
  });
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
