/** A run as annotations of GitHub Actions, one for each cause: commands that the runner reads from the job's output. */

import { COLON, type Language } from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import type { CaseResult } from '../kit/result.js';
import { descriptionIn } from './descriptions.js';
import { gist, sourceText } from './details.js';
import type { CauseTexts, ReportModel } from './model.js';
import { ofStatus } from './tally.js';
import { andMore, WORDS } from './words.js';

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
