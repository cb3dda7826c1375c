/** /_mock/requests: the journal, listed, looked up, counted, forgotten. */
import { Router } from 'express';
import type { Carrier } from '../carrier.js';
import * as validators from '../validators.js';
import { forgetAllRequests, forgetRequests, type Scope } from '../worlds/apps.js';
import { findRequest, type JournalFilter, searchJournal } from '../worlds/journal.js';
import { appAt } from './app-view.js';
import { checked, unknownRequest } from './problem.js';
import { limitQuery, operationQuery, textQuery } from './query.js';
import { requestView } from './request-view.js';

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
    // Where nothing is passed over, no more are looked at than are shown.
    const isPlain = filter.operation === undefined && filter.resultCode === undefined && after === undefined;
    const { records, evicted } = await searchJournal(carrier, filter, {
      scope,
      ...(isPlain && { newest: limit }),
    });
    const from = after === undefined ? 0 : records.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && from === 0) throw unknownRequest(after);
    res.json({ requests: records.slice(from, from + limit).map(requestView), evicted });
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
