/** The log as JSON, a line for each event, for whoever collects logs. Loaded where it is asked for. */
import pino from 'pino';
import { printable } from '../text/printable.js';
import type { LogLine } from './log.js';

/** The same JSON as the library's, harmless for a terminal as well. */
export function jsonLines(): (line: LogLine) => string {
  let atMs = 0;
  let written = '';
  const logger = pino(
    {
      // What is listened to is decided before.
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
