/** The consumer suite: runs each scenario with the user's client, several in parallel, then checks all requests. */

import type { Bilingual, Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { type Choice, isChosen, type Row, type RowFile } from '../kit/case.js';
import { SCENARIO_FILES, type Scenario, type ScenarioFile } from '../kit/case-files.js';
import { inJobs } from '../kit/jobs.js';
import { schemeOf } from '../kit/operations.js';
import type { Values } from '../kit/pointer.js';
import { type CaseResult, NOT_RUN_AFTER_MAX_FAILURES, resultOf } from '../kit/result.js';
import { ExchangeError } from '../kit/wire.js';
import { sentCheckOf } from '../sent/checks.js';
import { couldNotStart } from '../sent/words.js';
import { checkResult, type JudgedRequests, type Reporting, scenarioResult } from './results.js';
import {
  openScenarioApp,
  type Ran,
  runScenario,
  type ScenarioApp,
  type ScenarioRunOptions,
} from './run-scenario.js';
import { exchangeSaver, type Saving } from './save.js';

export interface ConsumerOptions extends Choice, ScenarioRunOptions, Omit<Reporting, 'saver'> {
  /** The number of parallel commands; 1 by default. */
  readonly jobs?: number;
  /** The folder for saved exchanges; by default none are saved. */
  readonly saving?: Saving;
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

interface ConsumerRun {
  readonly options: ConsumerOptions & Reporting;
  /** In the order of completion. */
  readonly done: CaseResult[];
  /** In the order of the reports. */
  readonly results: CaseResult[];
  /** The completed scenarios. */
  readonly ran: Map<Scenario, Ran>;
  readonly apps: ScenarioApp[];
}

/** Reports the scenarios in the order of the files, then the checks of their requests. */
export async function runConsumer(options: ConsumerOptions): Promise<readonly CaseResult[]> {
  const { jobs = 1, saving } = options;
  const files = SCENARIO_FILES.filter(({ operation }) => options.operations.includes(operation));
  const pieces = files.flatMap((file) => scenariosToRun(file, options));
  const scenarios = pieces.map(({ scenario }) => scenario);
  const saver = saving && exchangeSaver(saving, scenarios);
  const reporting = { ...options, saver };
  const running: ConsumerRun = {
    options: reporting,
    done: [],
    results: [],
    ran: new Map(),
    apps: [],
  };
  const { results, apps } = running;
  const report = (result: CaseResult) => {
    results.push(result);
    options.onResult(result);
  };
  try {
    await inJobs(pieces, {
      jobs,
      run: (piece, job) => pieceResult(running, piece, job),
      onResult: (result, { scenario }) => isChosen(scenario, options) && report(result),
    });
    for (const judged of checksOf(running, files)) report(await checkResult(judged, reporting));
    return results;
  } finally {
    // The apps are removed only now, because explanations need them. If the mock has stopped, they are gone.
    const kept = new Set(results.map((result) => result.kept?.appId));
    const over = apps.filter(({ values }) => !kept.has(values['appId']));
    for (const { control } of over) await control.remove().catch(() => undefined);
  }
}

/** The rows that have a result, in order. */
export const CONSUMER_ROWS: readonly RowFile<Row>[] = SCENARIO_FILES.map(
  ({ operation, scenarios, sent }) => ({
    operation,
    rows: [...scenarios, ...sent],
  }),
);

function chosenOf<R extends Row>(rows: readonly R[], choice: Choice): readonly R[] {
  return rows.filter((row) => isChosen(row, choice));
}

/** If only checks of sent requests are selected, one plain call is made for them. */
function scenariosToRun(
  { operation, scenarios, sent }: ScenarioFile,
  choice: Choice,
): readonly Piece[] {
  const chosen = chosenOf(scenarios, choice);
  const isPlainNeeded = chosen.length === 0 && chosenOf(sent, choice).length > 0;
  return (isPlainNeeded ? scenarios.slice(0, 1) : chosen).map((scenario) => ({
    operation,
    scenario,
  }));
}

/** The chosen checks, with the requests of their operation and of the operations before it. */
function checksOf(
  { options, ran }: ConsumerRun,
  files: readonly ScenarioFile[],
): readonly JudgedRequests[] {
  const sentIn = ({ scenarios }: ScenarioFile) =>
    scenarios.flatMap((scenario) => ran.get(scenario)?.sent ?? []);
  return files.flatMap((file, at) => {
    const before = files.slice(0, at).flatMap(sentIn);
    return chosenOf(file.sent, options).map((row) => {
      const { judge, findings } = sentCheckOf(row.id);
      const verdict = judge(sentIn(file), before);
      return {
        operation: file.operation,
        row,
        verdict,
        findings,
        ranOf: (scenario: Scenario) => ran.get(scenario),
      };
    });
  });
}

/** A failure of the kit or the mock is the result `error`. */
async function pieceResult(running: ConsumerRun, piece: Piece, job: number): Promise<CaseResult> {
  const { operation, scenario } = piece;
  const { options, done } = running;
  const startedAtMs = options.sources.nowMs();
  const durationMs = () => options.sources.nowMs() - startedAtMs;
  const resultWithout = (status: 'skip' | 'error', reason: Words): CaseResult =>
    resultOf('consumer', operation, scenario, {
      durationMs: durationMs(),
      differences: [],
      status,
      reason,
    });
  const judged = async (): Promise<CaseResult> => {
    if (options.shouldStop?.(done) === true)
      return resultWithout('skip', NOT_RUN_AFTER_MAX_FAILURES);
    const known = skipReason(running, piece);
    if (known !== undefined) return resultWithout('skip', known);
    const ran = await runPiece(running, piece, job);
    if (ran.ended.kind === 'not started')
      return resultWithout('error', couldNotStart(options.command[0], ran.ended.why));
    const seen = skipReason(running, piece);
    if (seen !== undefined) return resultWithout('skip', seen);
    return scenarioResult(ran, durationMs(), options);
  };
  const result = await judged().catch((error: unknown) => {
    if (error instanceof ExchangeError) return resultWithout('error', error.words);
    throw error;
  });
  done.push(result);
  return result;
}

async function runPiece(running: ConsumerRun, piece: Piece, job: number): Promise<Ran> {
  const { apps, options } = running;
  const scenarioApp = await openScenarioApp(options.mock.control, piece.operation, piece.scenario);
  apps.push(scenarioApp);
  options.onApp?.(scenarioApp.values);
  const ran = await runScenario({ ...piece, scenarioApp, job }, options);
  running.ran.set(piece.scenario, ran);
  return ran;
}

/** Skips a scenario for another signing mode. The latest request of the client, in this or another scenario, shows its mode. */
function skipReason({ ran }: ConsumerRun, { operation, scenario }: Piece): Bilingual | undefined {
  const { given } = scenario;
  const all = [
    ...[...ran.values()].flatMap(({ sent }) => sent),
    ...(ran.get(scenario)?.sent ?? []),
  ];
  const last = all.findLast(
    (evidence) => evidence.operation === operation && evidence.fields !== undefined,
  );
  if (
    given?.signing === undefined ||
    last === undefined ||
    schemeOf(operation, last.fields).signing === given.signing
  )
    return undefined;
  return {
    en: `applies only to requests signed with ${given.signing}`,
    zh: `只针对以 ${given.signing} 签名的请求`,
  };
}
