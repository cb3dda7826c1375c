/** Where the command's log goes: standard error, which may be full or gone. The server goes on, and lines that are lost are counted. */

import { writeSync } from 'node:fs';
import type { Bilingual, Language } from '../../src/protocol/bilingual.js';
import { systemClock } from '../carrier/sources.js';
import { hasCode, messageOf } from '../text/error-message.js';
import type { LogLine } from './log.js';
import type { LogTally } from './metrics/tallies.js';

export interface LogWriterInputs {
  readonly format: (line: LogLine) => string;
  readonly tally: LogTally;
  readonly language: Language;
  /** Writes the beginning of these bytes and returns how many that was; throws where it cannot. */
  readonly write?: (bytes: Uint8Array) => number;
  /** Gives the reader of a full pipe time to read. */
  readonly pause?: () => void;
}

// A reader that is only slow catches up within this time. One that has stopped costs it once: until a line can be
// written again, each line is tried once.
const ATTEMPTS_MAX = 20;
const PAUSE_MS = 5;

/**
 * Not by process.stderr: after one error that is destroyed for ever, while a disk has room again and a reader reads
 * again. Nothing is kept for later, so that a reader that has stopped does not fill the memory.
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
    en: `${count} ${count === 1 ? 'line of this log is' : 'lines of this log are'} lost, because it could not be written: ${why}`,
    zh: `日志无法写出，丢失 ${count} 行：${why}`,
  };
  return { timeMs: systemClock.nowMs(), severity: 'error', message: words[language], fields: {}, secrets: undefined };
}

/** Writes a text whole or throws. One that comes after a text that was cut begins in a line of its own. */
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
        // EAGAIN is a pipe whose reader has not caught up.
        if (failed >= attempts || !hasCode(error, 'EAGAIN')) throw error;
        pause();
      }
    }
  };
}

const STANDARD_ERROR = 2;

function toStandardError(bytes: Uint8Array): number {
  if (process.platform !== 'win32' || !process.stderr.isTTY) return writeSync(STANDARD_ERROR, bytes);
  // A console of Windows shows bytes in its own code page; the stream translates.
  process.stderr.write(bytes);
  return bytes.length;
}

const NEVER_WOKEN = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

function shortPause(): void {
  Atomics.wait(NEVER_WOKEN, 0, 0, PAUSE_MS);
}
