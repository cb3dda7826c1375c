/** What is said of a run while it goes on and when it is over: on the terminal, in files, to GitHub. All of it is redacted. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { CASE_FILES } from '../cases/case-files.js';
import { ctrfReport } from '../report/ctrf.js';
import { githubAnnotations, githubGroup, type Place } from '../report/github.js';
import { junitReport } from '../report/junit.js';
import { progressEnd, progressStart, progressText } from '../report/progress.js';
import { type Hidden, redactor, redactResult, redactRun } from '../report/redact.js';
import { githubSummary } from '../report/step-summary.js';
import { partsText, type ReportPart, terminalParts } from '../report/terminal.js';
import { applyDeviations, type Deviation, readDeviations } from '../results/deviations.js';
import { type CaseResult, exitStatusOf, type Run, type Suite, type SuiteReading } from '../results/result.js';
import { SCENARIO_FILES } from '../scenarios/scenario-files.js';
import { countOf, type FlagValues, langOf, textOf } from './flags.js';
import type { Kit } from './kit.js';
import { UsageProblem } from './usage-problem.js';

/** A deviation's days are the carrier's. */
const BEIJING_MS = 8 * 3_600_000;

export interface Told {
  readonly suite: Suite;
  readonly subject: string;
  /** How many results there will be. */
  readonly count: number;
  /** The command that runs a case again, alone. */
  repeat(result: CaseResult): string;
  /** Where what is judged is written, as far as it is a file. */
  place?(): Place | undefined;
  /** What must not be shown; asked when something is to be. */
  hidden(): Hidden;
}

export interface Reports {
  /** To be called before the first case. */
  begin(): void;
  readonly onResult: (result: CaseResult) => void;
  /** Whether `--max-failures` was reached. */
  readonly isEnough: (done: readonly CaseResult[]) => boolean;
  /** The exit status. */
  finish(results: readonly CaseResult[], readings?: readonly SuiteReading[]): number;
}

/** Reads and checks what it needs before anything is sent. Throws a UsageProblem. */
export function prepareReports(values: FlagValues, kit: Kit, told: Told): Reports {
  const deviations = deviationsOf(textOf(values, 'deviations'));
  for (const flag of ['junit', 'ctrf']) tryToWrite(flag, textOf(values, flag));
  const lang = langOf(values, kit);
  const { colour, isTerminal, columns, write } = kit.out;
  const progress = { lang, colour, columns: isTerminal ? columns : undefined };
  const soFar: CaseResult[] = [];
  const redact = () => redactor(told.hidden());
  const failuresMax = countOf(values, 'max-failures', { min: 1 });
  let startedAtMs = kit.sources.nowMs();
  return {
    begin: () => {
      startedAtMs = kit.sources.nowMs();
      write(progressStart(told.count, redact()(told.subject), progress));
    },
    onResult: (result) => {
      // A pass has nothing to hide, and a run has many.
      soFar.push(result.status === 'pass' ? result : redactResult(result, redact()));
      write(progressText(soFar, told.count, progress));
    },
    isEnough: (done) => failuresMax !== undefined && done.filter(isFailure).length >= failuresMax,
    finish: (results, readings = []) => {
      write(progressEnd(progress));
      const applied = withDeviations(results, deviations, kit).map((result) => withRepeat(result, told));
      const run: Run = {
        suite: told.suite,
        subject: told.subject,
        kitVersion: kit.version,
        startedAtMs,
        endedAtMs: kit.sources.nowMs(),
        results: applied,
        readings,
      };
      say(redactRun(run, redact()), { values, kit, told });
      return exitStatusOf(applied);
    },
  };
}

function isFailure({ status }: CaseResult): boolean {
  return status === 'fail' || status === 'error';
}

function withRepeat(result: CaseResult, told: Told): CaseResult {
  const isToBeShown = isFailure(result) || result.differences.length > 0;
  return isToBeShown ? { ...result, repeat: told.repeat(result) } : result;
}

/** Every case of the kit, whichever of them ran. */
function allIds(): readonly string[] {
  const cases = CASE_FILES.flatMap((file) => file.cases);
  const scenarios = SCENARIO_FILES.flatMap((file) => [...file.scenarios, ...file.sent, ...file.captured]);
  return [...cases, ...scenarios].map(({ id }) => id);
}

function deviationsOf(path: string | undefined): readonly Deviation[] {
  if (path === undefined) return [];
  const { deviations, problems } = readDeviations(textIn(path));
  const unknown = applyDeviations([], deviations, '', allIds()).problems;
  const [problem] = [...problems, ...unknown];
  if (problem !== undefined) throw new UsageProblem(`--deviations ${path}: ${problem}`);
  return deviations;
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageProblem(`--deviations ${path}: cannot be read (${reasonOf(error)})`);
  }
}

function withDeviations(
  results: readonly CaseResult[],
  deviations: readonly Deviation[],
  { sources }: Kit,
): readonly CaseResult[] {
  const today = new Date(sources.nowMs() + BEIJING_MS).toISOString();
  return applyDeviations(results, deviations, today, allIds()).results;
}

/** A report that cannot be written is better known before the run than after it. */
function tryToWrite(flag: string, path: string | undefined): void {
  if (path !== undefined) writeOrSay(flag, path, '');
}

function writeOrSay(flag: string, path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageProblem(`--${flag} ${path}: cannot be written (${reasonOf(error)})`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

const FILE_REPORTS = [
  { flag: 'junit', text: junitReport },
  { flag: 'ctrf', text: ctrfReport },
] as const;

/** In GitHub's log the long lists are folded. */
function sayParts(
  parts: readonly ReportPart[],
  { isGithub, kit: { out } }: { readonly isGithub: boolean; readonly kit: Kit },
): void {
  if (!isGithub) {
    out.write(partsText(parts));
    return;
  }
  for (const { title, lines } of parts) {
    const group = title === undefined ? undefined : githubGroup(title);
    if (group !== undefined) out.annotate(group.begin);
    out.write(`${lines.join('\n')}\n`);
    out.annotate(group?.end ?? '\n');
  }
}

function say(
  run: Run,
  { values, kit, told }: { readonly values: FlagValues; readonly kit: Kit; readonly told: Told },
): void {
  const { out, env } = kit;
  const lang = langOf(values, kit);
  const isGithub = values['github'] === true || env['GITHUB_ACTIONS'] === 'true';
  sayParts(terminalParts(run, { lang, colour: out.colour, verbose: values['verbose'] === true }), { isGithub, kit });
  for (const { flag, text } of FILE_REPORTS) {
    const path = textOf(values, flag);
    if (path !== undefined) writeOrSay(flag, path, text(run, { lang }));
  }
  if (!isGithub) return;
  const place = told.place?.();
  out.annotate(githubAnnotations(run, { lang, ...(place !== undefined && { place }) }));
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary === undefined || summary === '') return;
  try {
    appendFileSync(summary, githubSummary(run, { lang }));
  } catch (error) {
    throw new UsageProblem(`GITHUB_STEP_SUMMARY ${summary}: cannot be written (${reasonOf(error)})`);
  }
}
