/**
 * A run for GitHub Actions: annotations, one for each cause, which are commands that the runner reads from the job's
 * output; and the summary of the step.
 */
import { COLON, type Language } from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import { descriptionIn } from './descriptions.js';
import { gist, sourceText } from './details.js';
import type { CauseTexts, FormTexts, ReportModel } from './model.js';
import { terminalReport } from './terminal.js';
import { SUITE_WORDS, WORDS } from './words.js';

// GitHub shows ten errors and ten warnings of a step, and silently drops the others.
const ANNOTATIONS_MAX = 10;

interface Annotation {
  readonly title: string;
  readonly lines: readonly string[];
}

export function githubAnnotations({ run, lang, causes, forms }: ReportModel): string {
  const isError = ({ weights }: Pick<CauseTexts, 'weights'>) => weights.failed > 0;
  const errors = [...causes, ...forms].filter(isError).map((cause) => ofCause(cause, lang));
  const warnings = causes.filter((cause) => !isError(cause)).map((cause) => ofCause(cause, lang));
  const formWarnings = forms.filter(
    ({ weights: { failed, warned } }) => failed === 0 && warned > 0,
  );
  const known = run.results
    .filter(({ status, isKnown }) => status === 'warn' && isKnown === true)
    .map((result) => ({
      title: result.id,
      lines: [descriptionIn(result, lang), gist(result, lang), sourceText(result.source, lang)],
    }));
  const commands = (command: 'error' | 'warning', all: readonly Annotation[]) => {
    const shown = all.length <= ANNOTATIONS_MAX ? all : all.slice(0, ANNOTATIONS_MAX - 1);
    const rest = all.length - shown.length;
    const more = { en: `and ${rest} more`, zh: `另有 ${rest} 个` }[lang];
    return [
      ...shown.map(({ title, lines }) => {
        const property = data(title).replaceAll(':', '%3A').replaceAll(',', '%2C');
        return `::${command} title=${property}::${data(lines.join('\n'))}\n`;
      }),
      ...(rest > 0 ? [`::${command}::${data(more)}\n`] : []),
    ];
  };
  return [
    ...commands('error', errors),
    ...commands('warning', [...warnings, ...ofForms(formWarnings, lang), ...known]),
  ].join('');
}

/** The forms of responses that only warn, in one annotation. */
function ofForms(forms: readonly FormTexts[], lang: Language): readonly Annotation[] {
  const lines = forms.map(({ sentence, weight }) =>
    printable(`${sentence}${COLON[lang]}${weight}`),
  );
  return lines.length === 0 ? [] : [{ title: WORDS.forms[lang], lines }];
}

function ofCause(
  { weight: title, sentence, example, results: [first] }: CauseTexts | FormTexts,
  lang: Language,
): Annotation {
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

/** The escapes that the runner decodes. The percent sign is first. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The report for a terminal as code, which cannot contain Markdown. */
export function githubSummary(model: ReportModel): string {
  const report = terminalReport(model, { colour: false }).trimEnd();
  // The fence has more backticks than any run of them in the report.
  const longest = Math.max(2, ...Array.from(report.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `## ${SUITE_WORDS[model.run.suite][model.lang]}\n\n${fence}text\n${report}\n${fence}\n`;
}
