/** /_mock/requests: the journal, and /_mock/events: what happens from now on. */
import type { ReadableStream } from 'node:stream/web';
import { concerns } from '../../src/protocol/readings.js';
import { forgetAllRequests, forgetRequests } from '../carrier/apps/apps.js';
import {
  countEvicted,
  countRequests,
  findRequest,
  type JournalFilter,
  removeRecords,
} from '../carrier/apps/journal.js';
import { readingsAsObserved } from '../carrier/engine/calibration.js';
import { readingsOf } from '../carrier/engine/facts/situation.js';
import type { AppRecord, JournalRecord } from '../carrier/store/state-store.js';
import { explain } from '../explain/explain.js';
import { subjectOfRecord } from '../explain/records/explanations.js';
import { report } from '../explain/report.js';
import { prefersText } from './language.js';
import { problem } from './problem.js';
import { burstQuery, languageQuery, limitQuery, textQuery } from './query.js';
import { causesIn, computedFindings, searchRequests, wantedIn } from './request-search.js';
import { requestView } from './request-view.js';
import { type Call, json, NO_CONTENT, routes } from './route.js';

const FILTER = ['appId', 'operation', 'resultCode', 'kind', 'cause', 'finding', 'text'] as const;

export const REQUESTS_ROUTES = routes('Journal', [
  {
    call: 'GET /_mock/requests',
    who: 'query',
    id: 'listRequests',
    summary: 'The journal, newest first',
    query: [...FILTER, 'after', 'limit'],
    output: json('JournalPage'),
    problems: [404],
    handle: async (call) => {
      const [after, limit] = [textQuery(call.query, 'after'), limitQuery(call.query)];
      const wanted = wantedIn(call);
      const {
        records,
        after: last,
        complete,
      } = await searchRequests(call, wanted, { after, limit });
      const evicted = await countEvicted(call.carrier, wanted.appId, call.scope);
      return {
        requests: records.map(requestView),
        evicted,
        more: last !== null,
        after: last,
        complete,
      };
    },
  },
  {
    call: 'GET /_mock/requests/causes',
    who: 'query',
    id: 'listCauses',
    summary: 'The causes of the newest requests, with their counts',
    query: FILTER,
    output: json('Causes'),
    handle: (call) => causesIn(call, wantedIn(call)),
  },
  {
    call: 'GET /_mock/requests/:id',
    who: 'request',
    id: 'getRequest',
    summary: 'One request',
    output: json('JournalRecord'),
    handle: async (call) => requestView(await recordOf(call)),
  },
  {
    call: 'GET /_mock/requests/:id/explanation',
    who: 'request',
    id: 'explainRequest',
    summary: 'The reason for the result of a request, and the known mistakes in it',
    query: ['lang'],
    output: { ...json('Explanation'), orText: true },
    handle: explanationFor,
  },
  {
    call: 'POST /_mock/requests/count',
    who: 'body',
    id: 'countRequests',
    summary: 'The number of requests, and whether it is exact',
    input: 'CountRequests',
    output: json('RequestCount'),
    handle: async ({ carrier, scope, input }: Call<JournalFilter>) => {
      const count = await countRequests(carrier, input, scope);
      return { count, complete: (await countEvicted(carrier, input.appId, scope)) === 0 };
    },
  },
  {
    call: 'DELETE /_mock/requests',
    who: 'query',
    id: 'forgetRequests',
    summary: 'Removes all requests from the journal, or those that a list with the same query has',
    query: [...FILTER, 'until'],
    output: NO_CONTENT,
    problems: [404],
    handle: forget,
  },
  {
    call: 'GET /_mock/events',
    who: 'query',
    id: 'watchRequests',
    summary:
      'Server-sent events: each new journal record, and the clock and scripts of changed apps',
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

async function forget(call: Call): Promise<void> {
  const { carrier, scope, query, app } = call;
  const { appId, ...filter } = wantedIn(call);
  const until = textQuery(query, 'until');
  if (appId !== undefined && app === undefined) throw problem('app.not-found', { app: appId });
  if ([until, ...Object.values(filter)].every((value) => value === undefined)) {
    return appId === undefined ? forgetAllRequests(carrier, scope) : forgetRequests(carrier, appId);
  }
  const everything = {
    limit: Number.POSITIVE_INFINITY,
    findings: computedFindings(carrier, Number.POSITIVE_INFINITY),
  };
  const { records } = await searchRequests(call, { appId, ...filter }, everything);
  const newest = until === undefined ? 0 : records.findIndex(({ id }) => id === until);
  if (newest === -1) throw problem('request.not-found', { id: until });
  return removeRecords(carrier, records.slice(newest));
}

async function recordOf({ carrier, params: { id } }: Call): Promise<JournalRecord> {
  const record = await findRequest(carrier, id);
  if (record === undefined) throw problem('request.not-found', { id });
  return record;
}

async function explanationFor(call: Call) {
  const { carrier, params, request } = call;
  const language = languageQuery(call);
  const record = await recordOf(call);
  const explanation = explain(await subjectOfRecord(carrier, record, call.scope), language);
  const observed = readingsAsObserved(
    carrier.settings.calibration,
    readingsOf(record.state),
  ).filter(({ id }) => concerns(id, record.operation));
  if (!prefersText(request)) return { requestId: params.id, ...explanation, observed };
  const { method, path } = record.exchange;
  return report(
    { explanation, method, path, observed },
    { language, colour: false, verbose: true },
  );
}

/** Server-sent events: WHATWG HTML, 9.2. */
function watch({ scope, streams, request, query, app }: Call): ReadableStream | undefined {
  const appId = textQuery(query, 'appId');
  // An app's records are visible to callers without the server's token if it has no control token, or if they sent it.
  const lockOf = (named: Pick<AppRecord, 'settings'> | undefined) =>
    named?.settings.controlTokenHash ?? null;
  const isVisible = (named: Pick<AppRecord, 'settings'> | undefined) =>
    scope === 'all' || [null, lockOf(app)].includes(lockOf(named));
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
