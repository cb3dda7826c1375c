/** The causes of a run as lines for a terminal: how many results each has, one sentence, one example. */

import { printable } from '../../src/text/printable.js';
import type { ReportModel } from './model.js';
import type { Paint } from './text.js';
import { moreWithVerbose, WORDS, withNote } from './words.js';

const CAUSES_MAX = 10;

export interface Page extends Pick<ReportModel, 'lang' | 'causes'> {
  readonly paint: Paint;
  readonly verbose: boolean;
}

export function causeLines({ actionable }: ReportModel, { lang, paint, verbose }: Page): readonly string[] {
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
