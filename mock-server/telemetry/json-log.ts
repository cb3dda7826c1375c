/** The log as JSON, one line for each event. Loaded on first use. */
import pino from 'pino';
import { printable } from '../../src/text/printable.js';
import type { LogFields, LogSecrets } from '../carrier/log.js';
import type { LogLine } from './log.js';

/** A line, as it is written. */
export interface JsonLine extends LogFields, LogSecrets {
  /** `error`, `warn`, `info`, `debug`. */
  readonly level: string;
  /** By the machine's clock, in UTC; local in the text format. */
  readonly time: string;
  /** The process, among several replicas. */
  readonly pid: number;
  /** Its machine. */
  readonly hostname: string;
  /** The event as a sentence, the same as in the text format. */
  readonly msg: string;
}

/** The library's JSON, with control characters escaped for a terminal. */
export function jsonLines(): (line: LogLine) => string {
  let atMs = 0;
  let written = '';
  const logger = pino(
    {
      // createLog() has already applied the log level.
      level: 'debug',
      timestamp: () => `,"time":"${new Date(atMs).toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    {
      write: (text) => {
        written = text;
      },
    },
  );
  return ({ timeMs, severity, message, fields, secrets }) => {
    atMs = timeMs;
    logger[severity]({ ...fields, ...secrets }, message);
    return `${printable(written.trimEnd())}\n`;
  };
}
