/** A map that drops its oldest entries beyond a bound. An entry that is written again keeps its place. */

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
   * One iterator for the map's whole life: a new one would walk past all the places of the dropped entries again,
   * which makes each drop cost as much as the map is large. It is never through: what it has passed is dropped, and
   * there are more entries than the bound when it is asked.
   */
  #dropOldest(): void {
    const { value } = this.#oldestFirst.next();
    if (value !== undefined) this.#entries.delete(value);
  }
}
