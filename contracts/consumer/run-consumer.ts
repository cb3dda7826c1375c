/** The consumer suite: each scenario with the team's own client, several at a time, then everything that it sent. */
import type { Operation } from '../index.js';
import { inJobs } from '../jobs.js';
import type { Level } from '../provider/case.js';
import type { Environment } from '../provider/profile.js';
import type { Sources } from '../provider/run-case.js';
import { type ControlCall, ExchangeError } from '../provider/subject.js';
import { type CaseResult, NOT_RUN_ANY_MORE } from '../results/result.js';
import { SCENARIO_FILES } from '../scenarios/scenario-files.js';
import type { Values } from '../sign/template.js';
import { type Evidence, signingOf } from './evidence.js';
import { type Reporting, scenarioResult, sentResult, startOf } from './results.js';
import { type Ran, runScenario, type ScenarioMeans, waitMsOf } from './run-scenario.js';
import { exchangeSaver, type Saving } from './save.js';
import type { Scenario, ScenarioFile, SentRow } from './scenario.js';
import { sentCheckOf } from './sent/checks.js';
import { couldNotStart, type Language, otherSigning } from './words.js';
import { openWorld, type ScenarioWorld } from './world.js';

export interface ConsumerChoice {
  readonly operations: readonly Operation[];
  /** Whole ids; empty means all. */
  readonly only: readonly string[];
  readonly levels: readonly Level[];
}

export interface ConsumerOptions extends ConsumerChoice {
  readonly command: readonly [string, ...string[]];
  /** A running mock. */
  readonly mock: { readonly url: string; readonly control: ControlCall };
  /** Where the mock's control API is, if what failed scenarios made is to be kept. */
  readonly keptAt?: string;
  /** For one run of the command, beyond the scenario's own delay. */
  readonly timeoutMs: number;
  /** How many commands run at a time; 1 by default. */
  readonly jobs?: number;
  /** What delays are multiplied by; 1 unless said. */
  readonly delayFactor?: number;
  /** What the command ends with where it handled a "no"; anything but 0 unless said. */
  readonly handledStatus?: number;
  /** Where exchanges are saved; nowhere by default. */
  readonly saving?: Saving;
  readonly lang: Language;
  readonly env: Environment;
  readonly sources: Sources;
  /** In the order of the scenarios, whichever is done first. */
  readonly onResult: (result: CaseResult) => void;
  /** Whether no further scenario is to be run. */
  readonly isEnough?: (done: readonly CaseResult[]) => boolean;
  /** Each app's credentials and number, as soon as they are known: they have no place in a report. */
  readonly onWorld?: (values: Values) => void;
}

/** A scenario to run. */
interface Piece {
  readonly operation: Operation;
  readonly scenario: Scenario;
}

interface Running {
  readonly options: ConsumerOptions;
  readonly means: ScenarioMeans;
  readonly reporting: Reporting;
  /** In the order in which they ended. */
  readonly done: CaseResult[];
  /** In the order of the reports. */
  readonly results: CaseResult[];
  /** Those that are done. */
  readonly ran: Map<Scenario, Ran>;
  readonly worlds: ScenarioWorld[];
}

export async function runConsumer(options: ConsumerOptions): Promise<readonly CaseResult[]> {
  const { delayFactor = 1, handledStatus, lang, mock, jobs = 1, saving, keptAt } = options;
  const means = { ...options, delayFactor };
  const files = SCENARIO_FILES.filter(({ operation }) => options.operations.includes(operation));
  const pieces = files.flatMap((file) => piecesOf(file, options));
  const scenarios = pieces.map(({ scenario }) => scenario);
  const saver = saving && exchangeSaver(saving, scenarios);
  const reporting = { handledStatus, lang, mock, saver, ...(keptAt !== undefined && { keptAt }) };
  const running: Running = { options, means, reporting, done: [], results: [], ran: new Map(), worlds: [] };
  const done = inJobs(pieces, {
    jobs,
    waitMs: ({ scenario }) => waitMsOf(scenario, means),
    run: async (piece, job) => {
      const result = await resultOf(running, piece, job);
      running.done.push(result);
      return result;
    },
  });
  try {
    return await reported(running, files, new Map(scenarios.map((scenario, at) => [scenario, done[at]])));
  } finally {
    await Promise.allSettled(done);
    // Kept till now, for the explanations; a mock that is gone has none of them any more.
    const kept = new Set(running.results.map((result) => result.kept?.appId));
    const over = running.worlds.filter(({ values }) => !kept.has(values['appId']));
    for (const { control } of over) await control.remove().catch(() => undefined);
  }
}

