/** Writes the command's log to standard error with pino's destination: no line waits for a reader that has stopped. */
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { SonicBoom } from 'sonic-boom';
import type { LogTally } from '../carrier/tallies.js';

const STANDARD_ERROR = 2;
// Lines that wait for a slow reader or a full disk. Further ones are lost.
const WAITING_BYTES_MAX = 1024 * 1024;

export interface LogWriter {
  write(line: string): void;
  /** Waits for the waiting lines, at most a second. */
  end(): Promise<void>;
}

export function logWriter(tally: LogTally): LogWriter {
  // A Windows console shows bytes in its own code page; the stream converts them.
  if (process.platform === 'win32' && process.stderr.isTTY)
    return { write: (line) => void process.stderr.write(line), end: async () => undefined };
  const destination = new SonicBoom({
    fd: STANDARD_ERROR,
    sync: false,
    maxLength: WAITING_BYTES_MAX,
  });
  destination.on('drop', () => {
    tally.linesLost += 1;
  });
  // The lines wait, and are tried again with the next one.
  destination.on('error', () => undefined);
  return {
    write: (line) => void destination.write(line),
    end: async () => {
      const ended = once(destination, 'close').catch(() => undefined);
      destination.end();
      await Promise.race([ended, wait(1000, undefined, { ref: false })]);
    },
  };
}
