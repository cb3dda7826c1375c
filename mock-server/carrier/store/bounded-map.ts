/** A map that drops its oldest entries above a limit. An entry that is written again keeps its position. */

export class BoundedMap<T> {
  readonly #entriesMax: number;
  readonly #entries = new Map<string, T>();
  #oldestFirst: Iterator<string> | undefined;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  get entries(): ReadonlyMap<string, T> {
    return this.#entries;
  }

  get(id: string): T | undefined {
    return this.#entries.get(id);
  }

  set(id: string, value: T): void {
    this.#entries.set(id, value);
    if (this.#entries.size > this.#entriesMax) this.#dropOldest();
  }

  /** Releases the iterator: while one waits, V8 keeps each table that the map has outgrown. */
  delete(id: string): void {
    this.#entries.delete(id);
    this.#oldestFirst = undefined;
  }

  /**
   * Consecutive drops share an iterator. A new one would walk over the slots of all dropped entries each time. It never
   * ends: it only passes entries that are dropped, and there are more entries than the limit.
   */
  #dropOldest(): void {
    this.#oldestFirst ??= this.#entries.keys();
    const { value } = this.#oldestFirst.next();
    if (value !== undefined) this.#entries.delete(value);
  }
}
