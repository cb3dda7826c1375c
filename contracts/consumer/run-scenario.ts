/** Runs one scenario: starts the recorder, runs the command once, and collects its requests. */
import type { Operation } from '../index.js';
import { httpSubject } from '../kit/http-subject.js';
import type { Sources } from '../kit/send-case.js';
import { durationToMs } from '../kit/time.js';
import type { ControlCall } from '../kit/wire.js';
import type { Environment } from '../provider/profile.js';
import { type Evidence, fieldsIn } from '../sent/evidence.js';
import type { Alteration, Scenario } from '../sent/scenario.js';
import { startRecorder } from './recorder.js';
import { type Ended, runCommand } from './run-command.js';
import { type ScenarioApp, variablesOf } from './scenario-app.js';

export interface ScenarioRunOptions {
  readonly command: readonly [string, ...string[]];
  readonly mock: { readonly url: string; readonly control: ControlCall };
  /** The time limit for one run of the command, plus the scenario's delays. */
  readonly timeoutMs: number;
  /** The factor for delays. */
  readonly delayFactor: number;
  readonly env: Environment;
  readonly sources: Sources;
}

/** A scenario with its app. */
export interface Staged {
  readonly operation: Operation;
  readonly scenario: Scenario;
  readonly scenarioApp: ScenarioApp;
  /** The number of the job that runs it, from 1. */
  readonly job: number;
}

export interface Ran extends Staged {
  readonly sent: readonly Evidence[];
  readonly ended: Ended;
  readonly limitMs: number;
}

/** The time limit for the mock, which runs nearby. */
const MOCK_TIMEOUT_MS = 10_000;

/** Rejects with an ExchangeError if the mock refuses a control call or does not respond. */
export async function runScenario(
  { operation, scenario, scenarioApp, job }: Staged,
  options: ScenarioRunOptions,
): Promise<Ran> {
  const { mock, sources, command, env } = options;
  const times = timesOf(scenario, options);
  const recorder = await startRecorder({
    mock: httpSubject({ baseUrl: mock.url, timeoutMs: MOCK_TIMEOUT_MS }),
    alteration: scenario.answer.recorder ?? {},
    values: scenarioApp.values,
    delivery: { delayMs: times.delayMs, overMs: times.overMs },
    listensAfterMs: times.listensAfterMs,
    nowMs: sources.nowMs,
  });
  const variables = variablesOf(scenarioApp, { baseUrl: recorder.url, operation, id: scenario.id, job });
  const ended = await runCommand({ command, env: { ...env, ...variables }, limitMs: times.limitMs });
  const recorded = await recorder.end();
  const charged = await scenarioApp.control.charged();
  const sent = recorded.map((one) => ({
    ...one,
    operation,
    scenario,
    values: scenarioApp.values,
    decidedBy: one.carrier?.headers['x-mock-decided-by'],
    charged,
    fields: fieldsIn(one.request.body),
  }));
  return { operation, scenario, scenarioApp, job, sent, ended, limitMs: times.limitMs };
}

/** The maximum time that the scenario only waits. */
export function waitMsOf(scenario: Scenario, options: Pick<ScenarioRunOptions, 'delayFactor'>): number {
  return timesOf(scenario, { ...options, timeoutMs: 0 }).limitMs;
}

interface Times {
  readonly delayMs: number;
  readonly overMs: number | undefined;
  readonly listensAfterMs: number | 'never' | undefined;
  readonly limitMs: number;
}

function timesOf(
  { answer }: Scenario,
  { delayFactor, timeoutMs }: Pick<ScenarioRunOptions, 'delayFactor' | 'timeoutMs'>,
): Times {
  const ms = (duration: string | undefined) => (duration === undefined ? 0 : durationToMs(duration) * delayFactor);
  const { over, listening }: Alteration = answer.recorder ?? {};
  const delayMs = ms(answer.delay);
  const overMs = ms(over);
  const isLate = typeof listening === 'object';
  const afterMs = isLate ? ms(listening.after) : 0;
  return {
    delayMs,
    overMs: over === undefined ? undefined : overMs,
    listensAfterMs: isLate ? afterMs : listening,
    limitMs: timeoutMs + delayMs + overMs + afterMs,
  };
}
