/** The journal: a page of it when the connection opens, then each record from the event stream. */
import { effect, signal, untracked } from '@preact/signals';
import { createEventSource, type EventSourceClient } from 'eventsource-client';
import type {
  AppSubscribers,
  Clock,
  JournalPage,
  JournalRecord,
  Operation,
  Outcomes,
} from '../../../src/control/api.js';
import type { PartsOf } from '../../../src/control/calls/calls.js';
import { BASE } from './carrier.js';
import { authorizedFetch, call, UNAUTHORIZED, unhealthy } from './mock.js';
import { clearProblem, notifyUnloaded } from './notices.js';
import { nowMs } from './now.js';
import {
  createArrivals,
  isNamed,
  mergeRecords,
  recordsBefore,
  withDelivered,
} from './record-list.js';
import { appOf, reloadAll, reloadAppsSoon, soonOnce } from './server-data.js';

/** About two kilobytes each, so 20 MB at most. `GET /_mock/requests` has older ones. */
const RECORDS_MAX = 10_000;
const PAGE_LIMIT = 1000;

export const connection = signal<'connecting' | 'open' | 'lost'>('connecting');
/** Newest first. */
export const records = signal<readonly JournalRecord[]>([]);
/** Whether the journal has been read. Before that, `records` are empty in any case. */
export const isRead = signal(false);
/** Whether the server has older records. */
export const hasOlder = signal(false);

/** As the event stream sends it after a change. */
export interface ChangedApp extends AppSubscribers {
  readonly appId: string;
  readonly clock: Clock;
  readonly outcomes: Readonly<Record<Operation, Outcomes>>;
}

/** The newest change of an app; `several` if settings or the list of apps changed. */
export const appChange = signal<ChangedApp | 'several' | undefined>(undefined);

const arrivals = createArrivals<JournalRecord>();
/** Records whose delivery ended. They may arrive before the page that has them pending. */
let delivered = new Map<string, JournalRecord>();

/** A change of every list of records: some are removed or delivered. */
export const amendment = signal<(list: readonly JournalRecord[]) => readonly JournalRecord[]>(
  (list) => list,
);

/** How many times records were removed. */
export const removals = signal(0);

/** undefined for a record that is not loaded. */
export function loadedRecord(id: string): JournalRecord | undefined {
  return records.value.find((record) => record.id === id);
}

const FLUSH_MS = 100;
// Two hundred requests a second. A load test has more, and the page reads its newest ones at a pause.
const BURST_MAX = 20;

function flush(): void {
  const incoming = arrivals.take();
  records.value = mergeRecords(records.value, incoming, RECORDS_MAX);
  amend(withDelivered(delivered));
  if (!arrivals.isReading()) delivered = new Map();
  // Another replica created the app.
  if (
    incoming.some(({ appId, charged }) => charged && appId !== null && appOf(appId) === undefined)
  )
    reloadAppsSoon();
}

function amend(change: (typeof amendment)['value']): void {
  records.value = change(records.value);
  amendment.value = change;
}

function remove(ids: readonly string[]): void {
  flush();
  amend((list) => list.filter(({ id }) => !ids.some((removed) => isNamed(id, removed))));
  removals.value += 1;
  // A page that is being read, and the count of older records, may have removed ones.
  if (arrivals.isReading() || hasOlder.value) readJournalSoon();
}

/** Reads the newest page, and keeps the known records before it, if `isContinued`. */
async function readNewest({ isContinued }: { readonly isContinued: boolean }): Promise<void> {
  flush();
  try {
    await arrivals.during(async () => {
      const { requests, more } = await readPage({});
      const older = isContinued ? recordsBefore(requests, records.value) : undefined;
      records.value = [...requests, ...(older ?? [])].slice(0, RECORDS_MAX);
      if (older === undefined) hasOlder.value = more;
      isRead.value = true;
    });
  } finally {
    flush();
  }
}

