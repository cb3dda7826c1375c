/** /_mock/events: each journal record as it is written, as server-sent events (WHATWG HTML, 9.2). */
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
    summary: 'Server-sent events: one of type request for each new journal record, with its JSON as data',
    query: ['appId'],
    output: {
      status: 200,
      contentType: 'text/event-stream',
      headers: {
        'Cache-Control': 'no-cache, no-transform',
        // nginx would keep events back until it has enough of them.
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
  const wanted = (record: JournalRecord) => (appId === undefined ? isIn(record, scope) : record.appId === appId);
  const { method, headers, signal } = request;
  // A caller that left while its token was checked has nothing more to close.
  if (method === 'HEAD' || signal.aborted) return undefined;
  const stream = streams.listen(carrier, { appId, wanted });
  // Also while the missed records are looked up: nothing would release what waits for the caller afterwards.
  signal.addEventListener('abort', () => stream.stop(), { once: true });
  try {
    const missed = await recordsSince(carrier, headers['last-event-id'], appId === undefined ? scope : 'all');
    return stream.open(missed.filter(wanted));
  } catch (error) {
    stream.stop();
    throw error;
  }
}

function isIn({ state: { app } }: JournalRecord, scope: Scope): boolean {
  return scope === 'all' || (app?.settings.controlTokenHash ?? null) === null;
}

/** What came after the last record that a reconnecting listener got, oldest first; the whole journal if that one is forgotten. */
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

/** Two apps' records of one millisecond have no order: a repeated one is better than a lost one. */
function mayBeLater(record: JournalRecord, last: JournalRecord): boolean {
  return (
    record.receivedAtMs === last.receivedAtMs && record.state.app?.settings.appId !== last.state.app?.settings.appId
  );
}
