/** Maps and logs that drop their oldest entries above a limit, and the common limit of all journals. */
import type { LogView } from './state-store.js';

/** The share of a full map that is dropped at once, because finding these entries may mean reading all. */
const DROPPED_SHARE = 1 / 16;

/** Above the limit, spent entries are dropped first, and then the oldest. */
export class BoundedMap<T> {
  readonly #entriesMax: number;
  readonly #isSpent: ((value: T) => boolean) | undefined;
  #entries = new Map<string, T>();

  constructor(entriesMax: number, isSpent?: (value: T) => boolean) {
    this.#entriesMax = entriesMax;
    this.#isSpent = isSpent;
  }

  get entries(): ReadonlyMap<string, T> {
    return this.#entries;
  }

  get(id: string): T | undefined {
    return this.#entries.get(id);
  }

  set(id: string, value: T): void {
    this.#entries.set(id, value);
    if (this.#entries.size > this.#entriesMax) this.#makeRoom();
  }

  delete(id: string): void {
    this.#entries.delete(id);
  }

  copy(): BoundedMap<T> {
    const copy = new BoundedMap(this.#entriesMax, this.#isSpent);
    copy.#entries = new Map(this.#entries);
    return copy;
  }

  #makeRoom(): void {
    let left = Math.max(1, Math.floor(this.#entriesMax * DROPPED_SHARE));
    for (const isDropped of [this.#isSpent, () => true]) {
      if (isDropped === undefined) continue;
      for (const [id, value] of this.#entries) {
        if (left === 0) return;
        if (!isDropped(value)) continue;
        this.#entries.delete(id);
        left -= 1;
      }
    }
  }
}

/** A ring buffer: it grows to the limit, then each record replaces the oldest. */
export class BoundedLog<T> {
  readonly #recordsMax: number;
  readonly #onDrop: (() => void) | undefined;
  #records: (T | undefined)[] = [];
  #oldest = 0;
  #count = 0;
  #appended = 0;

  /** `onDrop` is called for each dropped record. */
  constructor(recordsMax: number, onDrop?: () => void) {
    this.#recordsMax = recordsMax;
    this.#onDrop = onDrop;
  }

  get count(): number {
    return this.#count;
  }

  append(record: T): void {
    if (this.#count === this.#recordsMax) this.#dropOldest();
    this.#records[(this.#oldest + this.#count) % this.#recordsMax] = record;
    this.#count += 1;
    this.#appended += 1;
  }

  /** Drops the oldest records until `count` are left. */
  keepNewest(count: number): void {
    while (this.#count > count) this.#dropOldest();
  }

  /** Removes records, as if they had not been appended. Returns their number. */
  remove(isRemoved: (record: T) => boolean): number {
    const kept = this.view().records.filter((record) => !isRemoved(record));
    const removed = this.#count - kept.length;
    this.#records = kept.toReversed();
    this.#oldest = 0;
    this.#count -= removed;
    this.#appended -= removed;
    return removed;
  }

  view(newest = Number.POSITIVE_INFINITY): LogView<T> {
    const records: T[] = [];
    for (let age = 1; age <= Math.min(this.#count, newest); age += 1) {
      const record = this.#records[(this.#oldest + this.#count - age) % this.#recordsMax];
      if (record !== undefined) records.push(record);
    }
    return { records, appended: this.#appended, evicted: this.#appended - this.#count };
  }

  copy(): BoundedLog<T> {
    const copy = new BoundedLog<T>(this.#recordsMax, this.#onDrop);
    copy.#records = this.#records.slice();
    copy.#oldest = this.#oldest;
    copy.#count = this.#count;
    copy.#appended = this.#appended;
    return copy;
  }

  #dropOldest(): void {
    this.#onDrop?.();
    this.#records[this.#oldest] = undefined;
    this.#oldest = (this.#oldest + 1) % this.#recordsMax;
    this.#count -= 1;
  }
}

// Leaves some room, because each check counts the records of every journal.
const TARGET_SHARE = 15 / 16;

/**
 * The number of records that each journal may keep, so that all together stay below the limit: the largest journals lose
 * their oldest records. So a client in an endless loop loses its own requests, not those of other apps. Infinite if all
 * fit. Each journal keeps at least its newest record.
 */
export function journalShare(counts: readonly number[], totalMax: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= totalMax) return Number.POSITIVE_INFINITY;
  let left = Math.floor(totalMax * TARGET_SHARE);
  const ascending = counts.toSorted((a, b) => a - b);
  for (const [at, count] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - at));
    if (count > share) return Math.max(share, 1);
    left -= count;
  }
  return Number.POSITIVE_INFINITY;
}
