/** A log that drops its oldest records beyond a bound, and says what it dropped. */
import type { LogView } from '../state-store.js';

interface Kept<T> {
  readonly record: T;
  readonly label: string;
  readonly bytes: number;
}

export interface LogBounds {
  readonly recordsMax: number;
  readonly bytesMax: number;
}

// How many dropped records may stand before the array is cut: rare enough to cost nothing, small enough to waste nothing.
const DROPPED_MAX = 1024;

export class BoundedLog<T> {
  readonly #bounds: LogBounds;
  readonly #evicted = new Map<string, number>();
  #kept: (Kept<T> | undefined)[] = [];
  #first = 0;
  #bytes = 0;
  #appended = 0;

  constructor(bounds: LogBounds) {
    this.#bounds = bounds;
  }

  append(entry: Kept<T>): void {
    this.#kept.push(entry);
    this.#bytes += entry.bytes;
    this.#appended += 1;
    while (this.#isOverBounds()) this.#dropOldest();
  }

  view(): LogView<T> {
    const records: T[] = [];
    for (let at = this.#kept.length - 1; at >= this.#first; at -= 1) {
      const entry = this.#kept[at];
      if (entry !== undefined) records.push(entry.record);
    }
    return { records, appended: this.#appended, evicted: new Map(this.#evicted) };
  }

  /** The newest record stays, however large. */
  #isOverBounds(): boolean {
    const count = this.#kept.length - this.#first;
    return count > 1 && (count > this.#bounds.recordsMax || this.#bytes > this.#bounds.bytesMax);
  }

  #dropOldest(): void {
    const oldest = this.#kept[this.#first];
    this.#kept[this.#first] = undefined;
    this.#first += 1;
    if (oldest === undefined) return;
    this.#bytes -= oldest.bytes;
    this.#evicted.set(oldest.label, (this.#evicted.get(oldest.label) ?? 0) + 1);
    if (this.#first < DROPPED_MAX) return;
    this.#kept = this.#kept.slice(this.#first);
    this.#first = 0;
  }
}
