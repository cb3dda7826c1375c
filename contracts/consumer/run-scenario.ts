/** Runs one scenario: starts the recorder, runs the command once, and collects its requests. */

import type { Operation } from '../index.js';
import type { Alteration, Scenario } from '../kit/case-files.js';
import { type AppControl, openApp } from '../kit/control.js';
import { requestFields } from '../kit/documents.js';
import { httpSubject } from '../kit/http.js';
import { OPERATIONS } from '../kit/operations.js';
import type { Values } from '../kit/pointer.js';
import type { Sources } from '../kit/send-case.js';
import { durationToMs } from '../kit/time.js';
import type { ControlCall, Environment, WireRequest } from '../kit/wire.js';
import type { Sent } from '../sent/check.js';
import { baseVariables, variablesOf } from './driver-variables.js';
import { type Interception, interceptionVariables } from './intercept.js';
import { type Recorded, startRecorder } from './recorder.js';
import { type Ended, runCommand } from './run-command.js';

export interface ScenarioRunOptions {
  readonly command: readonly [string, ...string[]];
  readonly mock: { readonly url: string; readonly control: ControlCall };
  /** The time limit for one run of the command, plus the scenario's delays. */
  readonly timeoutMs: number;
  /** The factor for delays; 1 by default. */
  readonly delayFactor?: number;
  readonly env: Environment;
  readonly sources: Sources;
  /** For a client with a fixed https address. */
  readonly interception?: Interception | undefined;
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

/** A request that the recorder received in a scenario. */
export interface Evidence extends Recorded, Sent {
  readonly request: WireRequest;
  readonly atMs: number;
  readonly scenario: Scenario;
}

/** The time limit for the mock, which runs nearby. */
const MOCK_TIMEOUT_MS = 10_000;

/** Rejects with an ExchangeError if the mock refuses a control call or does not respond. */
export async function runScenario(
  { operation, scenario, scenarioApp, job }: Staged,
  options: ScenarioRunOptions,
): Promise<Ran> {
  const { mock, sources, command, env, interception } = options;
  const { delivery, listensAfterMs, limitMs } = timesOf(scenario, options);
  const recorder = await startRecorder({
    mock: httpSubject({ baseUrl: mock.url, timeoutMs: MOCK_TIMEOUT_MS }),
    alteration: scenario.answer.recorder ?? {},
    values: scenarioApp.values,
    delivery,
    listensAfterMs,
    nowMs: sources.nowMs,
    interception,
  });
  const intercepted = interception && interceptionVariables(recorder.url, interception);
  const variables = {
    ...baseVariables(recorder.url),
    ...variablesOf({ operation, scenario: scenario.id, job }, scenarioApp.values),
  };
  const ended = await runCommand({
    command,
    env: { ...env, ...variables, ...intercepted },
    limitMs,
  });
  const recorded = await recorder.end();
  const charged = await scenarioApp.control.charged();
  const sent = recorded.map((one) => ({
    ...one,
    operation,
    scenario,
    values: scenarioApp.values,
    decidedBy: one.carrier?.headers['x-mock-decided-by'],
    charged,
    fields: requestFields(operation, one.request),
  }));
  return { operation, scenario, scenarioApp, job, sent, ended, limitMs };
}

/** The times of the recorder, and the time limit for the command. */
function timesOf(
  { answer }: Scenario,
  { delayFactor = 1, timeoutMs }: Pick<ScenarioRunOptions, 'delayFactor' | 'timeoutMs'>,
) {
  const ms = (duration = '0s') => durationToMs(duration) * delayFactor;
  const { over, listening }: Alteration = answer.recorder ?? {};
  const listensAfterMs = typeof listening === 'object' ? ms(listening.after) : listening;
  const delivery = { delayMs: ms(answer.delay), overMs: over === undefined ? undefined : ms(over) };
  const lateMs = typeof listensAfterMs === 'number' ? listensAfterMs : 0;
  return {
    delivery,
    listensAfterMs,
    limitMs: timeoutMs + delivery.delayMs + (delivery.overMs ?? 0) + lateMs,
  };
}

// The app and the token of a scenario at the mock, and the environment variables that pass them to the command.

export interface ScenarioApp {
  readonly control: AppControl;
  /** Credentials, token and numbers, by their names in recipes and texts. */
  readonly values: Values;
}

// The recorder calls the mock from the address of the kit.
const SETTINGS = {
  ipWhitelist: Object.fromEntries(OPERATIONS.map((operation) => [operation, null])),
};

export async function openScenarioApp(
  call: ControlCall,
  operation: Operation,
  { given, answer }: Scenario,
): Promise<ScenarioApp> {
  const { values, control } = await openApp(call, { ...SETTINGS, ...given?.app });
  const { token, phoneNumber, userInformation = '' } = await control.mint(operation);
  if (answer.script !== undefined) await control.script(operation, answer.script);
  const issued = { token, phoneNumber, userInformation, otherPhoneNumber: '13900139000' };
  return { control, values: { ...values, ...issued } };
}
