/**
 * The file of a client, and its run as a module of this process, because starting node a thousand times takes minutes. Apart
 * from clients.ts: a test replaces runCommand() by it, and a module that imports runCommand() would wait for itself.
 */
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { CommandToRun, Ended } from '../../../contracts/consumer/run-command.js';

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

/** The process, console and http of each client, by the URL of its module. */
const SURROUNDINGS = new Map<string, object>();
Object.assign(globalThis, { surroundingsOfClients: SURROUNDINGS });

const PROLOGUE =
  'const { process, console, http } = globalThis.surroundingsOfClients.get(import.meta.url);';

/** Replaces runCommand(). The command is node, the client's file and its arguments. */
export async function runAsModule({
  command: [, file = '', ...args],
  env,
  limitMs,
}: CommandToRun): Promise<Ended> {
  const text = withAbsoluteImports(readFileSync(file, 'utf8'), pathToFileURL(file).href);
  const { path, remove } = writeClient(
    'run',
    PROLOGUE + text.replace("import http from 'node:http';", ''),
  );
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
      request: (
        url: string,
        options: http.RequestOptions,
        listener: (response: http.IncomingMessage) => void,
      ) => http.request(url, { ...options, agent }, listener),
    },
  };
}

/** Makes relative imports absolute, because the copy is in another folder. */
function withAbsoluteImports(text: string, base: string): string {
  return text.replace(
    / from '(\.[^']+)'/g,
    (_, specifier: string) => ` from '${new URL(specifier, base).href}'`,
  );
}
