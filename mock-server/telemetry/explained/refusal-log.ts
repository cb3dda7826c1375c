/** A line for each refusal, with its causes, at most three a second. The others are counted. */

import { messageOf } from '../../../src/text/error-message.js';
import type { Carrier, LogEntry } from '../../carrier/carrier.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import { type LineInputs, nextTurn } from './finding-lines.js';
import { perSecond } from './per-second.js';
import { causesIn, omittedEntry, type Refusal, refusalEntry, refusalIn, unexplainedEntry } from './refusal-lines.js';

// The search for a signature takes up to a tenth of a second, and the log must not slow a load test down.
export const LINES_PER_SECOND = 3;
// With a slow store. Each waiting entry holds a complete request.
const WAITING_MAX = 10;
const COUNT_AFTER_MS = 1000;

/** Lines are written after the response. The returned function stops the log and writes the remaining lines. */
export function logRefusals(carrier: Carrier, inputs: LineInputs): () => Promise<void> {
  const isAllowed = perSecond(LINES_PER_SECOND, () => carrier.clock.elapsedMs());
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  let omitted = 0;
  let timer: NodeJS.Timeout | undefined;

  function receive(record: JournalRecord): void {
    const refusal = refusalIn(record);
    if (refusal === undefined) return;
    if (waiting < WAITING_MAX && isAllowed()) {
      waiting += 1;
      last = last.then(nextTurn).then(() => report(refusal));
    } else if (!refusal.mayBeRight) {
      omitted += 1;
      timer ??= setTimeout(writeOmitted, COUNT_AFTER_MS).unref();
    }
  }

  /** Never rejects, because a line that cannot be made must not stop the server. */
  async function report(refusal: Refusal): Promise<void> {
    waiting -= 1;
    try {
      const causes = await causesIn(carrier, refusal);
      if (refusal.mayBeRight && causes.length === 0) return;
      write('info', refusalEntry(refusal, causes, inputs));
    } catch (error) {
      write('error', unexplainedEntry(refusal.record, messageOf(error)));
    }
  }

  function writeOmitted(): void {
    clearTimeout(timer);
    timer = undefined;
    if (omitted > 0) write('info', omittedEntry(omitted, LINES_PER_SECOND));
    omitted = 0;
  }

  function write(severity: 'info' | 'error', { message, ...more }: LogEntry): void {
    carrier.log[severity](message, more);
  }

  // The refusals of other servers are in their own logs.
  const stop = carrier.store.watchJournal(receive, 'own');
  return async () => {
    stop();
    await last;
    writeOmitted();
  };
}
