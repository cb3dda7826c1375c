/** /_mock/requests: the journal, listed, looked up, counted, forgotten. */
import { Router } from 'express';
import type { Carrier } from '../carrier.js';
import { type JournalRecord, SERVER_WORLD } from '../state-store.js';
import * as validators from '../validators.js';
import { listAppIds } from '../worlds/apps.js';
import { appAt } from './app-view.js';
import { findRequest, type JournalFilter, searchJournal } from './journal.js';
import { checked, unknownRequest } from './problem.js';
import { limitQuery, operationQuery, textQuery } from './query.js';

export function requestsRoutes(carrier: Carrier): Router {
  const routes = Router();

  routes.get('/requests', async (req, res) => {
    const limit = limitQuery(req);
    const after = textQuery(req, 'after');
    const { records, evicted } = await searchJournal(carrier, {
      appId: textQuery(req, 'appId'),
      operation: operationQuery(req),
      resultCode: textQuery(req, 'resultCode'),
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
    const { records, evicted } = await searchJournal(
      carrier,
      checked<JournalFilter>(validators.countRequests, req.body),
    );
    res.json({ count: records.length, complete: evicted === 0 });
  });

  routes.delete('/requests', async (req, res) => {
    const appId = textQuery(req, 'appId');
    if (appId !== undefined) await appAt(carrier, appId);
    const worlds = appId === undefined ? [...(await listAppIds(carrier)), SERVER_WORLD] : [appId];
    for (const world of worlds) await carrier.store.commit(world, [{ kind: 'clear', parts: ['journal'] }]);
    res.status(204).end();
  });

  return routes;
}

function requestView(record: JournalRecord) {
  const { id, atMs, appId, operation, exchange, resultCode, decidedBy, charged, taskId, durationMs } = record;
  const { method, path, clientIp, rawHeaders, body } = exchange;
  return {
    id,
    atMs,
    appId: appId ?? null,
    operation,
    method,
    path,
    clientIp,
    resultCode,
    decidedBy,
    forced: decidedBy === 'forced',
    charged,
    taskId,
    durationMs,
    request: { headers: headersView(rawHeaders), body },
    response: { status: 200, body: record.responseBody },
  };
}

/** By lower-case name: a text, or a list of them for a header that was sent more than once. */
function headersView(rawHeaders: readonly string[]): Readonly<Record<string, string | readonly string[]>> {
  const values = new Map<string, string[]>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    values.set(name, [...(values.get(name) ?? []), rawHeaders[at + 1] ?? '']);
  }
  return Object.fromEntries(Array.from(values, ([name, sent]) => [name, sent.length === 1 ? (sent[0] ?? '') : sent]));
}
