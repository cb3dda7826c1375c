/** /_mock/requests: the journal, and /_mock/events: what happens from now on. */
import type { ReadableStream } from 'node:stream/web';
import { concerns } from '../../src/protocol/readings.js';
import { forgetAllRequests, forgetRequests, isTeam } from '../carrier/apps/apps.js';
import {
  countEvicted,
  countRequests,
  findRequest,
  removeRecords,
} from '../carrier/apps/journal.js';
import type { Lock } from '../carrier/engine/app-settings.js';
import { readingsAsObserved } from '../carrier/engine/calibration.js';
import { readingsOf } from '../carrier/engine/facts/situation.js';
import type { JournalRecord, Removal } from '../carrier/store/state-store.js';
import { explain } from '../explain/explain.js';
import { subjectOfRecord } from '../explain/records/explanations.js';
import { report } from '../explain/report.js';
import type { Subscription } from './event-streams.js';
import { languageOf, prefersText } from './language.js';
import { problem } from './problem.js';
import { causesIn, computedFindings, searchRequests, wantedIn } from './request-search.js';
import { markedView } from './request-view.js';
import type { Call, Handlers } from './route.js';

export const REQUESTS_HANDLERS = {
  listRequests: async (call) => {
    const { after, limit, ...filter } = call.query;
    const wanted = wantedIn(filter);
    const { records, after: last, complete } = await searchRequests(call, wanted, { after, limit });
    const evicted = await countEvicted(call.carrier, wanted.appId, call.scope);
    return {
      requests: records.map((record) => markedView(call.carrier, record)),
      evicted,
      more: last !== null,
      after: last,
      complete,
    };
  },
  listCauses: (call) => causesIn(call, wantedIn(call.query)),
  getRequest: async (call) => markedView(call.carrier, await recordOf(call)),
  expectRequest: async (call) => {
    const record = await recordOf(call);
    call.carrier.expected.set(record.id, true);
    return markedView(call.carrier, record);
  },
  explainRequest: explanationFor,
  countRequests: async ({ carrier, scope, body }) => {
    const count = await countRequests(carrier, body, scope);
    return { count, complete: (await countEvicted(carrier, body.appId, scope)) === 0 };
  },
  forgetRequests: forget,
  watchRequests: watch,
} satisfies Partial<Handlers>;

async function forget(call: Call<'forgetRequests'>): Promise<void> {
  const { carrier, scope, app } = call;
  const { until, ...query } = call.query;
  const { appId, ...filter } = wantedIn(query);
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

async function recordOf({
  carrier,
  params: { id },
}: Pick<Call<'getRequest'>, 'carrier' | 'params'>): Promise<JournalRecord> {
  const record = await findRequest(carrier, id);
  if (record === undefined) throw problem('request.not-found', { id });
  return record;
}

async function explanationFor(call: Call<'explainRequest'>) {
  const { carrier, params, query, request } = call;
  const { lang: language = languageOf(request, carrier.log) } = query;
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
function watch(call: Call<'watchRequests'>): ReadableStream | undefined {
  const { streams, request } = call;
  // If the caller disconnected during the token check, no close event follows.
  if (request.method === 'HEAD' || request.signal.aborted) return undefined;
  return streams.open(subscriptionOf(call), request.signal);
}

function subscriptionOf({ scope, app, query }: Call<'watchRequests'>): Subscription {
  const { appId, burst = Number.POSITIVE_INFINITY } = query;
  // Records are visible to a team of their app, to a caller who sent its token, and to any caller if it has none.
  const visibleLocks = isTeam(scope) ? [scope.lock] : [null, lockOf(app)];
  const isVisible = (named: Removal['app']) =>
    scope === 'all' || visibleLocks.includes(lockOf(named));
  const isWanted = (named: string | undefined) => appId === undefined || named === appId;
  // An event about all apps has no data.
  const includesApp = (changed: Removal['app']) =>
    isWanted(changed?.settings.appId) && (changed === undefined || isVisible(changed));
  return {
    includes: (record) => isWanted(record.appId) && isVisible(record.state.app),
    // The journal without a known app may have requests that name any app.
    includesRemoval: (removal) => removal.app === undefined || includesApp(removal.app),
    includesApp,
    recordsMax: burst,
  };
}

function lockOf(app: Removal['app']): Lock {
  return app?.settings.lock ?? null;
}
