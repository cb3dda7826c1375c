/** The consumer suite: runs each scenario with the user's client, several in parallel, then checks all requests. */

import type { Bilingual, Language, Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { type Choice, isChosen, type Row } from '../kit/case.js';
import { inJobs } from '../kit/jobs.js';
import { schemeOf } from '../kit/operations.js';
import type { Values } from '../kit/pointer.js';
import { type CaseResult, NOT_RUN_AFTER_MAX_FAILURES, resultOf } from '../kit/result.js';
import type { Sources } from '../kit/send-case.js';
import { type ControlCall, type Environment, ExchangeError } from '../kit/wire.js';
import { sentCheckOf } from '../sent/checks.js';
import { couldNotStart, otherSigning } from '../sent/words.js';
import { checkResult, type Reporting, scenarioResult } from './results.js';
import {
  type Evidence,
  openScenarioApp,
  type Ran,
  runScenario,
  type ScenarioApp,
  type ScenarioRunOptions,
} from './run-scenario.js';
import { exchangeSaver, type Saving } from './save.js';
import { SCENARIO_FILES, type Scenario, type ScenarioFile } from './scenario.js';

export interface ConsumerOptions extends Choice {
  readonly command: readonly [string, ...string[]];
  /** A running mock. */
  readonly mock: { readonly url: string; readonly control: ControlCall };
  /** The URL of the mock's control API, if the apps of failed scenarios are kept. */
  readonly keptAppsUrl?: string;
  /** The time limit for one run of the command, plus the scenario's delay. */
  readonly timeoutMs: number;
  /** The number of parallel commands; 1 by default. */
  readonly jobs?: number;
  /** The factor for delays; 1 by default. */
  readonly delayFactor?: number;
  /** The exit status of a handled refusal; by default any status except 0. */
  readonly handledStatus?: number;
  /** The folder for saved exchanges; by default none are saved. */
  readonly saving?: Saving;
  readonly lang: Language;
  readonly env: Environment;
  readonly sources: Sources;
  /** Called in the order of the scenarios. */
  readonly onResult: (result: CaseResult) => void;
  /** Whether to run no further scenario. */
  readonly shouldStop?: (done: readonly CaseResult[]) => boolean;
  /** Receives the credentials and the number of each app as soon as they exist, so that reports can hide them. */
  readonly onApp?: (values: Values) => void;
}

/** A scenario to run. */
interface Piece {
  readonly operation: Operation;
  readonly scenario: Scenario;
}

interface Running {
  readonly options: ConsumerOptions;
  readonly scenarioOptions: ScenarioRunOptions;
  readonly reporting: Reporting;
  /** In the order of completion. */
  readonly done: CaseResult[];
  /** In the order of the reports. */
  readonly results: CaseResult[];
  /** The completed scenarios. */
  readonly ran: Map<Scenario, Ran>;
  readonly apps: ScenarioApp[];
}

export async function runConsumer(options: ConsumerOptions): Promise<readonly CaseResult[]> {
  const { delayFactor = 1, handledStatus, lang, mock, jobs = 1, saving, keptAppsUrl } = options;
  const scenarioOptions = { ...options, delayFactor };
  const files = SCENARIO_FILES.filter(({ operation }) => options.operations.includes(operation));
  const pieces = files.flatMap((file) => scenariosToRun(file, options));
  const scenarios = pieces.map(({ scenario }) => scenario);
  const saver = saving && exchangeSaver(saving, scenarios);
  const reporting = { handledStatus, lang, mock, saver, keptAppsUrl };
  const running: Running = { options, scenarioOptions, reporting, done: [], results: [], ran: new Map(), apps: [] };
  const done = inJobs(pieces, {
    jobs,
    run: async (piece, job) => {
      const result = await pieceResult(running, piece, job);
      running.done.push(result);
      return result;
    },
  });
  try {
    return await reportInOrder(running, files, new Map(scenarios.map((scenario, at) => [scenario, done[at]])));
  } finally {
    await Promise.allSettled(done);
    // The apps are removed only now, because explanations need them. If the mock has stopped, they are gone.
    const kept = new Set(running.results.map((result) => result.kept?.appId));
    const over = running.apps.filter(({ values }) => !kept.has(values['appId']));
    for (const { control } of over) await control.remove().catch(() => undefined);
  }
}

/** A scenario or a check of what was sent, with its operation. */
export interface ChosenRow extends Row {
  readonly operation: Operation;
}

/** The rows that will have a result, in order. */
export function chosenRows(choice: Choice): readonly ChosenRow[] {
  return SCENARIO_FILES.filter(({ operation }) => choice.operations.includes(operation)).flatMap(
    ({ operation, scenarios, sent }) =>
      [...scenarios, ...sent].filter((row) => isChosen(row, choice)).map((row) => ({ ...row, operation })),
  );
}

function chosenOf<R extends Row>(rows: readonly R[], choice: Choice): readonly R[] {
  return rows.filter((row) => isChosen(row, choice));
}

/** If only checks of sent requests are selected, one plain call is made for them. */
function scenariosToRun({ operation, scenarios, sent }: ScenarioFile, choice: Choice): readonly Piece[] {
  const chosen = chosenOf(scenarios, choice);
  const isPlainNeeded = chosen.length === 0 && chosenOf(sent, choice).length > 0;
  return (isPlainNeeded ? scenarios.slice(0, 1) : chosen).map((scenario) => ({ operation, scenario }));
}

/** Reports the results in the order of the files: the scenarios of an operation, then the checks of their requests. */
async function reportInOrder(
  running: Running,
  files: readonly ScenarioFile[],
  done: ReadonlyMap<Scenario, Promise<CaseResult> | undefined>,
): Promise<readonly CaseResult[]> {
  const { options, results, ran, reporting } = running;
  const ranOf = (scenario: Scenario) => ran.get(scenario);
  const report = (result: CaseResult) => {
    results.push(result);
    options.onResult(result);
  };
  const before: Evidence[] = [];
  for (const { operation, scenarios, sent: rows } of files) {
    for (const scenario of scenarios) {
      const result = await done.get(scenario);
      if (result !== undefined && isChosen(scenario, options)) report(result);
    }
    const own = scenarios.flatMap((scenario) => ran.get(scenario)?.sent ?? []);
    for (const row of chosenOf(rows, options)) {
      const { judge, findings } = sentCheckOf(row.id);
      report(await checkResult({ operation, row, verdict: judge(own, before), findings, ranOf }, reporting));
    }
    before.push(...own);
  }
  return results;
}

/** A failure of the kit or the mock is the result `error`. */
async function pieceResult(running: Running, piece: Piece, job: number): Promise<CaseResult> {
  const { operation, scenario } = piece;
  const { sources } = running.options;
  const startedAtMs = sources.nowMs();
  const durationMs = () => sources.nowMs() - startedAtMs;
  const resultWithout = (status: 'skip' | 'error', reason: Words): CaseResult =>
    resultOf('consumer', operation, scenario, { durationMs: durationMs(), differences: [], status, reason });
  try {
    if (running.options.shouldStop?.(running.done) === true) return resultWithout('skip', NOT_RUN_AFTER_MAX_FAILURES);
    const known = skipReason(running, piece);
    if (known !== undefined) return resultWithout('skip', known);
    const ran = await runPiece(running, piece, job);
    const { ended } = ran;
    if (ended.kind === 'not started')
      return resultWithout('error', couldNotStart(running.options.command[0], ended.why));
    const seen = skipReason(running, piece);
    if (seen !== undefined) return resultWithout('skip', seen);
    return await scenarioResult(ran, { durationMs: durationMs(), reporting: running.reporting });
  } catch (error) {
    if (error instanceof ExchangeError) return resultWithout('error', error.words);
    throw error;
  }
}

async function runPiece(running: Running, piece: Piece, job: number): Promise<Ran> {
  const { apps, scenarioOptions, options } = running;
  const scenarioApp = await openScenarioApp(scenarioOptions.mock.control, piece.operation, piece.scenario);
  apps.push(scenarioApp);
  options.onApp?.(scenarioApp.values);
  const ran = await runScenario({ ...piece, scenarioApp, job }, scenarioOptions);
  running.ran.set(piece.scenario, ran);
  return ran;
}

/** Skips a scenario for another signing mode. The latest request of the client, in this or another scenario, shows its mode. */
function skipReason({ ran }: Running, { operation, scenario }: Piece): Bilingual | undefined {
  const { given } = scenario;
  const all = [...[...ran.values()].flatMap(({ sent }) => sent), ...(ran.get(scenario)?.sent ?? [])];
  const last = all.findLast((evidence) => evidence.operation === operation && evidence.fields !== undefined);
  if (given?.signing === undefined || last === undefined || schemeOf(operation, last.fields).signing === given.signing)
    return undefined;
  return otherSigning(given.signing);
}
