/** The queue of one event stream: it sends as fast as the client reads, and its size is bounded. */
import type { ReadableStreamDefaultController } from 'node:stream/web';
import { weightOf } from '../carrier/apps/journal.js';
import type { JournalRecord } from '../carrier/store/state-store.js';

// Written, but not yet read by the client.
export const UNREAD_BYTES_MAX = 256 * 1024;
// Waiting as records: about two thousand ordinary ones. Further ones are dropped and counted.
export const WAITING_BYTES_MAX = 4 * 1024 * 1024;
// For all streams together: a hundred of them, each with different records, would fill the heap.
export const WAITING_BYTES_TOTAL_MAX = 32 * 1024 * 1024;

/** The bytes that wait in all streams of a server. */
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
  /** The number of dropped records after the waiting ones. */
  #passedOver = 0;
  #isClosed = false;

  constructor({ controller, textOf, total }: OutboxInputs) {
    this.#controller = controller;
    this.#total = total;
    this.#textOf = textOf;
  }

  /** Sends the newest missed records, as many as the bound allows, after the count of the others. */
  begin(missed: readonly JournalRecord[]): void {
    const kept = newestOf(missed);
    this.#passedOver = missed.length - kept.length;
    this.write();
    for (const record of kept) this.add(record);
  }

  /** After one record is dropped, all are dropped until the waiting ones are written. */
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

  /** Writes waiting records, as fast as the client reads. */
  write(): void {
    for (;;) {
      const record = this.#isRead() ? this.#waiting.shift() : undefined;
      if (record === undefined) break;
      this.#count(-weightOf(record));
      this.#send(this.#textOf(record));
    }
    if (this.#passedOver > 0 && this.#waiting.length === 0 && this.#isRead()) this.#sendPassedOver();
  }

  /** Sends a comment, which clients ignore. */
  keepAlive(): void {
    if (this.#isRead()) this.#send(':\n\n');
  }

  /** Drops waiting records. Nothing is written afterwards. */
  close(): void {
    this.#isClosed = true;
    this.#waiting.length = 0;
    this.#count(-this.#waitingBytes);
  }

  /** Ends the stream after the events that are already written. */
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

  #sendPassedOver(): void {
    this.#send(`event: passed-over\ndata: ${JSON.stringify({ count: this.#passedOver })}\n\n`);
    this.#passedOver = 0;
  }

  #send(text: string): void {
    this.#controller.enqueue(Buffer.from(text));
  }
}

/** As many of the newest records as the bound allows, oldest first. */
function newestOf(records: readonly JournalRecord[]): readonly JournalRecord[] {
  let bytes = 0;
  const tooOld = records.findLastIndex((record) => {
    bytes += weightOf(record);
    return bytes > WAITING_BYTES_MAX;
  });
  return records.slice(tooOld + 1);
}
