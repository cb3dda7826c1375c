/** What goes to one listener of /_mock/events: no faster than it reads, and no more than a bound keeps for it. */
import type { ReadableStreamDefaultController } from 'node:stream/web';
import { weightOf } from '../carrier/apps/journal.js';
import type { JournalRecord } from '../carrier/store/state-store.js';

// Written, and not read.
export const UNREAD_BYTES_MAX = 256 * 1024;
// Waiting behind that, as records: some two thousand ordinary ones. Further ones are passed over, and counted.
export const WAITING_BYTES_MAX = 4 * 1024 * 1024;
// Of all listeners together: each may keep other records, and a hundred of them a heap of them.
export const WAITING_BYTES_TOTAL_MAX = 32 * 1024 * 1024;

/** What waits for all listeners of a server. */
export interface WaitingTotal {
  bytes: number;
}

interface OutboxInputs {
  readonly controller: ReadableStreamDefaultController;
  readonly textOf: (record: JournalRecord) => string;
  readonly total: WaitingTotal;
}

export class EventOutbox {
  readonly #controller: ReadableStreamDefaultController;
  readonly #textOf: OutboxInputs['textOf'];
  readonly #total: WaitingTotal;
  readonly #waiting: JournalRecord[] = [];
  #waitingBytes = 0;
  /** Behind those that wait. */
  #passedOver = 0;
  #isClosed = false;

  constructor({ controller, textOf, total }: OutboxInputs) {
    this.#controller = controller;
    this.#total = total;
    this.#textOf = textOf;
  }

  /** Of the missed records the newest are sent, as many as may wait; the count of the others comes first. */
  begin(missed: readonly JournalRecord[]): void {
    const kept = newestOf(missed);
    this.#passedOver = missed.length - kept.length;
    this.write();
    for (const record of kept) this.add(record);
  }

  /** Of new records the oldest are sent: after one was passed over, all are until what waited is written. */
  add(record: JournalRecord): void {
    const bytes = weightOf(record);
    if (this.#passedOver > 0 || !this.#hasRoom(bytes)) {
      this.#passedOver += 1;
      return;
    }
    this.#waiting.push(record);
    this.#count(bytes);
    this.write();
  }

  /** Writes what waits, as far as the listener reads. */
  write(): void {
    for (;;) {
      const record = this.#isRead() ? this.#waiting.shift() : undefined;
      if (record === undefined) break;
      this.#count(-weightOf(record));
      this.#send(this.#textOf(record));
    }
    if (this.#passedOver > 0 && this.#waiting.length === 0 && this.#isRead()) this.#tellPassedOver();
  }

  /** A comment, which listeners ignore. */
  keepAlive(): void {
    if (this.#isRead()) this.#send(':\n\n');
  }

  /** Drops what waits. Nothing is written from now on. */
  close(): void {
    this.#isClosed = true;
    this.#waiting.length = 0;
    this.#count(-this.#waitingBytes);
  }

  /** Ends the stream, behind what is written. */
  end(): void {
    this.close();
    this.#controller.close();
  }

  #hasRoom(bytes: number): boolean {
    return this.#waitingBytes + bytes <= WAITING_BYTES_MAX && this.#total.bytes + bytes <= WAITING_BYTES_TOTAL_MAX;
  }

  #count(bytes: number): void {
    this.#waitingBytes += bytes;
    this.#total.bytes += bytes;
  }

  #isRead(): boolean {
    return !this.#isClosed && (this.#controller.desiredSize ?? 0) > 0;
  }

  #tellPassedOver(): void {
    this.#send(`event: passed-over\ndata: ${JSON.stringify({ count: this.#passedOver })}\n\n`);
    this.#passedOver = 0;
  }

  #send(text: string): void {
    this.#controller.enqueue(Buffer.from(text));
  }
}

/** As many of the last as may wait, the oldest first. */
function newestOf(records: readonly JournalRecord[]): readonly JournalRecord[] {
  let bytes = 0;
  const tooOld = records.findLastIndex((record) => {
    bytes += weightOf(record);
    return bytes > WAITING_BYTES_MAX;
  });
  return records.slice(tooOld + 1);
}
