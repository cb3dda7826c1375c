/** Of a long list only the rows in sight, and a few around them, are in the page. */

export interface RowWindow {
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
}

interface Scrolled {
  readonly count: number;
  readonly rowPx: number;
  readonly scrollTop: number;
  readonly heightPx: number;
  /** So many rows more on either side, so that a scroll does not show an empty place. */
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
