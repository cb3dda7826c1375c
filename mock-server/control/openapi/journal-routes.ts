/** The routes of the journal and the ledger as rows. */
import { json, NO_CONTENT, type RouteRow } from './route-row.js';

const REQUESTS = '/_mock/requests';

export const JOURNAL_ROUTES: readonly RouteRow[] = [
  {
    method: 'get',
    path: REQUESTS,
    operationId: 'listRequests',
    tag: 'Journal',
    summary: 'The journal, newest first',
    query: ['appId', 'operation', 'resultCode', 'after', 'limit'],
    answers: json('JournalPage'),
    problems: [404],
  },
  {
    method: 'get',
    path: `${REQUESTS}/{id}`,
    operationId: 'getRequest',
    tag: 'Journal',
    summary: 'One request',
    answers: json('JournalRecord'),
  },
  {
    method: 'get',
    path: `${REQUESTS}/{id}/explanation`,
    operationId: 'explainRequest',
    tag: 'Journal',
    summary: 'Why it was answered as it was, and which known mistakes it makes',
    query: ['lang'],
    answers: json('Explanation'),
  },
  {
    method: 'post',
    path: `${REQUESTS}/count`,
    operationId: 'countRequests',
    tag: 'Journal',
    summary: 'How many requests were made, and whether that is certain',
    takes: 'countRequests',
    answers: json('RequestCount'),
  },
  {
    method: 'delete',
    path: REQUESTS,
    operationId: 'forgetRequests',
    tag: 'Journal',
    summary: 'Forgets all requests, or those of one app',
    query: ['appId'],
    answers: NO_CONTENT,
    problems: [404],
  },
  {
    method: 'get',
    path: '/_mock/events',
    operationId: 'watchRequests',
    tag: 'Journal',
    summary: 'Server-sent events: one of type request for each journal record, whose JSON is its data',
    query: ['appId'],
    answers: { status: 200, contentType: 'text/event-stream' },
    problems: [503],
  },
  {
    method: 'get',
    path: '/_mock/apps/{appId}/ledger',
    operationId: 'getLedger',
    tag: 'Ledger',
    summary: 'What was charged, newest first',
    query: ['limit'],
    answers: json('Ledger'),
  },
];