export function readPage(query: PartsOf<'GET /requests'>['query']): Promise<JournalPage> {
  return call('GET /requests', { query: { ...query, limit: PAGE_LIMIT } });
}

/** Reads the page before the oldest record. */
export async function readOlder(): Promise<void> {
  const { requests, more } = await readPage({ after: records.value.at(-1)?.id });
  records.value = mergeRecords(requests, records.value, RECORDS_MAX);
  hasOlder.value = more && records.value.length < RECORDS_MAX;
}

const READ_PAUSE_MS = 1000;

const readJournalSoon = soonOnce(READ_PAUSE_MS, () =>
  readNewest({ isContinued: false }).catch(notifyUnloaded),
);

const PAUSE_MS = 500;
const PAUSE_WAIT_MS_MAX = 10_000;

/** The newest request when requests paused last, or ten seconds later while they keep coming. What changes with requests is loaded again then. */
export const newestAtPause = signal<string | undefined>(undefined);

let waitingSinceMs: number | undefined;
let pause: ReturnType<typeof setTimeout> | undefined;
/** The server skipped records that came too fast for this page. */
let isIncomplete = false;

function settle(): void {
  waitingSinceMs = undefined;
  newestAtPause.value = `${records.value[0]?.id} ${removals.value}`;
  if (isIncomplete) readNewest({ isContinued: true }).catch(notifyUnloaded);
  isIncomplete = false;
}

effect(() => {
  void removals.value;
  if (records.value.length === 0) return;
  waitingSinceMs ??= nowMs();
  clearTimeout(pause);
  const waitMs = waitingSinceMs + PAUSE_WAIT_MS_MAX - nowMs();
  pause = setTimeout(settle, Math.max(0, Math.min(PAUSE_MS, waitMs)));
});

function receive(event: string, data: string): void {
  // Collected, so that a load test does not change the page with each request.
  if (event === 'request' && arrivals.add(JSON.parse(data))) flushSoon();
  if (event === 'request-delivered') {
    const record: JournalRecord = JSON.parse(data);
    if (delivered.set(record.id, record).size === 1) flushSoon();
  }
  if (event === 'requests-removed') remove(JSON.parse(data).ids);
  if (event === 'app') appChange.value = JSON.parse(data);
  if (event === 'apps') {
    reloadAppsSoon();
    appChange.value = 'several';
  }
  if (event === 'passed-over') isIncomplete = true;
}

function flushSoon(): void {
  setTimeout(flush, FLUSH_MS);
}

let source: EventSourceClient | undefined;

/**
 * A browser has six connections to a server for all its pages. A hidden page closes its connection, and catches up when it
 * is visible again.
 */
export function listenWhileVisible(): void {
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return listen();
    source?.close();
    connection.value = 'connecting';
  });
  listen();
}

let wasUnhealthy = false;
effect(() => {
  const isHealthy = unhealthy.value === undefined;
  if (isHealthy && wasUnhealthy) {
    untracked(reloadAll);
    listen();
  }
  wasUnhealthy = !isHealthy;
});

/** Opens the event stream. It reconnects automatically. Call this again when the control token is set. */
export function listen(): void {
  source?.close();
  source = createEventSource({
    url: new URL(`${BASE}/_mock/events?burst=${BURST_MAX}`),
    fetch: fetchEvents,
    onMessage: ({ event = '', data }) => receive(event, data),
    onScheduleReconnect: () => {
      connection.value = 'lost';
    },
  });
}

async function fetchEvents(url: string | URL, init?: RequestInit): Promise<Response> {
  const response = await authorizedFetch(url, init);
  // The server would refuse the stream every two seconds. `listen` is called again with the token.
  if (response.status === UNAUTHORIZED) source?.close();
  if (!response.ok) throw new Error(`${response.status}`);
  const wasLost = connection.value === 'lost';
  connection.value = 'open';
  await readNewest({ isContinued: true });
  if (wasLost) {
    reloadAll();
    clearProblem();
  }
  return response;
}
