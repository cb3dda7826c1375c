/** The reports of a run, during and after it: on the terminal, in files, for GitHub. All are redacted. */

import { appendFileSync, writeFileSync } from 'node:fs';
import { quoted } from '../../src/text/curl-command.js';
import { writing } from '../../src/text/usage-error.js';
import { CASE_FILES, SCENARIO_FILES } from '../kit/case-files.js';
import { type Hidden, redactor, redactResult, redactRun } from '../kit/redact.js';
import {
  type CaseResult,
  exitStatusOf,
  failedOn,
  type Run,
  type Suite,
  type SuiteReading,
} from '../kit/result.js';
import { applyDeviations, type Deviation, readDeviations } from '../report/deviations.js';
import { githubAnnotations, githubSummary } from '../report/github.js';
import { jsonReport } from '../report/json.js';
import { junitReport } from '../report/junit.js';
import { modelOf } from '../report/model.js';
import { progressEnd, progressStart, progressText, terminalReport } from '../report/terminal.js';
import type { CommonValues, KitRows } from './flags.js';
import type { Kit } from './kit.js';
import { checkCaseIds } from './listing.js';

/** The days of deviations are days in Beijing. */
const BEIJING_MS = 8 * 3_600_000;

export interface ReportedRun {
  readonly suite: Suite;
  /** Those of the suite's command. */
  readonly flags: KitRows;
  readonly subject: string;
  /** The expected number of results. */
  readonly count: number;
  /** For the consumer suite. */
  readonly command?: readonly string[];
  /** For a replay. */
  readonly files?: readonly string[];
  /** The values to hide, at the time of the call. */
  hidden(): Hidden;
}

/** Reads and checks its files before any request. Throws a UsageError. */
export function prepareReports(values: CommonValues, kit: Kit, reported: ReportedRun) {
  const deviations = deviationsOf(values.deviations);
  writeFileReports(values, () => '');
  const { write } = kit.out;
  const progress = { ...kit.out, lang: values.lang ?? kit.language };
  const soFar: CaseResult[] = [];
  const redact = () => redactor(reported.hidden());
  const failOn = values.failOn === 'SHOULD' ? values.failOn : undefined;
  const failuresMax = values.maxFailures ?? Number.POSITIVE_INFINITY;
  let startedAtMs = kit.sources.nowMs();
  return {
    /** Call it before the first case. */
    begin: () => {
      startedAtMs = kit.sources.nowMs();
      write(progressStart(reported.count, redact()(reported.subject), progress));
    },
    onResult: (found: CaseResult) => {
      const result = failedOn(failOn, found);
      // A passed result contains nothing to hide, and there are many.
      soFar.push(result.status === 'pass' ? result : redactResult(result, redact()));
      write(progressText(soFar, reported.count, progress));
    },
    /** Whether the number of `--max-failures` is reached. */
    shouldStop: (done: readonly CaseResult[]) =>
      done.filter((result) => isFailure(failedOn(failOn, result))).length >= failuresMax,
    /** Returns the exit status. */
    finish: (results: readonly CaseResult[], readings: readonly SuiteReading[] = []) => {
      write(progressEnd(progress));
      const finished = { ...reported, deviations, startedAtMs, results, readings, failOn };
      const run = runOf(finished, values, kit);
      writeReports(redactRun(run, redact()), values, kit);
      return exitStatusOf(run);
    },
  };
}

interface FinishedRun extends ReportedRun, Pick<Run, 'startedAtMs' | 'results'> {
  readonly readings: readonly SuiteReading[];
  readonly deviations: readonly Deviation[];
  readonly failOn: Run['failOn'];
}

function runOf(finished: FinishedRun, values: CommonValues, kit: Kit): Run {
  const { suite, subject, startedAtMs, readings, deviations, failOn } = finished;
  const today = new Date(kit.sources.nowMs() + BEIJING_MS).toISOString();
  const repeated = { ...finished, program: kit.program, values };
  const results = applyDeviations(finished.results, deviations, today).map((one) => {
    const result = failedOn(failOn, one);
    const isShown = isFailure(result) || result.differences.length > 0;
    return isShown ? { ...result, repeat: repeatCommand(repeated, result) } : result;
  });
  return {
    suite,
    subject,
    kitVersion: kit.version,
    startedAtMs,
    endedAtMs: kit.sources.nowMs(),
    results,
    readings,
    allowNoCase: values.allowNoCase,
    failOn,
  };
}

function isFailure({ status }: CaseResult): boolean {
  return status === 'fail' || status === 'error';
}

function deviationsOf(path: string | undefined): readonly Deviation[] {
  if (path === undefined) return [];
  const deviations = readDeviations(path);
  const cases = CASE_FILES.flatMap((file) => file.cases);
  const scenarios = SCENARIO_FILES.flatMap((file) => [
    ...file.scenarios,
    ...file.sent,
    ...file.captured,
  ]);
  const ids = [...cases, ...scenarios].map(({ id }) => id);
  checkCaseIds(`${path}: /deviations`, deviations, ids);
  return deviations;
}

const FILE_REPORTS = [
  { flag: 'junit', text: junitReport },
  { flag: 'json', text: jsonReport },
] as const;

function writeFileReports(
  values: CommonValues,
  contentOf: (text: (typeof FILE_REPORTS)[number]['text']) => string,
): void {
  for (const { flag, text } of FILE_REPORTS) {
    const path = values[flag];
    if (path !== undefined) writing(`--${flag}`, path, () => writeFileSync(path, contentOf(text)));
  }
}

function writeReports(run: Run, values: CommonValues, kit: Kit): void {
  const { out, env } = kit;
  const model = modelOf(run, values.lang ?? kit.language);
  out.write(terminalReport(model, { colour: out.colour, verbose: values.verbose }));
  writeFileReports(values, (text) => text(model));
  if (!values.github && env['GITHUB_ACTIONS'] !== 'true') return;
  out.annotate(githubAnnotations(model));
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary === undefined || summary === '') return;
  writing('GITHUB_STEP_SUMMARY', summary, () => appendFileSync(summary, githubSummary(model)));
}

interface Repeated
  extends Pick<ReportedRun, 'suite' | 'flags' | 'command' | 'files'>,
    Pick<Kit, 'program'> {
  readonly values: Readonly<Record<string, unknown>>;
}

/** The shell command that repeats one case with the settings of this run. */
export function repeatCommand(
  { suite, flags, command = [], files = [], program, values }: Repeated,
  result: CaseResult,
): string {
  const repeated = Object.entries(flags).flatMap(
    ([name, { flag, value: valueName, isRepeated }]) => {
      const value = values[name];
      if (isRepeated !== true || value === undefined || value === false) return [];
      return valueName === undefined ? `--${flag}` : [`--${flag}`, word(String(value))];
    },
  );
  const ids = [...new Set([...(result.about?.scenarios ?? []), result.id])];
  return [
    program,
    'contract',
    suite,
    ...repeated,
    // Never the token itself, because a report would reveal it.
    ...(values['controlToken'] === undefined
      ? []
      : ['--control-token "$CMPASSPORT_CONTROL_TOKEN"']),
    '--only',
    word(ids.join(',')),
    ...files.map(word),
    ...(command.length === 0 ? [] : ['--', ...command.map(word)]),
  ].join(' ');
}

function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);
}
