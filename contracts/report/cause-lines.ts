/** The causes of a run as lines for a terminal: how many results each has, one sentence, one example. */
import { type Cause, weightsOf } from './causes/causes.js';
import { gist } from './details.js';
import { cut, type Paint, printable } from './text.js';
import { COLON, COMMA, countedText, type Language, moreWithVerbose, reportedText, WORDS, withNote } from './words.js';

// A long value would move the next cause off the screen. The failure itself shows the complete value.
const EXAMPLE_LENGTH_MAX = 160;
const CAUSES_MAX = 10;

interface Page {
  readonly lang: Language;
  readonly paint: Paint;
  readonly verbose: boolean;
}

/** The causes that need a change. A MAY alone needs none. */
export function actionable(causes: readonly Cause[]): readonly Cause[] {
  return causes.filter((cause) => {
    const { failed, warned } = weightsOf(cause);
    return failed + warned > 0 || cause.kind === 'mock-readings';
  });
}

export function causeLines(causes: readonly Cause[], { lang, paint, verbose }: Page): readonly string[] {
  const listed = actionable(causes);
  if (listed.length === 0) return [];
  const shown = verbose ? listed : listed.slice(0, CAUSES_MAX);
  const hidden = listed.length - shown.length;
  return [
    paint('bold', withNote(WORDS.causes[lang], listed.length, lang)),
    ...shown.flatMap((cause, at) => [
      `${at + 1}. ${paint(styleOf(cause), weightText(cause, lang))}`,
      `   ${printable(cause.sentence[lang])}`,
      `   ${paint('dim', `${WORDS.example[lang]} ${exampleText(cause, lang)}`)}`,
    ]),
    ...(hidden > 0 ? [paint('dim', `  ${moreWithVerbose(hidden, lang)}`)] : []),
  ];
}

function styleOf(cause: Cause): 'red' | 'yellow' {
  return weightsOf(cause).failed > 0 ? 'red' : 'yellow';
}

/** `333 failed, 319 with a warning, 7 for information`. */
export function weightText(cause: Cause, lang: Language): string {
  const { failed, warned, reported } = weightsOf(cause);
  return [
    ...(failed > 0 ? [countedText(failed, failedStatus(cause), lang)] : []),
    ...(warned > 0 ? [countedText(warned, 'warn', lang)] : []),
    ...(reported > 0 ? [reportedText(reported, lang)] : []),
  ].join(COMMA[lang]);
}

function failedStatus({ results }: Cause): 'error' | 'fail' {
  return results.some(({ status }) => status === 'fail') ? 'fail' : 'error';
}

export function exampleText({ results: [first] }: Cause, lang: Language): string {
  if (first === undefined) return '';
  const differences = gist(first, lang);
  return printable(cut(differences === '' ? first.id : `${first.id}${COLON[lang]}${differences}`, EXAMPLE_LENGTH_MAX));
}
