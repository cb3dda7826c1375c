/** Writes the command's log to standard error, which may be full or closed. The server continues, and lost lines are counted. */

import { writeSync } from 'node:fs';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { hasCode, messageOf } from '../../src/text/error-message.js';
import { systemClock } from '../carrier/sources.js';
import type { LogLine } from './log.js';
import type { LogTally } from './metrics/tallies.js';

export interface LogWriterInputs {
  readonly format: (line: LogLine) => string;
  readonly tally: LogTally;
  readonly language: Language;
  /** Writes a prefix of the bytes, and returns its length. Throws if it cannot write. */
  readonly write?: (bytes: Uint8Array) => number;
  /** Waits, so that the reader of a full pipe can read. */
  readonly pause?: () => void;
}

// A slow reader catches up within this time. A reader that has stopped costs it once: until a line can be written again,
// each line is tried once.
const ATTEMPTS_MAX = 20;
const PAUSE_MS = 5;

/**
 * Does not use process.stderr, which is destroyed after its first error, although a disk may get room and a reader may
 * read again. Keeps no lines for later, so that a reader that has stopped does not fill the memory.
 */
export function logWriter(inputs: LogWriterInputs): (line: LogLine) => void {
  const { format, tally, language } = inputs;
  const put = lineWriter(inputs);
  let lost = 0;
  let reason: unknown;
  const tryToPut = (line: LogLine, attempts: number): boolean => {
    try {
      put(format(line), attempts);
      return true;
    } catch (error) {
      reason = error;
      return false;
    }
  };
  return (line) => {
    if (lost > 0 && tryToPut(lostLines(lost, reason, language), 1)) lost = 0;
    if (lost === 0 && tryToPut(line, ATTEMPTS_MAX)) return;
    lost += 1;
    tally.linesLost += 1;
  };
}

function lostLines(count: number, reason: unknown, language: Language): LogLine {
  const why = messageOf(reason);
  const words: Bilingual = {
    en: `${count} log ${count === 1 ? 'line was' : 'lines were'} lost, because the log could not be written: ${why}`,
    zh: `日志无法写出，丢失 ${count} 行：${why}`,
  };
  return { timeMs: systemClock.nowMs(), severity: 'error', message: words[language], fields: {}, secrets: undefined };
}

/** Writes a complete text, or throws. After a text that was cut off, the next one begins on a new line. */
function lineWriter({ write = toStandardError, pause = shortPause }: LogWriterInputs) {
  let isCut = false;
  return (text: string, attempts: number): void => {
    const bytes = Buffer.from(isCut ? `\n${text}` : text);
    let failed = 0;
    for (let at = 0; at < bytes.length; ) {
      try {
        at += write(bytes.subarray(at));
        isCut = at < bytes.length;
      } catch (error) {
        failed += 1;
        // EAGAIN: the reader of the pipe has not caught up.
        if (failed >= attempts || !hasCode(error, 'EAGAIN')) throw error;
        pause();
      }
    }
  };
}

const STANDARD_ERROR = 2;

function toStandardError(bytes: Uint8Array): number {
  if (process.platform !== 'win32' || !process.stderr.isTTY) return writeSync(STANDARD_ERROR, bytes);
  // A Windows console shows bytes in its own code page; the stream converts them.
  process.stderr.write(bytes);
  return bytes.length;
}

const NEVER_WOKEN = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

function shortPause(): void {
  Atomics.wait(NEVER_WOKEN, 0, 0, PAUSE_MS);
}
