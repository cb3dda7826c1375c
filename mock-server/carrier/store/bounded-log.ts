/** A log that drops its oldest records above a limit and counts what it dropped. */
import type { LogView } from './state-store.js';

export interface BoundedLogEntry<T> {
  readonly record: T;
  readonly label: string;
  readonly bytes: number;
}

export interface LogBounds {
  readonly recordsMax: number;
  readonly bytesMax: number;
  /** Called for each dropped record. */
  readonly onDrop?: () => void;
}

/**
 * A ring buffer: it grows to the limit, then each record replaces the oldest. Entries are stored in columns: the garbage
 * collector would visit an object for each entry again and again.
 */
export class BoundedLog<T> {
  readonly #bounds: LogBounds;
  readonly #evicted = new Map<string, number>();
  readonly #records: (T | undefined)[] = [];
  readonly #labels: string[] = [];
  readonly #sizes: number[] = [];
  #oldest = 0;
  #count = 0;
  #bytes = 0;
  #appended = 0;

  constructor(bounds: LogBounds) {
    this.#bounds = bounds;
  }

  append({ record, label, bytes }: BoundedLogEntry<T>): void {
    if (this.#count === this.#bounds.recordsMax) this.#dropOldest();
    const at = (this.#oldest + this.#count) % this.#bounds.recordsMax;
    this.#records[at] = record;
    this.#labels[at] = label;
    this.#sizes[at] = bytes;
    this.#appended += 1;
    this.#count += 1;
    this.#bytes += bytes;
    // The newest record stays, however large it is.
    while (this.#bytes > this.#bounds.bytesMax && this.#count > 1) this.#dropOldest();
  }

  /** The bytes of all kept records. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Drops the older half by bytes; the newest record stays. */
  halve(): void {
    const half = this.#bytes / 2;
    while (this.#bytes > half && this.#count > 1) this.#dropOldest();
  }

  /** Removes the matching records, without counting them as dropped. */
  forget(matches: (record: T) => boolean): void {
    if (!this.#records.some((record) => record !== undefined && matches(record))) return;
    const kept = this.#entries().filter(({ record }) => !matches(record));
    const appended = this.#appended;
    this.#records.length = 0;
    [this.#oldest, this.#count, this.#bytes] = [0, 0, 0];
    for (const entry of kept) this.append(entry);
    this.#appended = appended;
  }

  view(newest = Number.POSITIVE_INFINITY): LogView<T> {
    const records: T[] = [];
    for (let age = 1; age <= Math.min(this.#count, newest); age += 1) {
      const record = this.#records[(this.#oldest + this.#count - age) % this.#bounds.recordsMax];
      if (record !== undefined) records.push(record);
    }
    return { records, appended: this.#appended, evicted: new Map(this.#evicted) };
  }

  /** An independent copy with the same records. */
  copy(): BoundedLog<T> {
    const copy = new BoundedLog<T>(this.#bounds);
    // push(...) fails with a hundred thousand arguments.
    for (const [at, record] of this.#records.entries()) {
      copy.#records[at] = record;
      copy.#labels[at] = this.#labels[at] ?? '';
      copy.#sizes[at] = this.#sizes[at] ?? 0;
    }
    for (const [label, count] of this.#evicted) copy.#evicted.set(label, count);
    copy.#oldest = this.#oldest;
    copy.#count = this.#count;
    copy.#bytes = this.#bytes;
    copy.#appended = this.#appended;
    return copy;
  }

  /** Oldest first. */
  #entries(): readonly BoundedLogEntry<T>[] {
    return Array.from({ length: this.#count }, (_, age) => {
      const at = (this.#oldest + age) % this.#bounds.recordsMax;
      return { record: this.#records[at] as T, label: this.#labels[at] ?? '', bytes: this.#sizes[at] ?? 0 };
    });
  }

  #dropOldest(): void {
    const label = this.#labels[this.#oldest] ?? '';
    this.#evicted.set(label, (this.#evicted.get(label) ?? 0) + 1);
    this.#bounds.onDrop?.();
    this.#bytes -= this.#sizes[this.#oldest] ?? 0;
    this.#records[this.#oldest] = undefined;
    this.#oldest = (this.#oldest + 1) % this.#bounds.recordsMax;
    this.#count -= 1;
  }
}
