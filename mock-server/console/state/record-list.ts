/** The list of requests without the page: its pages, arriving records, merging records, and the rows that the page contains. */
interface Identified {
  readonly id: string;
}

interface Page<R> {
  readonly requests: readonly R[];
  readonly after: string | null;
}

/** Each page of a list, until the last. A page may end before its limit, even without a request. */
export async function* pagesOf<R>(
  read: (after: string | undefined) => Promise<Page<R>>,
): AsyncGenerator<readonly R[], void, void> {
  let after: string | null | undefined;
  while (after !== null) {
    const page: Page<R> = await read(after);
    yield page.requests;
    ({ after } = page);
  }
}

/** Records that have arrived and are not shown yet. */
export interface Arrivals<R> {
  /** Returns whether the record is the first that waits. */
  add(record: R): boolean;
  /** Newest first. While a page is read, records wait: they are newer than the page, or in it. */
  take(): readonly R[];
  /** Reads a page, and replaces the shown records by it. */
  during(read: () => Promise<void>): Promise<void>;
  /** Whether a page is being read. */
  isReading(): boolean;
}

export function createArrivals<R>(): Arrivals<R> {
  let waiting: R[] = [];
  let reads = 0;
  return {
    isReading: () => reads > 0,
    add: (record) => waiting.unshift(record) === 1,
    take: () => {
      if (reads > 0) return [];
      const taken = waiting;
      waiting = [];
      return taken;
    },
    during: async (read) => {
      reads += 1;
      try {
        await read();
      } finally {
        reads -= 1;
      }
    },
  };
}

/** `incoming` is newest first too. Drops duplicates, and the oldest records beyond `max`. */
export function mergeRecords<R extends Identified>(
  known: readonly R[],
  incoming: readonly R[],
  max: number,
): readonly R[] {
  const ids = new Set(known.map(({ id }) => id));
  const added = incoming.filter(({ id }) => !ids.has(id));
  return added.length === 0 ? known : [...added, ...known].slice(0, max);
}

/** The list with the records whose delivery ended, at their places. */
export function withDelivered<R extends Identified>(delivered: ReadonlyMap<string, R>) {
  return (list: readonly R[]): readonly R[] =>
    delivered.size === 0 ? list : list.map((record) => delivered.get(record.id) ?? record);
}

/** Whether an id is this one. One that ends with `*` means all that begin so. */
export function isNamed(id: string, name: string): boolean {
  return name.endsWith('*') ? id.startsWith(name.slice(0, -1)) : id === name;
}

/** The known records before those of the newest page; undefined if the page does not reach them, or the server was restarted or cleared. */
export function recordsBefore<R extends Identified>(
  page: readonly R[],
  known: readonly R[],
): readonly R[] | undefined {
  const at = known.findIndex(({ id }) => id === page.at(-1)?.id);
  return at === -1 ? undefined : known.slice(at + 1);
}

interface Scrolled {
  readonly count: number;
  readonly rowPx: number;
  readonly scrollTop: number;
  readonly heightPx: number;
}

/** Rows on either side of the visible ones, so that scrolling shows no gaps. */
const AROUND = 8;

/** The rows near the visible part; `end` is exclusive. */
export function rowWindow({ count, rowPx, scrollTop, heightPx }: Scrolled) {
  const clamp = (at: number) => Math.min(Math.max(at, 0), count);
  const first = Math.floor(scrollTop / rowPx) - AROUND;
  const end = Math.ceil((scrollTop + heightPx) / rowPx) + AROUND;
  return { first: clamp(first), end: clamp(end) };
}
