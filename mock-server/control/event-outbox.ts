/** What goes to one listener of /_mock/events: no faster than it reads, and no more than a bound keeps for it. */
import type { Response } from 'express';
import type { JournalRecord } from '../state-store.js';
import { weightOf } from '../worlds/journal.js';

// What is written and lies unread.
const UNREAD_BYTES_MAX = 256 * 1024;
// What waits behind that, as records: some two thousand ordinary ones. What is beyond is passed over, and told of.
export const WAITING_BYTES_MAX = 4 * 1024 * 1024;
// Of all listeners together: each may keep other records, and a hundred of them a heap of them.
export const WAITING_BYTES_TOTAL_MAX = 32 * 1024 * 1024;

/** What waits for all listeners of a server. */
export interface WaitingTotal {
  bytes: number;
}

interface OutboxInputs {
  readonly res: Response;
  readonly textOf: (record: JournalRecord) => string;
  readonly total: WaitingTotal;
}

export class EventOutbox {
  readonly #res: Response;
  readonly #textOf: OutboxInputs['textOf'];
  readonly #total: WaitingTotal;
  readonly #waiting: JournalRecord[] = [];
  #waitingBytes = 0;
  /** Behind those that wait. */
  #passedOver = 0;

  constructor({ res, textOf, total }: OutboxInputs) {
    this.#res = res;
    this.#total = total;
    this.#textOf = textOf;
    res.on('drain', () => this.#write());
  }

  /** Of what was missed the newest are sent, as many as may wait; the count of the others comes first. */
  begin(missed: readonly JournalRecord[]): void {
    const kept = newestOf(missed);
    this.#passedOver = missed.length - kept.length;
    this.#write();
    for (const record of kept) this.add(record);
  }

  /** Of what comes the oldest are sent: whoever is passed over once is so until what waited is written. */
  add(record: JournalRecord): void {
    const bytes = weightOf(record);
    if (this.#passedOver > 0 || !this.#hasRoom(bytes)) {
      this.#passedOver += 1;
      return;
    }
    this.#waiting.push(record);
    this.#count(bytes);
    this.#write();
  }

  /** When the listener has left. */
  close(): void {
    this.#waiting.length = 0;
    this.#count(-this.#waitingBytes);
  }

  #hasRoom(bytes: number): boolean {
    return this.#waitingBytes + bytes <= WAITING_BYTES_MAX && this.#total.bytes + bytes <= WAITING_BYTES_TOTAL_MAX;
  }

  #count(bytes: number): void {
    this.#waitingBytes += bytes;
    this.#total.bytes += bytes;
  }

  #write(): void {
    for (;;) {
      const record = this.#isRead() ? this.#waiting.shift() : undefined;
      if (record === undefined) break;
      this.#count(-weightOf(record));
      this.#res.write(this.#textOf(record));
    }
    if (this.#passedOver > 0 && this.#waiting.length === 0 && this.#isRead()) this.#tellPassedOver();
  }

  /** What comes behind the end of a response is an error. */
  #isRead(): boolean {
    return !this.#res.writableEnded && this.#res.writableLength <= UNREAD_BYTES_MAX;
  }

  #tellPassedOver(): void {
    this.#res.write(`event: passed-over\ndata: ${JSON.stringify({ count: this.#passedOver })}\n\n`);
    this.#passedOver = 0;
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
