/** Runs the consumer suite over a client: a command of its own for each scenario, against a mock over HTTP. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ConsumerOptions, runConsumer } from '../../../contracts/consumer/run-consumer.js';
import type { Operation } from '../../../contracts/index.js';
import { controlOver } from '../../../contracts/provider/control.js';
import type { CaseResult } from '../../../contracts/results/result.js';
import { SCENARIO_FILES } from '../../../contracts/scenarios/scenario-files.js';
import { createMockServer } from '../../../mock-server/server.js';
import { SOURCES } from '../../kit/provider/sources.js';

export type Changes = Partial<ConsumerOptions>;

/** What the clients here end with when they handled a "no". */
export const HANDLES_NO: Changes = { handledStatus: 3 };

/** Thirty seconds are three here; the clients of these tests wait half of that. */
export const DELAY_FACTOR = 0.1;

export async function consumed(
  command: ConsumerOptions['command'],
  changes: Changes = {},
): Promise<readonly CaseResult[]> {
  const { url, close } = await createMockServer();
  try {
    return await runConsumer({ ...optionsFor(url), command, ...changes });
  } finally {
    await close();
  }
}

function optionsFor(url: string): Omit<ConsumerOptions, 'command'> {
  return {
    mock: { url, control: controlOver(fetch, { url, controlToken: undefined, timeoutMs: 10_000 }) },
    operations: ['loginTokenValidate', 'tokenValidate'],
    only: [],
    levels: ['MUST', 'SHOULD', 'MAY'],
    // Far more than a client needs, on a machine that may be busy.
    timeoutMs: 15_000,
    delayFactor: DELAY_FACTOR,
    lang: 'en',
    env: process.env,
    sources: SOURCES,
    onResult: () => undefined,
  };
}

/** Those that did not pass, in a line each. */
export function troubles(results: readonly CaseResult[]): readonly string[] {
  return results
    .filter(({ status }) => status !== 'pass' && status !== 'skip')
    .map(({ id, status, reason = '', differences }) => {
      const told = differences.map(({ about, expected, received }) => `${about}: ${expected} / ${received}`);
      return [id, status, reason, ...told].join('; ');
    });
}

export function scenarioFile(operation: Operation) {
  const found = SCENARIO_FILES.find((file) => file.operation === operation);
  if (found === undefined) throw new Error(`no scenarios of ${operation}`);
  return found;
}

const FOLDER = 'node_modules/.consumer-clients';
const files = { made: 0 };

/** A client's text as a file, and how to remove it. */
export function writtenClient(name: string, text: string): { readonly path: string; remove(): void } {
  mkdirSync(FOLDER, { recursive: true });
  files.made += 1;
  const path = resolve(FOLDER, `${name}.${process.pid}.${files.made}.mjs`);
  writeFileSync(path, text);
  return { path, remove: () => rmSync(path) };
}

/** The same, until the test is done: not for tests that run at once. */
export function clientFile(name: string, text: string): string {
  const { path, remove } = writtenClient(name, text);
  onTestFinished(remove);
  return path;
}
