/** The server's log: lines on standard error, what is said at start on standard output. */
import type { Log } from './carrier.js';
import type { LogLevel } from './options.js';

const RANK: Readonly<Record<LogLevel, number>> = { silent: 0, error: 1, info: 2, debug: 3 };

export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const at = (needed: LogLevel) => (message: string) => {
    if (RANK[level] >= RANK[needed]) write(`${needed} ${message}\n`);
  };
  return { error: at('error'), info: at('info'), debug: at('debug') };
}

export const silentLog: Log = createLog('silent', () => undefined);
