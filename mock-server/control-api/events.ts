/** /_mock/events: sends each new journal record as a server-sent event (WHATWG HTML, 9.2). */
import type { ReadableStream } from 'node:stream/web';
import type { Scope } from '../carrier/apps/apps.js';
import { byAge, journalsFor, type Place, type PlacedRecord, placeOf, recordsOf } from '../carrier/apps/journal.js';
import type { Carrier } from '../carrier/carrier.js';
import type { AppRecord, JournalRecord } from '../carrier/store/state-store.js';
import { eventOf, type Missed, UNREAD_BYTES_MAX } from './event-streams.js';
import { textQuery } from './query.js';
import { inTurn } from './request-view.js';
import { type Call, routes } from './route.js';

export const EVENTS_ROUTES = routes('Journal', [
  {
    call: 'GET /_mock/events',
    who: 'query',
    id: 'watchRequests',
    summary: 'Server-sent events: each new journal record, and the clock and scripts of changed apps',
    query: ['appId'],
    output: {
      status: 200,
      contentType: 'text/event-stream',
      headers: {
        'Cache-Control': 'no-cache, no-transform',
        // Without it, nginx buffers events.
        'X-Accel-Buffering': 'no',
      },
    },
    problems: [503],
    handle: watch,
  },
]);

async function watch({ carrier, scope, streams, request, query, app }: Call): Promise<ReadableStream | undefined> {
  const appId = textQuery(query, 'appId');
  streams.checkRoom(appId);
  const lock = lockOf(app?.settings);
  const isVisible = (named: Pick<AppRecord, 'settings'> | undefined) =>
    scope === 'all' || [null, lock].includes(lockOf(named?.settings));
  const includes = (record: JournalRecord) =>
    (appId === undefined || record.appId === appId) && isVisible(record.state.app);
  const includesApp = (changed: AppRecord | undefined) =>
    (appId === undefined || changed?.settings.appId === appId) && isVisible(changed);
  const { method, headers, signal } = request;
  // If the caller disconnected during the token check, no close event follows.
  if (method === 'HEAD' || signal.aborted) return undefined;
  const stream = streams.open(carrier.store, { appId, includes, includesApp });
  // Before the missed records are read: if the caller disconnects meanwhile, the waiting records must be released.
  signal.addEventListener('abort', () => stream.stop(), { once: true });
  const lastId = headers['last-event-id'];
  try {
    const missed =
      lastId === undefined
        ? NOTHING
        : await inTurn(carrier, () => missedBy(carrier, includes, { lastId: String(lastId), appId, scope }));
    stream.begin(missed);
    if (streams.isClosing) stream.end();
    return stream.readable;
  } catch (error) {
    stream.stop();
    throw error;
  }
}

/** An app's records are visible to callers without the server's token if it has no control token, or if they sent it. */
function lockOf(settings: { readonly controlTokenHash: string | null } | undefined): string | null {
  return settings?.controlTokenHash ?? null;
}

const NOTHING: Missed = { events: [], skipped: 0 };
// A record may be received before another and written after it. In memory both happen in one step; over Redis, the commit
// takes at most as long as a command may take.
const COMMIT_MS_MAX = 5_000;

interface Since {
  readonly lastId: string;
  readonly appId: string | undefined;
  readonly scope: Scope;
}

/** The records since the last one that the client received; all if that one was dropped. */
async function missedBy(
  carrier: Carrier,
  includes: (record: JournalRecord) => boolean,
  { lastId, appId, scope }: Since,
): Promise<Missed> {
  const last = await placeOf(carrier, lastId);
  let [events, skipped]: [MissedEvent[], number] = [[], 0];
  for (const partition of await journalsFor(carrier, appId, scope)) {
    for await (const { record, ...place } of since(carrier, partition, last))
      if (includes(record)) events.push({ id: record.id, text: eventOf(record), ...place });
    const { length } = events;
    events = newestOf(events);
    skipped += length - events.length;
  }
  return { events, skipped };
}

interface MissedEvent extends Place {
  readonly id: string;
  readonly text: string;
}

/** Newest first. Of other journals than that of the last record, those that may have been written after it. */
async function* since(
  carrier: Carrier,
  partition: string,
  last: PlacedRecord | undefined,
): AsyncGenerator<PlacedRecord> {
  const beganMs = (last?.record.receivedAtMs ?? 0) - (carrier.store.shared ? COMMIT_MS_MAX : 0);
  for await (const placed of recordsOf(carrier, partition)) {
    const isOld =
      placed.partition === last?.partition ? placed.record.id === last.record.id : placed.record.receivedAtMs < beganMs;
    if (last !== undefined && isOld) return;
    yield placed;
  }
}

/** As many as may wait unread, newest first. */
function newestOf(events: readonly MissedEvent[]): MissedEvent[] {
  let bytes = 0;
  return events.toSorted(byAge).filter(({ text }) => {
    bytes += Buffer.byteLength(text);
    return bytes < UNREAD_BYTES_MAX;
  });
}
