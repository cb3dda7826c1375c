/** The reports of a run, during and after it: on the terminal, in files, for GitHub. All are redacted. */

import { appendFileSync, writeFileSync } from 'node:fs';
import { quoted } from '../../src/text/curl-command.js';
import type { FlagValues } from '../../src/text/flags.js';
import { writing } from '../../src/text/usage-error.js';
import { CASE_FILES, SCENARIO_FILES } from '../kit/case-files.js';
import { type Hidden, type Redact, redactor, redactResult, redactRun } from '../kit/redact.js';
import {
  type CaseResult,
  exitStatusOf,
  type Run,
  type Suite,
  type SuiteReading,
} from '../kit/result.js';
import { applyDeviations, type Deviation, readDeviations } from '../report/deviations.js';
import { githubAnnotations, githubSummary } from '../report/github.js';
import { jsonReport } from '../report/json.js';
import { junitReport } from '../report/junit.js';
import { modelOf } from '../report/model.js';
import {
  type ProgressOptions,
  progressEnd,
  progressStart,
  progressText,
  terminalReport,
} from '../report/terminal.js';
import { countOf, langOf, textOf } from './flags.js';
import type { Kit } from './kit.js';
import { checkCaseIds } from './listing.js';

/** The days of deviations are days in Beijing. */
const BEIJING_MS = 8 * 3_600_000;

export interface ReportedRun {
  readonly suite: Suite;
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
export function prepareReports(values: FlagValues, kit: Kit, reported: ReportedRun): RunReports {
  const deviations = deviationsOf(textOf(values, 'deviations'));
  for (const { flag } of FILE_REPORTS) {
    const path = textOf(values, flag);
    if (path !== undefined) writing(`--${flag}`, path, () => writeFileSync(path, ''));
  }
  return new RunReports(values, kit, reported, deviations);
}

export class RunReports {
  readonly #values: FlagValues;
  readonly #kit: Kit;
  readonly #reported: ReportedRun;
  readonly #deviations: readonly Deviation[];
  readonly #progress: ProgressOptions;
  readonly #failuresMax: number | undefined;
  readonly #soFar: CaseResult[] = [];
  #startedAtMs: number;

  constructor(
    values: FlagValues,
    kit: Kit,
    reported: ReportedRun,
    deviations: readonly Deviation[],
  ) {
    const { colour, isTerminal } = kit.out;
    this.#values = values;
    this.#kit = kit;
    this.#reported = reported;
    this.#deviations = deviations;
    this.#progress = { lang: langOf(values, kit), colour, isTerminal };
    this.#failuresMax = countOf(values, 'max-failures', { min: 1 });
    this.#startedAtMs = kit.sources.nowMs();
  }

  /** Call it before the first case. */
  begin(): void {
    const { count, subject } = this.#reported;
    this.#startedAtMs = this.#kit.sources.nowMs();
    this.#kit.out.write(progressStart(count, this.#redact()(subject), this.#progress));
  }

  readonly onResult = (result: CaseResult): void => {
    // A passed result contains nothing to hide, and there are many.
    this.#soFar.push(result.status === 'pass' ? result : redactResult(result, this.#redact()));
    this.#kit.out.write(progressText(this.#soFar, this.#reported.count, this.#progress));
  };

  /** Whether the number of `--max-failures` is reached. */
  readonly shouldStop = (done: readonly CaseResult[]): boolean =>
    this.#failuresMax !== undefined && done.filter(isFailure).length >= this.#failuresMax;

  /** Returns the exit status. */
  finish(results: readonly CaseResult[], readings: readonly SuiteReading[] = []): number {
    const { sources, out, version } = this.#kit;
    out.write(progressEnd(this.#progress));
    const today = new Date(sources.nowMs() + BEIJING_MS).toISOString();
    const run: Run = {
      suite: this.#reported.suite,
      subject: this.#reported.subject,
      kitVersion: version,
      startedAtMs: this.#startedAtMs,
      endedAtMs: sources.nowMs(),
      results: applyDeviations(results, this.#deviations, today).map((one) => this.#repeated(one)),
      readings,
      allowNoCase: this.#values['allow-no-case'] === true,
    };
    writeReports(redactRun(run, this.#redact()), this.#values, this.#kit);
    return exitStatusOf(run);
  }

  /** A result that is shown has the command that repeats it. */
  #repeated(result: CaseResult): CaseResult {
    if (!isFailure(result) && result.differences.length === 0) return result;
    const repeated = { ...this.#reported, program: this.#kit.program, values: this.#values };
    return { ...result, repeat: repeatCommand(repeated, result) };
  }

  /** Hides what is known to be secret at the time of the call. */
  #redact(): Redact {
    return redactor(this.#reported.hidden());
  }
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

function writeReports(run: Run, values: FlagValues, kit: Kit): void {
  const { out, env } = kit;
  const model = modelOf(run, langOf(values, kit));
  out.write(terminalReport(model, { colour: out.colour, verbose: values['verbose'] === true }));
  for (const { flag, text } of FILE_REPORTS) {
    const path = textOf(values, flag);
    if (path !== undefined) writing(`--${flag}`, path, () => writeFileSync(path, text(model)));
  }
  if (values['github'] !== true && env['GITHUB_ACTIONS'] !== 'true') return;
  out.annotate(githubAnnotations(model));
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary === undefined || summary === '') return;
  writing('GITHUB_STEP_SUMMARY', summary, () => appendFileSync(summary, githubSummary(model)));
}

/** The flags that affect the result of a case. The others select cases or reports. */
const KEPT_FLAGS = [
  'app',
  'phone',
  'mock',
  'control-url',
  'profile',
  'calibration',
  'spend-limit',
  'timeout',
  'handled-status',
  'lang',
];

interface Repeated extends Pick<ReportedRun, 'suite' | 'command' | 'files'>, Pick<Kit, 'program'> {
  readonly values: FlagValues;
}

/** The shell command that repeats one case with the settings of this run. */
export function repeatCommand(
  { suite, command = [], files = [], program, values }: Repeated,
  result: CaseResult,
): string {
  const flags = KEPT_FLAGS.flatMap((flag) => {
    const value = textOf(values, flag);
    return value === undefined ? [] : [`--${flag}`, word(value)];
  });
  const ids = [...new Set([...(result.about?.scenarios ?? []), result.id])];
  return [
    program,
    'contract',
    suite,
    ...flags,
    ...(values['intercept'] === true ? ['--intercept'] : []),
    // Never the token itself, because a report would reveal it.
    ...(textOf(values, 'control-token') === undefined
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
