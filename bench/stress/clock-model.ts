/** What an app's clock may have shown: decides whether an answer's time and code are consistent with the moves that were made. */

/** The clock between two moves; running, it is ahead of the real one. */
export type ClockState = { readonly frozenAtMs: number } | { readonly offsetMs: number };

interface Period {
  readonly state: ClockState;
  /** Real time at which the move to it was sent: not before. */
  readonly fromMs: number;
  /** Real time at which the next move was answered: not after. */
  toMs: number;
}

export interface Span {
  /** Real time. */
  readonly sentMs: number;
  readonly receivedMs: number;
}

/** From here to there, in years of four digits, as 17 digits can say. */
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

  /** A move was sent, and answered with this state. */
  moved(state: ClockState, { sentMs, receivedMs }: Span): void {
    const last = this.#periods.at(-1);
    if (last !== undefined) last.toMs = receivedMs;
    this.#periods.push({ state, fromMs: sentMs, toMs: Number.POSITIVE_INFINITY });
  }

  /** Forgets all but the last state: nothing is under way that was sent before it. */
  settle(): void {
    this.#periods = this.#periods.slice(-1);
  }

  /** Whether the clock can have shown this at some moment of the span. */
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
