/** /_mock/events: sends each new journal record as a server-sent event (WHATWG HTML, 9.2). */
import type { ReadableStream } from 'node:stream/web';
import type { Scope } from '../carrier/apps/apps.js';
import { byAge, journalsFor, type Place, type PlacedRecord, placeOf, recordsOf } from '../carrier/apps/journal.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { type EventStream, eventOf, type Missed, UNREAD_BYTES_MAX } from './event-streams.js';
import { inTurn } from './in-turn.js';
import { textQuery } from './query.js';
import type { Call, Route } from './route.js';

export const EVENTS_ROUTES: readonly Route[] = [
  {
    method: 'get',
    path: '/_mock/events',
    who: 'query',
    id: 'watchRequests',
    tag: 'Journal',
    summary: 'Server-sent events of type request: each new journal record as JSON',
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
];

async function watch({ carrier, scope, streams, request, query, app }: Call): Promise<ReadableStream | undefined> {
  const appId = textQuery(query, 'appId');
  streams.checkRoom(appId);
  const lock = lockOf(app?.settings);
  const isVisible = ({ state }: JournalRecord) => scope === 'all' || [null, lock].includes(lockOf(state.app?.settings));
  const includes = (record: JournalRecord) => (appId === undefined || record.appId === appId) && isVisible(record);
  const { method, headers, signal } = request;
  // If the caller disconnected during the token check, no close event follows.
  if (method === 'HEAD' || signal.aborted) return undefined;
  const stream = streams.open(carrier, { appId, includes });
  // Before the missed records are read: if the caller disconnects meanwhile, the waiting events must be released.
  signal.addEventListener('abort', () => stream.stop(), { once: true });
  const lastId = headers['last-event-id'];
  try {
    if (lastId === undefined) stream.begin(NOTHING);
    else
      await inTurn(carrier, async () =>
        stream.begin(await missedBy(carrier, stream, { lastId: String(lastId), appId, scope })),
      );
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

interface MissedEvents extends Missed {
  readonly events: readonly MissedEvent[];
}

interface MissedEvent extends Place {
  readonly id: string;
  readonly text: string;
}

const NOTHING: MissedEvents = { events: [], skipped: 0 };
// A record may be received before another and written after it. In memory both happen in one step; over Redis, the commit
// takes at most as long as a command may take.
const COMMIT_MS_MAX = 5_000;

interface Since {
  readonly lastId: string;
  readonly appId: string | undefined;
  readonly scope: Scope;
}

/** The records since the last one that the client received; all if that one was dropped. Holds only the returned texts. */
async function missedBy(carrier: Carrier, stream: EventStream, { lastId, appId, scope }: Since): Promise<MissedEvents> {
  const last = await placeOf(carrier, lastId);
  let missed = NOTHING;
  for (const partition of await journalsFor(carrier, appId, scope)) {
    const own = await newestOf(stream, since(carrier, partition, last));
    missed = merged(missed, own);
  }
  return missed;
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

async function newestOf(stream: EventStream, records: AsyncIterable<PlacedRecord>): Promise<MissedEvents> {
  const events: MissedEvent[] = [];
  let [bytes, skipped] = [0, 0];
  for await (const { record, ...place } of records) {
    if (stream.isStopped) break;
    if (!stream.includes(record)) continue;
    const text = bytes < UNREAD_BYTES_MAX ? eventOf(record) : '';
    bytes += Buffer.byteLength(text);
    if (bytes < UNREAD_BYTES_MAX) events.push({ id: record.id, text, ...place });
    else skipped += 1;
  }
  return { events, skipped };
}

function merged(one: MissedEvents, other: MissedEvents): MissedEvents {
  const sorted = [...one.events, ...other.events].toSorted(byAge);
  let bytes = 0;
  const events = sorted.filter(({ text }) => {
    bytes += Buffer.byteLength(text);
    return bytes < UNREAD_BYTES_MAX;
  });
  return { events, skipped: one.skipped + other.skipped + sorted.length - events.length };
}
