/** Runs the consumer suite with a client, against a mock over HTTP. */

import { type ConsumerOptions, runConsumer } from '../../../contracts/consumer/run-consumer.js';
import type { Operation } from '../../../contracts/index.js';
import { SCENARIO_FILES } from '../../../contracts/kit/case-files.js';
import { controlOver } from '../../../contracts/kit/control.js';
import { httpSubject } from '../../../contracts/kit/http.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import { createMockServer } from '../../../mock-server/server.js';
import { SOURCES } from '../../kit/provider/engine-subject.js';
import { inEnglish } from '../../support/words.js';

export type Changes = Partial<ConsumerOptions>;

/** The clients of these tests exit with 3 when they handled a refusal. */
export const HANDLED_REFUSAL: Changes = { handledStatus: 3 };

/** The 30 seconds of a scenario take 3. The clients of these tests time out after 1.5. */
export const DELAY_FACTOR = 0.1;

export async function resultsOfClient(
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
    mock: { url, control: controlOver(httpSubject({ baseUrl: url, timeoutMs: 10_000 }), { url }) },
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

/** The results that neither passed nor were skipped, a line each. */
export function problemsIn(results: readonly CaseResult[]): readonly string[] {
  return results
    .filter(({ status }) => status !== 'pass' && status !== 'skip')
    .map(inEnglish)
    .map(({ id, status, reason = '', differences }) => {
      const lines = differences.map(
        ({ at, expected, received }) => `${at}: ${expected} / ${received}`,
      );
      return [id, status, reason, ...lines].join('; ');
    });
}

export function scenarioFile(operation: Operation) {
  const found = SCENARIO_FILES.find((file) => file.operation === operation);
  if (found === undefined) throw new Error(`no scenario file for ${operation}`);
  return found;
}

// A wrong client: base-client.mjs with one mistake.

export interface WrongClient {
  readonly id: string;
  /** Completes "a client that …". */
  readonly does: string;
  readonly operation: Operation;
  /** MD5 or HMAC by default. */
  readonly mode?: 'rsa';
  /** A replacement in the source of the base client. `from` must occur exactly once. */
  readonly change: { readonly from: string; readonly to: string };
  /** Scenarios to run in addition to COMMON_SCENARIOS. */
  readonly scenarios?: readonly string[];
}
