/** /_mock/events: sends each new journal record as a server-sent event (WHATWG HTML, 9.2). */
import type { ReadableStream } from 'node:stream/web';
import type { AppRecord } from '../carrier/store/state-store.js';
import { burstQuery, textQuery } from './query.js';
import { type Call, routes } from './route.js';

export const EVENTS_ROUTES = routes('Journal', [
  {
    call: 'GET /_mock/events',
    who: 'query',
    id: 'watchRequests',
    summary: 'Server-sent events: each new journal record, and the clock and scripts of changed apps',
    query: ['appId', 'burst'],
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

function watch({ scope, streams, request, query, app }: Call): ReadableStream | undefined {
  const appId = textQuery(query, 'appId');
  const lock = lockOf(app);
  const isVisible = (named: Pick<AppRecord, 'settings'> | undefined) => {
    const own = lockOf(named);
    return scope === 'all' || own === null || own === lock;
  };
  const isWanted = (named: string | undefined) => appId === undefined || named === appId;
  // If the caller disconnected during the token check, no close event follows.
  if (request.method === 'HEAD' || request.signal.aborted) return undefined;
  return streams.open(
    {
      includes: (record) => isWanted(record.appId) && isVisible(record.state.app),
      includesApp: (changed) => isWanted(changed?.settings.appId) && isVisible(changed),
      recordsMax: burstQuery(query),
    },
    request.signal,
  );
}

/** An app's records are visible to callers without the server's token if it has no control token, or if they sent it. */
function lockOf(app: Pick<AppRecord, 'settings'> | undefined): string | null {
  return app?.settings.controlTokenHash ?? null;
}
