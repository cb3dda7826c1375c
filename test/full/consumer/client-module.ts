/** Runs a client as a module of this process, where the consumer suite starts a command: a thousand starts of node take minutes. */
import { readFileSync, realpathSync } from 'node:fs';
import http from 'node:http';
import { pathToFileURL } from 'node:url';
import type { CommandToRun, Ended } from '../../../contracts/consumer/run-command.js';
import { writtenClient } from './client-files.js';

/** What a client has of its process, by the address of its module. */
const SURROUNDINGS = new Map<string, object>();
Object.assign(globalThis, { surroundingsOfClients: SURROUNDINGS });

const PROLOGUE = 'const { process, console, http } = globalThis.surroundingsOfClients.get(import.meta.url);';

/** Instead of run-command's: node, the client's file, and its arguments. */
export async function runAsModule({ command: [, file = '', ...args], env, limitMs }: CommandToRun): Promise<Ended> {
  const text = withAddresses(readFileSync(file, 'utf8'), pathToFileURL(file).href);
  const { path, remove } = writtenClient('run', PROLOGUE + text.replace("import http from 'node:http';", ''));
  // A module's own address is the real one, which differs where node_modules is a link.
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

interface Means extends Pick<CommandToRun, 'env'> {
  /** Its connections, which end with it. */
  readonly agent: http.Agent;
  end(ended: Ended): void;
}

/** The first end counts, as that of a process would. */
function surroundings(args: readonly string[], { env, agent, end }: Means): object {
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

/** Its own modules are imported from where it stands. */
function withAddresses(text: string, base: string): string {
  return text.replace(/ from '(\.[^']+)'/g, (_, specifier: string) => ` from '${new URL(specifier, base).href}'`);
}
