/**
 * A run for GitHub Actions: annotations, one for each cause, which are commands that the runner reads from the job's
 * output; and the summary of the step.
 */
import { COLON, type Language } from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import type { CaseResult } from '../kit/result.js';
import { descriptionIn } from './descriptions.js';
import { gist, sourceText } from './details.js';
import type { CauseTexts, ReportModel } from './model.js';
import { terminalReport } from './terminal.js';
import { andMore, SUITE_WORDS, WORDS } from './words.js';

// GitHub shows ten errors and ten warnings of a step, and silently drops the others.
const ANNOTATIONS_MAX = 10;

interface Annotation {
  readonly title: string;
  readonly lines: readonly string[];
}

export function githubAnnotations({ run, lang, causes }: ReportModel): string {
  const isError = ({ weights }: CauseTexts) => weights.failed > 0;
  const errors = causes.filter(isError).map((cause) => ofCause(cause, lang));
  const warnings = causes.filter((cause) => !isError(cause)).map((cause) => ofCause(cause, lang));
  const known = run.results.filter(({ status, isKnown }) => status === 'warn' && isKnown === true);
  const commands = (command: 'error' | 'warning', all: readonly Annotation[]) => {
    const shown = all.length <= ANNOTATIONS_MAX ? all : all.slice(0, ANNOTATIONS_MAX - 1);
    const rest = all.length - shown.length;
    return [
      ...shown.map(({ title, lines }) => `::${command} title=${property(title)}::${data(lines.join('\n'))}\n`),
      ...(rest > 0 ? [`::${command}::${data(andMore(rest, lang))}\n`] : []),
    ];
  };
  return [
    ...commands('error', errors),
    ...commands('warning', [...warnings, ...known.map((result) => ofResult(result, lang))]),
  ].join('');
}

function ofCause({ weight: title, sentence, example, results: [first] }: CauseTexts, lang: Language): Annotation {
  const repeat = first?.repeat;
  return {
    title,
    lines: [
      printable(sentence),
      `${WORDS.example[lang]} ${example}`,
      ...(first === undefined ? [] : [sourceText(first.source, lang)]),
      ...(repeat === undefined ? [] : [`${WORDS.repeat[lang]}${COLON[lang]}${printable(repeat)}`]),
    ],
  };
}

function ofResult(result: CaseResult, lang: Language): Annotation {
  return {
    title: result.id,
    lines: [descriptionIn(result, lang), gist(result, lang), sourceText(result.source, lang)],
  };
}

/** The escapes that the runner decodes. The percent sign is first. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The report for a terminal as code, which cannot contain Markdown. */
export function githubSummary(model: ReportModel): string {
  const report = terminalReport(model, { colour: false }).trimEnd();
  return `## ${SUITE_WORDS[model.run.suite][model.lang]}\n\n${fenced(report)}\n`;
}

/** The fence has more backticks than any run of them in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
