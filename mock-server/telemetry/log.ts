/** The server's log: lines on standard error, as text or as JSON. The banner at start-up is on standard output. */
import type { Language } from '../../src/text/bilingual.js';
import { printable, printableStack } from '../../src/text/printable.js';
import type { Log, LogEntry, LogFields, LogSecrets } from '../carrier/log.js';
import { systemClock } from '../carrier/sources.js';
import { languageOf, withSystemLocale } from '../options/language.js';
import type { LogLevel } from '../options/options.js';
import { requestEntry } from './request-log.js';

export type Severity = Exclude<LogLevel, 'silent'> | 'warn';

const RANK: Readonly<Record<LogLevel | Severity, number>> = {
  silent: 0,
  error: 1,
  warn: 2,
  info: 2,
  debug: 3,
};

export interface LogOptions {
  readonly level: LogLevel;
  /** Whether lines show tokens, numbers and secrets. */
  readonly secrets: boolean;
  readonly language: Language;
}

export interface LogLine {
  /** By the machine's clock, in milliseconds. */
  readonly timeMs: number;
  readonly severity: Severity;
  readonly message: string;
  readonly fields: LogFields;
  /** undefined if they are hidden or absent. */
  readonly secrets: LogSecrets | undefined;
}

export function createLog(
  { level, secrets: shown, language }: LogOptions,
  write: (line: LogLine) => void,
): Log {
  const isWritten = (severity: Severity) => RANK[level] >= RANK[severity];
  const put = (severity: Severity, { message, fields = {}, secrets }: LogEntry) =>
    write({
      timeMs: systemClock.nowMs(),
      severity,
      message: message[language],
      fields,
      secrets: shown ? secrets?.(language) : undefined,
    });
  return {
    language,
    error: (message, more) => isWritten('error') && put('error', { message, ...more }),
    warn: (message, more) => isWritten('warn') && put('warn', { message, ...more }),
    info: (message, more) => isWritten('info') && put('info', { message, ...more }),
    debug: (message, more) => isWritten('debug') && put('debug', { message, ...more }),
    request: (answered) => isWritten('debug') && put('debug', requestEntry(answered)),
  };
}

const SEVERITY_WIDTH = 'error'.length;

/** Time, level and message, then the secrets. Leaves out the fields, because the message contains them. Only a stack has several lines. */
export function textLine({ timeMs, severity, message, secrets }: LogLine): string {
  const more = secrets === undefined ? '' : ` ${printable(JSON.stringify(secrets))}`;
  return `${localTime(timeMs)} ${severity.padEnd(SEVERITY_WIDTH)} ${printableStack(message)}${more}\n`;
}

/** ISO 8601 in the machine's time zone, with its offset: `2026-11-25T09:36:20.000+08:00`. */
function localTime(timeMs: number): string {
  const offset = -new Date(timeMs).getTimezoneOffset();
  const local = new Date(timeMs + offset * 60_000).toISOString().slice(0, -1);
  const distance = new Date(Math.abs(offset) * 60_000).toISOString().slice(11, 16);
  return `${local}${offset < 0 ? '-' : '+'}${distance}`;
}

/** For a mock inside another process: errors only, after a prefix. Throws a UsageError for an unknown CMPASSPORT_LANG. */
export function errorLog(): Log {
  const language = languageOf(undefined, withSystemLocale(process.env));
  return createLog({ level: 'error', secrets: false, language }, (line) => {
    process.stderr.write(`cmpassport-mock: ${textLine(line)}`);
  });
}

export const silentLog: Log = createLog(
  { level: 'silent', secrets: false, language: 'en' },
  () => undefined,
);
