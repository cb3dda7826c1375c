/** The server's log: lines on standard error, as text for people or as JSON; what is said at start is on standard output. */
import type { Log, LogEntry, LogFields } from '../carrier/carrier.js';
import type { LogLevel } from '../cli/options.js';
import { printable, printableStack } from '../text/printable.js';

export type Severity = Exclude<LogLevel, 'silent'> | 'warn';

const RANK: Readonly<Record<LogLevel | Severity, number>> = { silent: 0, error: 1, warn: 2, info: 2, debug: 3 };

export interface LogOptions {
  readonly level: LogLevel;
  /** Whether what may not be seen by everybody who reads the log stands in it all the same. */
  readonly secrets: boolean;
}

/** What is written of one event. */
export interface LogLine {
  readonly severity: Severity;
  readonly message: string;
  readonly fields: LogFields;
  /** undefined where they are not to be shown, or there are none. */
  readonly secrets: LogFields | undefined;
}

export function createLog({ level, secrets: shown }: LogOptions, write: (line: LogLine) => void): Log {
  const listens = (needed: Severity) => RANK[level] >= RANK[needed];
  const say = (severity: Severity, { message, fields = {}, secrets }: LogEntry) =>
    write({ severity, message, fields, secrets: shown ? secrets?.() : undefined });
  return {
    error: (message, more) => listens('error') && say('error', { message, ...more }),
    warn: (message, more) => listens('warn') && say('warn', { message, ...more }),
    info: (message, more) => listens('info') && say('info', { message, ...more }),
    debug: (entry) => listens('debug') && say('debug', entry()),
  };
}

/** For people: the message alone, which says what the fields say; secrets behind it, where they are shown. Only a stack has several lines. */
export function textLine({ severity, message, secrets }: LogLine): string {
  const behind = secrets === undefined ? '' : ` ${printable(JSON.stringify(secrets))}`;
  return `${severity} ${printableStack(message)}${behind}\n`;
}

/** What is said inside somebody else's process: only what should not be, and by whom. */
export const errorLog: Log = createLog({ level: 'error', secrets: false }, (line) => {
  process.stderr.write(`cmpassport-mock: ${textLine(line)}`);
});

export const silentLog: Log = createLog({ level: 'silent', secrets: false }, () => undefined);
