/** A log that drops its oldest records above a limit and counts what it dropped, by label. */
import type { LogView } from './state-store.js';

export interface LogOptions<T> {
  readonly recordsMax: number;
  readonly labelOf: (record: T) => string;
  /** Called for each dropped record. */
  readonly onDrop?: () => void;
}

/** A ring buffer: it grows to the limit, then each record replaces the oldest. */
export class BoundedLog<T> {
  readonly #options: LogOptions<T>;
  readonly #evicted = new Map<string, number>();
  readonly #records: (T | undefined)[] = [];
  #oldest = 0;
  #count = 0;
  #appended = 0;

  constructor(options: LogOptions<T>) {
    this.#options = options;
  }

  /** The number of kept records. */
  get count(): number {
    return this.#count;
  }

  append(record: T): void {
    const { recordsMax } = this.#options;
    if (this.#count === recordsMax) this.#dropOldest();
    this.#records[(this.#oldest + this.#count) % recordsMax] = record;
    this.#count += 1;
    this.#appended += 1;
  }

  /** Drops the oldest records until `count` are left. */
  keepNewest(count: number): void {
    while (this.#count > count) this.#dropOldest();
  }

  view(newest = Number.POSITIVE_INFINITY): LogView<T> {
    const records: T[] = [];
    for (let age = 1; age <= Math.min(this.#count, newest); age += 1) {
      const record = this.#records[(this.#oldest + this.#count - age) % this.#options.recordsMax];
      if (record !== undefined) records.push(record);
    }
    return { records, appended: this.#appended, evicted: new Map(this.#evicted) };
  }

  /** An independent copy with the same records. */
  copy(): BoundedLog<T> {
    const copy = new BoundedLog<T>(this.#options);
    // push(...) fails with a hundred thousand arguments.
    for (const [at, record] of this.#records.entries()) copy.#records[at] = record;
    for (const [label, count] of this.#evicted) copy.#evicted.set(label, count);
    copy.#oldest = this.#oldest;
    copy.#count = this.#count;
    copy.#appended = this.#appended;
    return copy;
  }

  #dropOldest(): void {
    const record = this.#records[this.#oldest];
    if (record === undefined) return;
    const label = this.#options.labelOf(record);
    this.#evicted.set(label, (this.#evicted.get(label) ?? 0) + 1);
    this.#options.onDrop?.();
    this.#records[this.#oldest] = undefined;
    this.#oldest = (this.#oldest + 1) % this.#options.recordsMax;
    this.#count -= 1;
  }
}
