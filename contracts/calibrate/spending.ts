/** Counts the calls with a live token on disk, before each is sent, so a killed process loses none. */

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { writing } from '../../src/text/usage-error.js';

export interface Spending {
  readonly limit: number;
  /** The number of calls so far, including those of an interrupted run. */
  spent(): number;
  /** Counts one call. Returns false if it would exceed the limit; the call must then not be sent. */
  take(what: string): boolean;
  /** The answer to a call of an interrupted run; undefined if it had none. */
  answered<Answer>(key: string): Answer | undefined;
  /** Keeps the answer to a call, without a secret, token or number, so that an interrupted run does not lose what was paid for. */
  keep(key: string, answer: object): void;
  /** Ends the count after a finished run: the next run starts at zero. A run that has started keeps its count. */
  finish(): void;
}

const FINISHED = ' finished';
const ANSWER = ' answer ';

/**
 * Appends a line for each call, so two processes with the same file share one count. A finished run appends a line too
 * and deletes nothing, because another process may still count. An incomplete line counts, and a line whose call was not
 * sent counts too. Each line begins with its line break, so a line after an incomplete one is separate.
 */
export function spendingFile(path: string, limit: number, nowMs: () => number): Spending {
  const isFinished = (line: string) => line.endsWith(FINISHED);
  const start = linesIn(path).findLastIndex(isFinished) + 1;
  const lines = () => linesIn(path).slice(start);
  const spent = () => lines().filter((line) => !isFinished(line) && !line.includes(ANSWER)).length;
  const kept = new Map(lines().flatMap(answerIn));
  const note = (what: string) =>
    writing('--out', path, () =>
      appendFileSync(path, `\n${new Date(nowMs()).toISOString()} ${what}`),
    );
  return {
    limit,
    spent,
    take: (what) => {
      if (spent() >= limit) return false;
      note(what);
      return spent() <= limit;
    },
    answered: <Answer>(key: string) => kept.get(key) as Answer | undefined,
    keep: (key, answer) => note(`${ANSWER.trim()} ${JSON.stringify([key, answer])}`),
    finish: () => note(FINISHED.trim()),
  };
}

/** An incomplete line is no answer. */
function answerIn(line: string): readonly (readonly [string, object])[] {
  const at = line.indexOf(ANSWER);
  if (at === -1) return [];
  try {
    return [JSON.parse(line.slice(at + ANSWER.length))];
  } catch {
    return [];
  }
}

function linesIn(path: string): readonly string[] {
  const text = writing('--out', path, () => (existsSync(path) ? readFileSync(path, 'utf8') : ''));
  return text.split('\n').filter((line) => line !== '');
}