/** A scenario or a check of what was sent, with its operation. */
export interface ChosenRow extends SentRow {
  readonly operation: Operation;
}

/** What there will be a result of, in order. */
export function chosenRows(choice: ConsumerChoice): readonly ChosenRow[] {
  return SCENARIO_FILES.filter(({ operation }) => choice.operations.includes(operation)).flatMap(
    ({ operation, scenarios, sent }) =>
      [...scenarios, ...sent].filter((row) => isChosen(row, choice)).map((row) => ({ ...row, operation })),
  );
}

function isChosen({ id, level }: SentRow, { only, levels }: ConsumerChoice): boolean {
  return levels.includes(level) && (only.length === 0 || only.includes(id));
}

function chosenOf<Row extends SentRow>(rows: readonly Row[], choice: ConsumerChoice): readonly Row[] {
  return rows.filter((row) => isChosen(row, choice));
}

/** If only checks of what is sent are chosen, one plain call is made for them. */
function piecesOf({ operation, scenarios, sent }: ScenarioFile, choice: ConsumerChoice): readonly Piece[] {
  const chosen = chosenOf(scenarios, choice);
  const isPlainNeeded = chosen.length === 0 && chosenOf(sent, choice).length > 0;
  return (isPlainNeeded ? scenarios.slice(0, 1) : chosen).map((scenario) => ({ operation, scenario }));
}

/** The results in the order of the files: those of an operation's scenarios, then those of all that they had sent. */
async function reported(
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
      report(await sentResult(operation, row, { verdict: judge(own, before), findings, ranOf, reporting }));
    }
    before.push(...own);
  }
  return results;
}

/** What goes wrong on our side is the result `error`. */
async function resultOf(running: Running, piece: Piece, job: number): Promise<CaseResult> {
  const { operation, scenario } = piece;
  const { sources } = running.options;
  const startedAtMs = sources.nowMs();
  const untold = (status: 'skip' | 'error', reason: string): CaseResult => ({
    ...startOf(operation, scenario),
    durationMs: sources.nowMs() - startedAtMs,
    differences: [],
    status,
    reason,
  });
  try {
    if (running.options.isEnough?.(running.done) === true) return untold('skip', NOT_RUN_ANY_MORE);
    const known = aboutOthers(running, piece);
    if (known !== undefined) return untold('skip', known);
    const ran = await ranIn(running, piece, job);
    const trouble = startTrouble(running.options, ran);
    if (trouble !== undefined) return untold('error', trouble);
    const seen = aboutOthers(running, piece);
    if (seen !== undefined) return untold('skip', seen);
    const durationMs = sources.nowMs() - startedAtMs;
    return await scenarioResult(ran, { durationMs, reporting: running.reporting });
  } catch (error) {
    if (error instanceof ExchangeError) return untold('error', error.message);
    throw error;
  }
}

async function ranIn(running: Running, piece: Piece, job: number): Promise<Ran> {
  const { worlds, means, options } = running;
  const world = await openWorld(means.mock.control, piece.operation, piece.scenario);
  worlds.push(world);
  options.onWorld?.(world.values);
  const ran = await runScenario({ ...piece, world, job }, means);
  running.ran.set(piece.scenario, ran);
  return ran;
}

function startTrouble({ command, lang }: ConsumerOptions, { ended }: Ran): string | undefined {
  return ended.kind === 'not started' ? couldNotStart(command[0], ended.why)[lang] : undefined;
}

/** How the client signs is known by what the scenario itself had sent, or else by what others had. */
function aboutOthers({ ran, options }: Running, { operation, scenario }: Piece): string | undefined {
  const { given } = scenario;
  const all = [...[...ran.values()].flatMap(({ sent }) => sent), ...(ran.get(scenario)?.sent ?? [])];
  const last = all.findLast((evidence) => evidence.operation === operation && evidence.fields !== undefined);
  if (given?.signing === undefined || last === undefined || signingOf(last) === given.signing) return undefined;
  return otherSigning(given.signing)[options.lang];
}
