/** /_mock/events: sends each new journal record as a server-sent event (WHATWG HTML, 9.2). */
import type { ReadableStream } from 'node:stream/web';
import type { Scope } from '../carrier/apps/apps.js';
import { searchJournal } from '../carrier/apps/journal.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
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

async function watch({ carrier, scope, streams, request, query }: Call): Promise<ReadableStream | undefined> {
  const appId = textQuery(query, 'appId');
  streams.checkRoom(appId);
  const includes = (record: JournalRecord) => (appId === undefined ? isIn(record, scope) : record.appId === appId);
  const { method, headers, signal } = request;
  // If the caller disconnected during the token check, no close event follows.
  if (method === 'HEAD' || signal.aborted) return undefined;
  const stream = streams.listen(carrier, { appId, includes });
  // Before the lookup of missed records: if the caller disconnects during it, the waiting records must be released.
  signal.addEventListener('abort', () => stream.stop(), { once: true });
  try {
    const missed = await recordsSince(carrier, headers['last-event-id'], appId === undefined ? scope : 'all');
    return stream.open(missed.filter(includes));
  } catch (error) {
    stream.stop();
    throw error;
  }
}

function isIn({ state: { app } }: JournalRecord, scope: Scope): boolean {
  return scope === 'all' || (app?.settings.controlTokenHash ?? null) === null;
}

/** The records after the last one that a reconnecting client received, oldest first. The whole journal if that one was dropped. */
async function recordsSince(
  carrier: Carrier,
  lastId: string | string[] | undefined,
  scope: Scope,
): Promise<readonly JournalRecord[]> {
  if (lastId === undefined) return [];
  const { records } = await searchJournal(carrier, {}, { scope });
  const at = records.findIndex(({ id }) => id === lastId);
  const last = records[at];
  if (last === undefined) return records.toReversed();
  return records.filter((record, index) => index < at || mayBeLater(record, last)).toReversed();
}

/** Records of two apps in the same millisecond have no order. Sending one twice is better than losing one. */
function mayBeLater(record: JournalRecord, last: JournalRecord): boolean {
  return (
    record.receivedAtMs === last.receivedAtMs && record.state.app?.settings.appId !== last.state.app?.settings.appId
  );
}
