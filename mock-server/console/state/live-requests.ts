/** The journal as it grows: a page of it when the connection stands, then each record as the server tells of it. */
import { signal } from '@preact/signals';
import { createEventSource, type EventSourceClient } from 'eventsource-client';
import { answerOf, control } from '../api/control-client.js';
import { UNAUTHORIZED } from '../api/problem.js';
import type { JournalRecord } from '../api/schemas.js';
import { authorization, wantToken } from './control-token.js';
import { mergeRecords } from './merge-records.js';
import { clearProblem, notifyProblem } from './notices.js';
import { reloadAll } from './resource.js';
import { meetApps } from './server-data.js';

/** Some two kilobytes each: 20 MB at most. The server keeps more, and `GET /_mock/requests` has them. */
const RECORDS_MAX = 10_000;
const PAGE_LIMIT = 1000;

export type Connection = 'connecting' | 'open' | 'lost';

export const connection = signal<Connection>('connecting');
/** Newest first. */
export const records = signal<readonly JournalRecord[]>([]);
/** Whether the journal has been read: before that it is not known to be empty. */
export const isRead = signal(false);
/** Whether the server has older ones than those that were read. */
export const hasOlder = signal(false);

let waiting: JournalRecord[] = [];

/** Many records a second become one change of the page a frame. */
function take(record: JournalRecord): void {
  waiting.unshift(record);
  if (waiting.length === 1) whenShown(flush);
}

/** A page in the background has no frames. */
function whenShown(action: () => void): void {
  if (document.hidden) setTimeout(action, 250);
  else requestAnimationFrame(action);
}

function flush(): void {
  const incoming = waiting;
  waiting = [];
  records.value = mergeRecords(records.value, incoming, RECORDS_MAX);
  meetApps(incoming);
}

/**
 * What came since a record that is known, in the place where it belongs; the newest page where there is none. A server
 * that does not know the record is another one than before, or forgot: then what it has is all there is.
 */
async function catchUp(lastKnown: JournalRecord | undefined): Promise<void> {
  if (lastKnown === undefined) beginAnew();
  const { fresh, isJoined, more } = await readBackTo(lastKnown?.id);
  const current = [...waiting, ...records.value];
  waiting = [];
  const at = current.findIndex(({ id }) => id === lastKnown?.id);
  const live = at === -1 ? current : current.slice(0, at);
  const older = isJoined ? current.slice(at) : [];
  records.value = mergeRecords([...fresh, ...older], live, RECORDS_MAX);
  hasOlder.value = isJoined ? hasOlder.value : more;
  isRead.value = true;
}

function beginAnew(): void {
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

/** The page before the oldest that is known. */
export async function readOlder(): Promise<void> {
  const { requests, more } = await readPage(records.value.at(-1)?.id);
  const ids = new Set(records.value.map(({ id }) => id));
  records.value = [...records.value, ...requests.filter(({ id }) => !ids.has(id))];
  hasOlder.value = more && records.value.length < RECORDS_MAX;
}

/** Counts how often the journal was begun anew: what was looked at before is no more. */
export const generation = signal(0);

/** All of it anew: after something was forgotten. */
export function readJournal(): Promise<void> {
  generation.value += 1;
  return catchUp(undefined);
}

export async function forgetRequests(): Promise<void> {
  await answerOf(control.DELETE('/_mock/requests', {}));
  await readJournal();
}

let source: EventSourceClient | undefined;
let wasLost = false;

/**
 * A browser has six connections to a server for all its pages together: a hidden page gives its one back,
 * and reads what it missed when it is looked at again.
 */
export function listenWhileSeen(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) source?.close();
    else listen();
  });
  listen();
}

/** Listens until the page is left; again by itself when the connection broke, and with the token once that is given. */
export function listen(): void {
  source?.close();
  source = createEventSource({
    url: new URL('/_mock/events', location.origin),
    fetch: fetchEvents,
    onMessage: ({ event, data }) => {
      if (event === 'request') take(JSON.parse(data) as JournalRecord);
      // The server let some pass that came too fast for this connection.
      if (event === 'passed-over') void catchUp(waiting[0] ?? records.value[0]).catch(notifyProblem);
    },
    onScheduleReconnect: () => {
      wasLost ||= connection.value === 'open';
      connection.value = 'lost';
    },
  });
}

/** It would be refused every two seconds. */
function waitForToken(): void {
  source?.close();
  wantToken();
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
