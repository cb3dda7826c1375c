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

/** A ring: it grows up to the bound, and from then on each record takes the place of the oldest. */
export class BoundedLog<T> {
  readonly #bounds: LogBounds;
  readonly #evicted = new Map<string, number>();
  readonly #ring: (Kept<T> | undefined)[] = [];
  #oldest = 0;
  #count = 0;
  #bytes = 0;
  #appended = 0;

  constructor(bounds: LogBounds) {
    this.#bounds = bounds;
  }

  append(entry: Kept<T>): void {
    this.#appended += 1;
    if (this.#count === this.#bounds.recordsMax) this.#dropOldest();
    this.#ring[(this.#oldest + this.#count) % this.#bounds.recordsMax] = entry;
    this.#count += 1;
    this.#bytes += entry.bytes;
    // The newest record stays, however large.
    while (this.#bytes > this.#bounds.bytesMax && this.#count > 1) this.#dropOldest();
  }

  view(): LogView<T> {
    const records: T[] = [];
    for (let age = 1; age <= this.#count; age += 1) {
      const entry = this.#ring[(this.#oldest + this.#count - age) % this.#bounds.recordsMax];
      if (entry !== undefined) records.push(entry.record);
    }
    return { records, appended: this.#appended, evicted: new Map(this.#evicted) };
  }

  #dropOldest(): void {
    const dropped = this.#ring[this.#oldest];
    this.#ring[this.#oldest] = undefined;
    this.#oldest = (this.#oldest + 1) % this.#bounds.recordsMax;
    this.#count -= 1;
    if (dropped === undefined) return;
    this.#bytes -= dropped.bytes;
    this.#evicted.set(dropped.label, (this.#evicted.get(dropped.label) ?? 0) + 1);
  }
}
