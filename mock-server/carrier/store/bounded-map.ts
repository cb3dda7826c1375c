/** A map that drops its oldest entries above a limit. An entry that is written again keeps its position. */

export class BoundedMap<T> {
  readonly #entriesMax: number;
  readonly #entries = new Map<string, T>();
  readonly #oldestFirst = this.#entries.keys();

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

  delete(id: string): void {
    this.#entries.delete(id);
  }

  /**
   * Uses one iterator for the map's whole life. A new iterator would walk over the slots of all dropped entries, so that
   * each drop would take time proportional to the map's size. The iterator never ends: it only passes entries that are
   * dropped, and there are more entries than the limit.
   */
  #dropOldest(): void {
    const { value } = this.#oldestFirst.next();
    if (value !== undefined) this.#entries.delete(value);
  }
}
