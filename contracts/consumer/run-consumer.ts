/** The consumer suite: each scenario with the team's own client, then everything that it sent. */
import type { Operation } from '../index.js';
import type { Level } from '../provider/case.js';
import type { Environment } from '../provider/profile.js';
import type { Sources } from '../provider/run-case.js';
import { type ControlCall, ExchangeError } from '../provider/subject.js';
import { type CaseResult, NOT_RUN_ANY_MORE } from '../results/result.js';
import { SCENARIO_FILES } from '../scenarios/scenario-files.js';
import type { Values } from '../sign/template.js';
import { type Evidence, signingOf } from './evidence.js';
import { type Reporting, scenarioResult, sentResult, startOf } from './results.js';
import { type Ran, runScenario, type ScenarioMeans } from './run-scenario.js';
import type { Scenario, ScenarioFile, SentRow } from './scenario.js';
import { sentCheckOf } from './sent/checks.js';
import { couldNotStart, type Language, otherSigning } from './words.js';
import { openWorld, type ScenarioWorld } from './world.js';

export interface ConsumerChoice {
  readonly operations: readonly Operation[];
  /** Whole ids; all where there is none. */
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
  /** What delays are multiplied by; 1 unless said. */
  readonly delayFactor?: number;
  /** What the command ends with where it handled a "no"; anything but 0 unless said. */
  readonly handledStatus?: number;
  readonly lang: Language;
  readonly env: Environment;
  readonly sources: Sources;
  readonly onResult: (result: CaseResult) => void;
  /** Whether no further scenario is to be run. */
  readonly isEnough?: () => boolean;
  /** Each app's credentials and number, as soon as they are known: they have no place in a report. */
  readonly onWorld?: (values: Values) => void;
}

/** What happened so far. */
interface Progress {
  readonly results: CaseResult[];
  readonly sent: Evidence[];
  readonly worlds: ScenarioWorld[];
}

interface Running {
  readonly options: ConsumerOptions;
  readonly means: ScenarioMeans;
  readonly reporting: Reporting;
  readonly progress: Progress;
}

export async function runConsumer(options: ConsumerOptions): Promise<readonly CaseResult[]> {
  const { delayFactor = 1, handledStatus, lang, mock, keptAt } = options;
  const progress: Progress = { results: [], sent: [], worlds: [] };
  const running: Running = {
    options,
    means: { ...options, delayFactor },
    reporting: { handledStatus, lang, mock, ...(keptAt !== undefined && { keptAt }) },
    progress,
  };
  try {
    for (const file of SCENARIO_FILES) if (options.operations.includes(file.operation)) await runFile(running, file);
    return progress.results;
  } finally {
    // Kept till now, for the explanations; a mock that is gone has none of them any more.
    const kept = new Set(progress.results.map((result) => result.kept?.appId));
    const done = progress.worlds.filter(({ values }) => !kept.has(values['appId']));
    for (const { control } of done) await control.remove().catch(() => undefined);
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

async function runFile(running: Running, { operation, scenarios, sent }: ScenarioFile): Promise<void> {
  const { options, progress } = running;
  const before = [...progress.sent];
  const chosen = scenarios.filter((scenario) => isChosen(scenario, options));
  const checks = sent.filter((row) => isChosen(row, options));
  for (const scenario of chosen) report(running, await resultOf(running, operation, scenario));
  // Somebody who asks about what is sent alone gets it from one plain call.
  const [plain] = scenarios;
  if (chosen.length === 0 && checks.length > 0 && plain !== undefined) await resultOf(running, operation, plain);
  const own = progress.sent.slice(before.length);
  for (const row of checks) {
    const { judge, findings } = sentCheckOf(row.id);
    report(
      running,
      await sentResult(operation, row, { verdict: judge(own, before), findings, reporting: running.reporting }),
    );
  }
}

function report({ options, progress }: Running, result: CaseResult): void {
  progress.results.push(result);
  options.onResult(result);
}

/** What goes wrong on our side is the result `error`. */
async function resultOf(running: Running, operation: Operation, scenario: Scenario): Promise<CaseResult> {
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
    if (running.options.isEnough?.() === true) return untold('skip', NOT_RUN_ANY_MORE);
    const known = aboutOthers(running, operation, scenario);
    if (known !== undefined) return untold('skip', known);
    const ran = await ranIn(running, operation, scenario);
    const trouble = startTrouble(running.options, ran);
    if (trouble !== undefined) return untold('error', trouble);
    const seen = aboutOthers(running, operation, scenario);
    if (seen !== undefined) return untold('skip', seen);
    const durationMs = sources.nowMs() - startedAtMs;
    return await scenarioResult(ran, { durationMs, reporting: running.reporting });
  } catch (error) {
    if (error instanceof ExchangeError) return untold('error', error.message);
    throw error;
  }
}

async function ranIn({ progress, means, options }: Running, operation: Operation, scenario: Scenario): Promise<Ran> {
  const world = await openWorld(means.mock.control, operation, scenario);
  progress.worlds.push(world);
  options.onWorld?.(world.values);
  const ran = await runScenario({ operation, scenario, world }, means);
  progress.sent.push(...ran.sent);
  return ran;
}

function startTrouble({ command, lang }: ConsumerOptions, { ended }: Ran): string | undefined {
  return ended.kind === 'not started' ? couldNotStart(command[0], ended.why)[lang] : undefined;
}

/** How the client signs is known by what it sent so far. */
function aboutOthers({ progress, options }: Running, operation: Operation, { given }: Scenario): string | undefined {
  const last = progress.sent.findLast((evidence) => evidence.operation === operation && evidence.fields !== undefined);
  if (given?.signing === undefined || last === undefined || signingOf(last) === given.signing) return undefined;
  return otherSigning(given.signing)[options.lang];
}
