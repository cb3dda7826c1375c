/** How many calls with a live token were made, on disk before each is sent: a process that is killed cannot forget one. */
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageProblem } from '../command/usage-problem.js';

export interface Spending {
  readonly limit: number;
  /** Calls so far, those of an interrupted run included. */
  spent(): number;
  /** Counts one call. False if that would be more than the limit: then nothing may be sent. */
  take(what: string): boolean;
  /** A finished run needs no count: the next one starts anew. */
  finish(): void;
}

/**
 * A line for a call, added at the end: of two processes with the same file, each counts the other's calls too. A line
 * that was cut off counts, and so does one whose call was then not sent. Each begins with its line break, so that one
 * behind a line that was cut off is a line of its own.
 */
export function spendingFile(path: string, limit: number, nowMs: () => number): Spending {
  const spent = () => linesIn(path);
  return {
    limit,
    spent,
    take: (what) => {
      if (spent() >= limit) return false;
      append(path, `\n${new Date(nowMs()).toISOString()} ${what}`);
      return spent() <= limit;
    },
    finish: () => rmSync(path, { force: true }),
  };
}

function linesIn(path: string): number {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '').length;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw unusable(path, error);
  }
}

function append(path: string, line: string): void {
  try {
    const file = openSync(path, 'a');
    try {
      writeSync(file, line);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    syncFolder(dirname(path));
  } catch (error) {
    throw unusable(path, error);
  }
}

/** So that the file's name is on disk too. Windows does not open folders. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL'].includes(codeOf(error))) throw error;
  }
}

function unusable(path: string, error: unknown): UsageProblem {
  return new UsageProblem(
    `${path}: the count of calls with a live token cannot be kept (${codeOf(error)}); make the file writable, or choose another --out`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
