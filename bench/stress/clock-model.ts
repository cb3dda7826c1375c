/** Models an app's clock, to decide whether the time and code of a response are consistent with the clock's moves. */

/** The clock between two moves: frozen, or with an offset to the real time. */
export type ClockState = { readonly frozenAtMs: number } | { readonly offsetMs: number };

interface Period {
  readonly state: ClockState;
  /** The real time at which the move was sent. The state cannot begin earlier. */
  readonly fromMs: number;
  /** The real time at which the next move was answered. The state cannot end later. */
  toMs: number;
}

export interface Span {
  /** Real time. */
  readonly sentMs: number;
  readonly receivedMs: number;
}

/** The range of times with a year of four digits, which 17 digits can represent. */
export interface ClockRange {
  readonly minMs: number;
  readonly maxMs: number;
}

export class ClockModel {
  readonly #range: ClockRange;
  #periods: Period[];

  constructor(range: ClockRange) {
    this.#range = range;
    this.#periods = [{ state: { offsetMs: 0 }, fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }];
  }

  /** Records a move that returned this state. */
  moved(state: ClockState, { sentMs, receivedMs }: Span): void {
    const last = this.#periods.at(-1);
    if (last !== undefined) last.toMs = receivedMs;
    this.#periods.push({ state, fromMs: sentMs, toMs: Number.POSITIVE_INFINITY });
  }

  /** Keeps only the last state. Call it when no earlier request is pending. */
  settle(): void {
    this.#periods = this.#periods.slice(-1);
  }

  /** Returns true if the clock can have had this time within the span. */
  canShow(nowMs: number, { sentMs, receivedMs }: Span): boolean {
    return this.#periods.some(({ state, fromMs, toMs }) => {
      const [from, to] = [Math.max(fromMs, sentMs), Math.min(toMs, receivedMs)];
      if (from > to) return false;
      if ('frozenAtMs' in state) return nowMs === state.frozenAtMs;
      return nowMs >= this.#inRange(from + state.offsetMs) && nowMs <= this.#inRange(to + state.offsetMs);
    });
  }

  #inRange(ms: number): number {
    return Math.min(Math.max(ms, this.#range.minMs), this.#range.maxMs);
  }
}
