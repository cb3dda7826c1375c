/** /_mock/requests: the journal. */
import { forgetAllRequests, forgetRequests } from '../carrier/apps/apps.js';
import { countRequests, findRequest, type JournalFilter, searchJournal } from '../carrier/apps/journal.js';
import type { Carrier } from '../carrier/carrier.js';
import { type ObservedReading, readingsAsObserved } from '../carrier/engine/calibration.js';
import { readingsOf } from '../carrier/engine/facts/situation.js';
import { concerns } from '../carrier/engine/readings.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { explain } from '../explain/explain.js';
import { subjectOfRecord } from '../explain/records/explanations.js';
import { report } from '../explain/report.js';
import { prefersText } from './language.js';
import { unknownApp, unknownRequest } from './problem.js';
import { languageQuery, limitQuery, operationQuery, textQuery } from './query.js';
import { causesIn, type Page, searchRequests } from './request-search.js';
import { inTurn, requestView } from './request-view.js';
import { type Call, json, NO_CONTENT, routes } from './route.js';

// A thousand ordinary requests take one megabyte. A thousand with bodies full of control characters would take 400.
export const PAGE_LENGTH_MAX = 8 * 1024 * 1024;

export const REQUESTS_ROUTES = routes('Journal', [
  {
    call: 'GET /_mock/requests',
    who: 'query',
    id: 'listRequests',
    summary: 'The journal, newest first',
    query: ['appId', 'operation', 'resultCode', 'finding', 'text', 'after', 'limit'],
    output: { status: 200, schema: 'JournalPage', contentType: 'application/json; charset=utf-8' },
    problems: [404],
    handle: (call) => inTurn(call.carrier, () => page(call)),
  },
  {
    call: 'GET /_mock/requests/causes',
    who: 'query',
    id: 'listCauses',
    summary: 'The causes of the newest requests, with their counts',
    query: ['appId'],
    output: json('Causes'),
    handle: (call) => inTurn(call.carrier, () => causesIn(call, textQuery(call.query, 'appId'))),
  },
  {
    call: 'GET /_mock/requests/:id',
    who: 'request',
    id: 'getRequest',
    summary: 'One request',
    output: json('JournalRecord'),
    handle: (call) => inTurn(call.carrier, async () => requestView(await recordOf(call))),
  },
  {
    call: 'GET /_mock/requests/:id/explanation',
    who: 'request',
    id: 'explainRequest',
    summary: 'The reason for the result of a request, and the known mistakes in it',
    query: ['lang'],
    output: { ...json('Explanation'), orText: true },
    handle: (call) => inTurn(call.carrier, () => explanationFor(call)),
  },
  {
    call: 'POST /_mock/requests/count',
    who: 'body',
    id: 'countRequests',
    summary: 'The number of requests, and whether it is exact',
    input: 'countRequests',
    output: json('RequestCount'),
    handle: async ({ carrier, scope, input }: Call<JournalFilter>) => {
      const { count, evicted } = await inTurn(carrier, () => countRequests(carrier, input, scope));
      return { count, complete: evicted === 0 };
    },
  },
  {
    call: 'DELETE /_mock/requests',
    who: 'query',
    id: 'forgetRequests',
    summary: 'Removes all requests from the journal, or those of one app',
    query: ['appId'],
    output: NO_CONTENT,
    problems: [404],
    handle: async ({ carrier, scope, query, app }) => {
      const appId = textQuery(query, 'appId');
      if (appId === undefined) return forgetAllRequests(carrier, scope);
      if (app === undefined) throw unknownApp(appId);
      return forgetRequests(carrier, appId);
    },
  },
]);

async function page(call: Call): Promise<string> {
  const { carrier, scope, query } = call;
  const limit = limitQuery(query);
  const after = textQuery(query, 'after');
  const filter = {
    appId: textQuery(query, 'appId'),
    operation: operationQuery(query),
    resultCode: textQuery(query, 'resultCode'),
  };
  const search = { finding: textQuery(query, 'finding'), text: textQuery(query, 'text') };
  const isSearch = search.finding !== undefined || search.text !== undefined;
  // One more than the page has decides `more`.
  const found = await searchJournal(carrier, { filter, scope, after, limit: isSearch ? 1 : limit + 1 });
  if (found === undefined) throw unknownRequest(after ?? '');
  const {
    records,
    more,
    after: examined,
  } = isSearch ? await searchRequests(call, { filter, after, limit, ...search }) : pageOf(found.records, limit);
  const texts = textsOf(records);
  const isCut = texts.length < records.length;
  const last = isCut ? records[texts.length - 1]?.id : examined;
  const hasMore = more || isCut;
  const end = { evicted: found.evicted, more: hasMore, after: hasMore ? (last ?? null) : null };
  return `{"requests":[${texts.join(',')}],${JSON.stringify(end).slice(1)}`;
}

function pageOf(found: readonly JournalRecord[], limit: number): Page {
  const records = found.slice(0, limit);
  return { records, more: found.length > limit, after: records.at(-1)?.id };
}

/** As many records as fit on a page, but at least one. */
function textsOf(records: readonly JournalRecord[]): readonly string[] {
  const texts: string[] = [];
  let length = 0;
  for (const record of records) {
    const text = JSON.stringify(requestView(record));
    length += text.length;
    if (length > PAGE_LENGTH_MAX && texts.length > 0) break;
    texts.push(text);
  }
  return texts;
}

async function recordOf({ carrier, params: { id } }: Call): Promise<JournalRecord> {
  const record = await findRequest(carrier, id);
  if (record === undefined) throw unknownRequest(id);
  return record;
}

async function explanationFor(call: Call) {
  const { carrier, params, request } = call;
  const language = languageQuery(call);
  const record = await recordOf(call);
  const explanation = explain(await subjectOfRecord(carrier, record, call.scope), language);
  const observed = observedFor(carrier, record);
  if (!prefersText(request)) return { requestId: params.id, ...explanation, observed };
  const { method, path } = record.exchange;
  return report({ explanation, method, path, observed }, { language, colour: false });
}

/** The readings of a request's decision that a calibration observed. */
function observedFor({ settings }: Carrier, { operation, state }: JournalRecord): readonly ObservedReading[] {
  const all = readingsAsObserved(settings.calibration, readingsOf(state));
  return all.filter(({ id }) => concerns(id, operation));
}
