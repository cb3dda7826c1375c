/** Calculates which rows of a long list the page contains: the visible ones and a few around them. */

export interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

interface Scrolled {
  readonly count: number;
  readonly rowPx: number;
  readonly scrollTop: number;
  readonly heightPx: number;
  /** The number of further rows on either side, so that scrolling shows no gaps. */
  readonly around: number;
}

export function rowWindow({ count, rowPx, scrollTop, heightPx, around }: Scrolled): RowWindow {
  const first = Math.floor(scrollTop / rowPx) - around;
  const end = Math.ceil((scrollTop + heightPx) / rowPx) + around;
  return { first: clamp(first, count), end: clamp(end, count) };
}

function clamp(at: number, count: number): number {
  return Math.min(Math.max(at, 0), count);
}
