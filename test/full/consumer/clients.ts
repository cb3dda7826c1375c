/** Runs the consumer suite with a client, against a mock over HTTP: as a command, or as a module of this process, because starting node a thousand times takes minutes. */

import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { CommandToRun, Ended } from '../../../contracts/consumer/run-command.js';
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
      const lines = differences.map(({ about, expected, received }) => `${about}: ${expected} / ${received}`);
      return [id, status, reason, ...lines].join('; ');
    });
}

export function scenarioFile(operation: Operation) {
  const found = SCENARIO_FILES.find((file) => file.operation === operation);
  if (found === undefined) throw new Error(`no scenario file for ${operation}`);
  return found;
}

const FOLDER = 'node_modules/.consumer-clients';
const files = { written: 0 };

export function writeClient(name: string, text: string): { readonly path: string; remove(): void } {
  mkdirSync(FOLDER, { recursive: true });
  files.written += 1;
  const path = resolve(FOLDER, `${name}.${process.pid}.${files.written}.mjs`);
  writeFileSync(path, text);
  return { path, remove: () => rmSync(path) };
}

/** Removes the file at the end of the test. Not for concurrent tests. */
export function clientFile(name: string, text: string): string {
  const { path, remove } = writeClient(name, text);
  onTestFinished(remove);
  return path;
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

/** The process, console and http of each client, by the URL of its module. */
const SURROUNDINGS = new Map<string, object>();
Object.assign(globalThis, { surroundingsOfClients: SURROUNDINGS });

const PROLOGUE = 'const { process, console, http } = globalThis.surroundingsOfClients.get(import.meta.url);';

/** Replaces runCommand(). The command is node, the client's file and its arguments. */
export async function runAsModule({ command: [, file = '', ...args], env, limitMs }: CommandToRun): Promise<Ended> {
  const text = withAbsoluteImports(readFileSync(file, 'utf8'), pathToFileURL(file).href);
  const { path, remove } = writeClient('run', PROLOGUE + text.replace("import http from 'node:http';", ''));
  // import.meta.url has the real path, which differs if node_modules is a link.
  const address = pathToFileURL(realpathSync(path)).href;
  const agent = new http.Agent();
  try {
    return await new Promise<Ended>((resolve, reject) => {
      const timer = setTimeout(() => resolve({ kind: 'overdue', output: '' }), limitMs);
      const end = (ended: Ended) => {
        clearTimeout(timer);
        resolve(ended);
      };
      SURROUNDINGS.set(address, surroundings(args, { env, agent, end }));
      import(/* @vite-ignore */ address).catch(reject);
    });
  } finally {
    SURROUNDINGS.delete(address);
    agent.destroy();
    remove();
  }
}

interface ClientProcess extends Pick<CommandToRun, 'env'> {
  /** The client's connections. They are closed when it ends. */
  readonly agent: http.Agent;
  end(ended: Ended): void;
}

/** Only the first call of `end` counts. */
function surroundings(args: readonly string[], { env, agent, end }: ClientProcess): object {
  return {
    process: {
      argv: ['node', 'client', ...args],
      env: { ...env },
      exit: (status = 0) => end({ kind: 'exited', status, output: '' }),
      kill: (_pid: unknown, signal: string) => end({ kind: 'killed', signal, output: '' }),
    },
    console: { error: () => undefined },
    http: {
      request: (url: string, options: http.RequestOptions, listener: (response: http.IncomingMessage) => void) =>
        http.request(url, { ...options, agent }, listener),
    },
  };
}

/** Makes relative imports absolute, because the copy is in another folder. */
function withAbsoluteImports(text: string, base: string): string {
  return text.replace(/ from '(\.[^']+)'/g, (_, specifier: string) => ` from '${new URL(specifier, base).href}'`);
}
