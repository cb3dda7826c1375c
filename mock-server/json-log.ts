/** The log as JSON, a line for each event, for whoever collects logs. Loaded where it is asked for. */
import pino from 'pino';
import type { LogLine } from './log.js';

const STANDARD_ERROR = 2;

/** What writes lines: at once, so that nothing is lost when the process ends. */
export function jsonWriter(): (line: LogLine) => void {
  const logger = pino(
    {
      // What is listened to is decided before.
      level: 'debug',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    pino.destination({ dest: STANDARD_ERROR, sync: true }),
  );
  return ({ severity, message, fields, secrets }) => logger[severity]({ ...fields, ...secrets }, message);
}
