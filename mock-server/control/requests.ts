/** /_mock/requests: the journal, listed, looked up, counted, forgotten. */
import { Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../state-store.js';
import * as validators from '../validators.js';
import { forgetAllRequests, forgetRequests, type Scope } from '../worlds/apps.js';
import { findRequest, type JournalFilter, searchJournal } from '../worlds/journal.js';
import { appAt } from './app-view.js';
import { checked, unknownRequest } from './problem.js';
import { limitQuery, operationQuery, textQuery } from './query.js';
import { requestView } from './request-view.js';

// A thousand ordinary requests are one megabyte; a thousand that fill their bodies with control characters would be 400.
export const PAGE_LENGTH_MAX = 8 * 1024 * 1024;

export function requestsRoutes(carrier: Carrier, scope: Scope): Router {
  const routes = Router();

  routes.get('/requests', async (req, res) => {
    const limit = limitQuery(req);
    const after = textQuery(req, 'after');
    const filter = {
      appId: textQuery(req, 'appId'),
      operation: operationQuery(req),
      resultCode: textQuery(req, 'resultCode'),
    };
    // Where nothing is passed over, no more are looked at than are shown, and one that tells whether there are more.
    const isPlain = filter.operation === undefined && filter.resultCode === undefined && after === undefined;
    const { records, evicted } = await searchJournal(carrier, filter, {
      scope,
      ...(isPlain && { newest: limit + 1 }),
    });
    const from = after === undefined ? 0 : records.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && from === 0) throw unknownRequest(after);
    const texts = textsOf(records.slice(from, from + limit));
    const more = from + texts.length < records.length;
    res.type('json').send(`{"requests":[${texts.join(',')}],"evicted":${evicted},"more":${more}}`);
  });

  routes.get('/requests/:id', async (req, res) => {
    const record = await findRequest(carrier, req.params.id);
    if (record === undefined) throw unknownRequest(req.params.id);
    res.json(requestView(record));
  });

  routes.post('/requests/count', async (req, res) => {
    const filter = checked<JournalFilter>(validators.countRequests, req.body);
    const { records, evicted } = await searchJournal(carrier, filter, { scope });
    res.json({ count: records.length, complete: evicted === 0 });
  });

  routes.delete('/requests', async (req, res) => {
    const appId = textQuery(req, 'appId');
    if (appId === undefined) {
      await forgetAllRequests(carrier, scope);
    } else {
      await appAt(carrier, appId);
      await forgetRequests(carrier, appId);
    }
    res.status(204).end();
  });

  return routes;
}

/** As many of the first as a page holds, but one at least. */
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
