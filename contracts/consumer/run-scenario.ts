/** One scenario: a world, the recorder, the command run once, and what it came to. */
import type { Operation } from '../index.js';
import { httpSubject } from '../provider/http-subject.js';
import type { Environment } from '../provider/profile.js';
import type { Sources } from '../provider/run-case.js';
import type { ControlCall } from '../provider/subject.js';
import { durationToMs } from '../sign/time.js';
import { type Evidence, fieldsIn } from './evidence.js';
import { startRecorder } from './recorder.js';
import { type Ended, runCommand } from './run-command.js';
import type { Alteration, Scenario } from './scenario.js';
import { type ScenarioWorld, variablesOf } from './world.js';

export interface ScenarioMeans {
  readonly command: readonly [string, ...string[]];
  readonly mock: { readonly url: string; readonly control: ControlCall };
  /** For one run of the command, beyond the scenario's own delays. */
  readonly timeoutMs: number;
  /** What delays are multiplied by. */
  readonly delayFactor: number;
  readonly env: Environment;
  readonly sources: Sources;
}

/** A scenario in the world that was opened for it. */
export interface Staged {
  readonly operation: Operation;
  readonly scenario: Scenario;
  readonly world: ScenarioWorld;
  /** Which of the jobs runs it, from 1. */
  readonly job: number;
}

export interface Ran extends Staged {
  readonly sent: readonly Evidence[];
  readonly ended: Ended;
  readonly limitMs: number;
}

/** How long the mock, which is near, may take. */
const MOCK_TIMEOUT_MS = 10_000;

/** Rejects with an ExchangeError where the mock refuses or does not answer. */
export async function runScenario({ operation, scenario, world, job }: Staged, means: ScenarioMeans): Promise<Ran> {
  const { mock, sources, command, env } = means;
  const times = timesOf(scenario, means);
  const recorder = await startRecorder({
    mock: httpSubject({ baseUrl: mock.url, timeoutMs: MOCK_TIMEOUT_MS }),
    alteration: scenario.answer.recorder ?? {},
    values: world.values,
    delivery: { delayMs: times.delayMs, overMs: times.overMs },
    listensAfterMs: times.listensAfterMs,
    nowMs: sources.nowMs,
  });
  const variables = variablesOf(world, { baseUrl: recorder.url, operation, id: scenario.id, job });
  const ended = await runCommand({ command, env: { ...env, ...variables }, limitMs: times.limitMs });
  const recorded = await recorder.end();
  const charged = await world.control.charged();
  const sent = recorded.map((one) => ({
    ...one,
    operation,
    scenario,
    values: world.values,
    decidedBy: one.carrier?.headers['x-mock-decided-by'],
    charged,
    fields: fieldsIn(one.request.body),
  }));
  return { operation, scenario, world, job, sent, ended, limitMs: times.limitMs };
}

/** How long the scenario waits for nothing but the time to pass, at most. */
export function waitMsOf(scenario: Scenario, means: Pick<ScenarioMeans, 'delayFactor'>): number {
  return timesOf(scenario, { ...means, timeoutMs: 0 }).limitMs;
}

interface Times {
  readonly delayMs: number;
  readonly overMs: number | undefined;
  readonly listensAfterMs: number | 'never' | undefined;
  readonly limitMs: number;
}

function timesOf(
  { answer }: Scenario,
  { delayFactor, timeoutMs }: Pick<ScenarioMeans, 'delayFactor' | 'timeoutMs'>,
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
