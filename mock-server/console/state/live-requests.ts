/** The journal: a page of it when the connection opens, then each record from the event stream. */
import { signal } from '@preact/signals';
import { createEventSource, type EventSourceClient } from 'eventsource-client';
import { answerOf, control } from '../api/control-client.js';
import { UNAUTHORIZED } from '../api/problem.js';
import type { JournalRecord } from '../api/schemas.js';
import { authorization, requireToken } from './control-token.js';
import { joinRecords, mergeRecords } from './merge-records.js';
import { clearProblem, notifyProblem } from './notices.js';
import { reloadAll } from './resource.js';
import { loadNewApps } from './server-data.js';

/** About two kilobytes each, so 20 MB at most. `GET /_mock/requests` has older ones. */
const RECORDS_MAX = 10_000;
const PAGE_LIMIT = 1000;

export type Connection = 'connecting' | 'open' | 'lost';

export const connection = signal<Connection>('connecting');
/** Newest first. */
export const records = signal<readonly JournalRecord[]>([]);
/** Whether the journal has been read. Before that, `records` are empty in any case. */
export const isRead = signal(false);
/** Whether the server has older records. */
export const hasOlder = signal(false);

let waiting: JournalRecord[] = [];

/** Collects records, so that the page changes once per frame. */
function addRecord(record: JournalRecord): void {
  waiting.unshift(record);
  if (waiting.length === 1) inNextFrame(flush);
}

/** A page in the background has no frames, so it uses a timer. */
function inNextFrame(action: () => void): void {
  if (document.hidden) setTimeout(action, 250);
  else requestAnimationFrame(action);
}

function flush(): void {
  const incoming = waiting;
  waiting = [];
  records.value = mergeRecords(records.value, incoming, RECORDS_MAX);
  loadNewApps(incoming);
}

/**
 * Reads the records since the last known one and inserts them at their position; without a last known one, reads the newest
 * page. If the server does not have the last known record, it was restarted or cleared, and its records replace all others.
 */
async function catchUp(lastKnown: JournalRecord | undefined): Promise<void> {
  if (lastKnown === undefined) clearRecords();
  const { fresh, isJoined, more } = await readBackTo(lastKnown?.id);
  const current = [...waiting, ...records.value];
  waiting = [];
  records.value = joinRecords(current, { fresh, lastKnownId: lastKnown?.id, isJoined }, RECORDS_MAX);
  hasOlder.value = isJoined ? hasOlder.value : more;
  isRead.value = true;
}

function clearRecords(): void {
  waiting = [];
  records.value = [];
}

async function readBackTo(id: string | undefined) {
  const fresh: JournalRecord[] = [];
  for (;;) {
    const { requests, more } = await readPage(fresh.at(-1)?.id);
    const at = requests.findIndex((record) => record.id === id);
    if (at !== -1) return { fresh: [...fresh, ...requests.slice(0, at)], isJoined: true, more };
    fresh.push(...requests);
    const isEnd = !more || fresh.length >= RECORDS_MAX;
    if (id === undefined || isEnd) return { fresh, isJoined: false, more };
  }
}

async function readPage(after: string | undefined) {
  const query = { limit: PAGE_LIMIT, ...(after !== undefined && { after }) };
  return answerOf(control.GET('/_mock/requests', { params: { query } }));
}

/** Reads the page before the oldest record. */
export async function readOlder(): Promise<void> {
  const { requests, more } = await readPage(records.value.at(-1)?.id);
  const ids = new Set(records.value.map(({ id }) => id));
  records.value = [...records.value, ...requests.filter(({ id }) => !ids.has(id))];
  hasOlder.value = more && records.value.length < RECORDS_MAX;
}

/** Reads the whole journal again, after records were deleted. */
export function readJournal(): Promise<void> {
  return catchUp(undefined);
}

export async function forgetRequests(): Promise<void> {
  await answerOf(control.DELETE('/_mock/requests', {}));
  await readJournal();
}

let source: EventSourceClient | undefined;
let wasLost = false;

/**
 * A browser has six connections to a server for all its pages. A hidden page closes its connection, and catches up when it
 * is visible again.
 */
export function listenWhileVisible(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) source?.close();
    else listen();
  });
  listen();
}

/** Opens the event stream. It reconnects automatically. Call this again when the control token is set. */
export function listen(): void {
  source?.close();
  source = createEventSource({
    url: new URL('/_mock/events', location.origin),
    fetch: fetchEvents,
    onMessage: ({ event, data }) => {
      if (event === 'request') addRecord(JSON.parse(data) as JournalRecord);
      // The server skipped records that came too fast for this connection.
      if (event === 'passed-over') void catchUp(waiting[0] ?? records.value[0]).catch(notifyProblem);
    },
    onScheduleReconnect: () => {
      wasLost ||= connection.value === 'open';
      connection.value = 'lost';
    },
  });
}

/** Closes the stream, because the server would refuse it every two seconds. */
function waitForToken(): void {
  source?.close();
  requireToken();
}

async function fetchEvents(url: string | URL, { headers, ...rest }: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, {
    ...rest,
    headers: { ...(headers as Record<string, string>), ...authorization() },
  });
  if (response.status === UNAUTHORIZED) waitForToken();
  if (!response.ok) throw new Error(`${response.status}`);
  connection.value = 'open';
  await catchUp(waiting[0] ?? records.value[0]);
  if (wasLost) {
    reloadAll();
    clearProblem();
  }
  wasLost = false;
  return response;
}
