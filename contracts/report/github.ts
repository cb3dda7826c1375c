/** A run as annotations of GitHub Actions: commands that the runner reads from the job's output. */
import type { CaseResult, Run } from '../results/result.js';
import { gist, sourceText } from './details.js';
import { ofStatus } from './tally.js';
import { printable } from './text.js';
import { andMore, type Language } from './words.js';

export interface GithubOptions {
  readonly lang: Language;
}

// GitHub shows ten errors and ten warnings of a step, and drops the others without a word.
const ANNOTATIONS_MAX = 10;

type Command = 'error' | 'warning';

export function githubAnnotations({ results }: Run, { lang }: GithubOptions): string {
  const errors = [...ofStatus(results, 'error'), ...ofStatus(results, 'fail')];
  const lines = [...annotations('error', errors, lang), ...annotations('warning', ofStatus(results, 'warn'), lang)];
  return lines.map((line) => `${line}\n`).join('');
}

function annotations(command: Command, results: readonly CaseResult[], lang: Language): readonly string[] {
  if (results.length <= ANNOTATIONS_MAX) return results.map((result) => annotation(command, result, lang));
  const shown = results.slice(0, ANNOTATIONS_MAX - 1);
  const rest = andMore(results.length - shown.length, lang);
  return [...shown.map((result) => annotation(command, result, lang)), `::${command}::${data(rest)}`];
}

function annotation(command: Command, result: CaseResult, lang: Language): string {
  const { id, description, finding } = result;
  const lines = [
    description,
    gist(result, lang),
    sourceText(result, lang),
    ...(finding === undefined ? [] : [printable(`${finding.id}: ${finding.title}`)]),
  ];
  return `::${command} title=${property(id)}::${data(lines.join('\n'))}`;
}

/** As the runner undoes it: the per cent sign first. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
