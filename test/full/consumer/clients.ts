/** Runs the consumer suite over a client: a command of its own for each scenario, against a mock over HTTP. */
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
