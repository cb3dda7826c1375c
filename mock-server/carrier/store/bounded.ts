/** Maps and logs that drop their oldest entries above a limit, and the common limit of all journals. */
import type { Entry, LogView } from './state-store.js';

export class BoundedMap<T> {
  readonly #entriesMax: number;
  readonly #entries: Map<string, T>;
  #oldestFirst: Iterator<string> | undefined;

  constructor(entriesMax: number, entries: Iterable<readonly [string, T]> = []) {
    this.#entriesMax = entriesMax;
    this.#entries = new Map(entries);
  }

  get entries(): ReadonlyMap<string, T> {
    return this.#entries;
  }

  get(id: string): T | undefined {
    return this.#entries.get(id);
  }

  set(id: string, value: T): void {
    this.#entries.set(id, value);
    if (this.#entries.size > this.#entriesMax) this.dropOldest();
  }

  /** Releases the iterator: while one waits, V8 keeps each table that the map has outgrown. */
  delete(id: string): void {
    this.#oldestFirst = undefined;
    this.#entries.delete(id);
  }

  /**
   * Consecutive drops share an iterator. A new one would walk over the slots of all dropped entries each time. It only
   * passes entries that are dropped, so it ends only if the map is empty.
   */
  dropOldest(): void {
    this.#oldestFirst ??= this.#entries.keys();
    const { value } = this.#oldestFirst.next();
    if (value !== undefined) this.#entries.delete(value);
  }

  copy(): BoundedMap<T> {
    return new BoundedMap(this.#entriesMax, this.#entries);
  }
}

/**
 * The values of a collection with their revisions. Above the limit, values that replaced others are dropped first, such as
 * used tokens, and then the oldest.
 */
export class Entries<T> {
  readonly #idsMax: number;
  #created = new BoundedMap<Entry<T>>(Number.POSITIVE_INFINITY);
  #replaced = new BoundedMap<Entry<T>>(Number.POSITIVE_INFINITY);

  constructor(idsMax: number) {
    this.#idsMax = idsMax;
  }

  get size(): number {
    return this.#created.entries.size + this.#replaced.entries.size;
  }

  get(id: string): Entry<T> | undefined {
    return this.#created.get(id) ?? this.#replaced.get(id);
  }

  set(id: string, entry: Entry<T>): void {
    if (this.get(id) === undefined) this.#created.set(id, entry);
    else {
      this.#created.delete(id);
      this.#replaced.set(id, entry);
    }
    if (this.size > this.#idsMax) (this.#replaced.entries.size > 0 ? this.#replaced : this.#created).dropOldest();
  }

  delete(id: string): void {
    this.#created.delete(id);
    this.#replaced.delete(id);
  }

  /** The replaced values first. */
  *[Symbol.iterator](): Generator<[string, T]> {
    for (const { entries } of [this.#replaced, this.#created]) for (const [id, { value }] of entries) yield [id, value];
  }

  copy(): Entries<T> {
    const copy = new Entries<T>(this.#idsMax);
    copy.#created = this.#created.copy();
    copy.#replaced = this.#replaced.copy();
    return copy;
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

  /** The number of kept records. */
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
