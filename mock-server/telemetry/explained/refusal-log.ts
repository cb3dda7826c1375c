/**
 * The log lines about refusals. The first refusal of each kind always has a line, with its causes. The others have lines
 * at a readable rate; the rest is counted: "again 14×".
 */

import { messageOf } from '../../../src/text/error-message.js';
import type { Carrier, LogEntry } from '../../carrier/carrier.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import { createAllowance } from './allowance.js';
import { type LineInputs, nextTurn } from './finding-lines.js';
import { addCauses, type Kind, refusalKinds, takeRepeats } from './refusal-kinds.js';
import { causesIn, type Refusal, refusalEntry, refusalIn, repeatsEntry, unexplainedEntry } from './refusal-lines.js';

const LINES = { atOnceMax: 3, perSecond: 1 };
// Milliseconds. A signature search takes up to about a hundred, and the log must not slow a load test down.
const EXPLAINING = { atOnceMax: 500, perSecond: 50 };
// Each waiting entry holds a complete request.
const WAITING_MAX = 100;
const REPEATS_AFTER_MS = 5000;

/** Lines are written after the response. The returned function stops the log and writes the remaining lines. */
export function logRefusals(carrier: Carrier, inputs: LineInputs): () => Promise<void> {
  const elapsedMs = () => carrier.clock.elapsedMs();
  const lines = createAllowance({ ...LINES, elapsedMs });
  const explaining = createAllowance({ ...EXPLAINING, elapsedMs });
  const kinds = refusalKinds((dropped) => writeRepeats(dropped));
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function receive(record: JournalRecord): void {
    const refusal = refusalIn(record);
    if (refusal === undefined) return;
    const kind = kinds.of(refusal);
    const isFirst = !kind.isReported && !refusal.mayBeRight;
    if (waiting < WAITING_MAX && (isFirst || explaining.isLeft())) {
      kind.isReported ||= isFirst;
      waiting += 1;
      last = last.then(nextTurn).then(() => takeTurn(kind, refusal, isFirst));
    } else count(kind, refusal);
  }

  /** Counts a refusal without explaining it if time is short: the first of a kind behind it, or the shutdown, must not wait. */
  function takeTurn(kind: Kind, refusal: Refusal, isFirst: boolean): Promise<void> | undefined {
    waiting -= 1;
    if (!isStopped && (isFirst || explaining.isLeft())) return report(kind, refusal, isFirst);
    kind.isReported &&= !isFirst;
    count(kind, refusal);
    return undefined;
  }

  /** Never rejects, because a line that cannot be made must not stop the server. */
  async function report(kind: Kind, refusal: Refusal, isFirst: boolean): Promise<void> {
    try {
      const startedMs = elapsedMs();
      const causes = await causesIn(carrier, refusal);
      explaining.spend(elapsedMs() - startedMs);
      if (refusal.mayBeRight && causes.length === 0) return;
      const isNew = addCauses(kind, causes) || isFirst;
      if (!isNew && !lines.take()) return count(kind, refusal);
      write('info', refusalEntry(refusal, causes, { ...inputs, repeats: takeRepeats(kind) }));
    } catch (error) {
      write('error', unexplainedEntry(refusal.record, messageOf(error)));
    }
  }

  function count(kind: Kind, refusal: Refusal): void {
    // Without an explanation, it may be a normal result.
    if (refusal.mayBeRight) return;
    kind.latest = refusal.refused;
    kind.repeats += 1;
    timer ??= setTimeout(writeAllRepeats, REPEATS_AFTER_MS).unref();
  }

  function writeAllRepeats(): void {
    clearTimeout(timer);
    timer = undefined;
    writeRepeats(kinds.all());
  }

  function writeRepeats(all: readonly Kind[]): void {
    for (const kind of all.filter(({ repeats }) => repeats > 0)) {
      write('info', repeatsEntry(kind.latest, { ...inputs, repeats: takeRepeats(kind), isFirst: !kind.isReported }));
      kind.isReported = true;
    }
  }

  function write(severity: 'info' | 'error', { message, ...more }: LogEntry): void {
    carrier.log[severity](message, more);
  }

  // The refusals of other servers are in their own logs.
  const stop = carrier.store.watchJournal(receive, 'own');
  return async () => {
    stop();
    isStopped = true;
    await last;
    writeAllRepeats();
  };
}
