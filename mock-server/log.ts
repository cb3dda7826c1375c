/** The server's log: lines on standard error, what is said at start on standard output. */
import type { Log } from './carrier.js';
import type { LogLevel } from './options.js';

const RANK: Readonly<Record<LogLevel, number>> = { silent: 0, error: 1, info: 2, debug: 3 };

export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const listens = (needed: LogLevel) => RANK[level] >= RANK[needed];
  return {
    error: (message) => listens('error') && write(`error ${message}\n`),
    info: (message) => listens('info') && write(`info ${message}\n`),
    debug: (message) => listens('debug') && write(`debug ${message()}\n`),
  };
}

/** What is said inside somebody else's process: only what should not be, and by whom. */
export const errorLog: Log = createLog('error', (line) => void process.stderr.write(`cmpassport-mock: ${line}`));

export const silentLog: Log = createLog('silent', () => undefined);
