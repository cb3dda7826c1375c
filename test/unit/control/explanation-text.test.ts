/** GET /_mock/requests/:id/explanation as text, for callers that accept text. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Bench, controlBench, createApp, exchange, mint } from '../../support/control.js';

let bench: Bench;
let refused: string;
let forced: string;
let accepted: string;

beforeAll(async () => {
  bench = await controlBench();
  const app = await createApp(bench);
  const idOf = ({ requestId }: { readonly requestId: string | undefined }) => String(requestId);
  refused = idOf(await exchange(bench, app, 'no token'));
  forced = idOf(await exchange(bench, app, `STsid000000${'0'.repeat(13)}MOCKRESULTCODE${'103211'.padStart(18, '0')}`));
  accepted = idOf(await exchange(bench, app, await mint(bench, app)));
});

const explanation = (id: string, accept: string | undefined, query = '') => {
  const call = bench.api.get(`/_mock/requests/${id}/explanation${query}`);
  return accept === undefined ? call : call.set('Accept', accept);
};

test.each([
  { accept: undefined, type: 'application/json' },
  { accept: '*/*', type: 'application/json' },
  { accept: 'application/json, text/plain, */*', type: 'application/json' },
  { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', type: 'application/json' },
  { accept: 'text/plain', type: 'text/plain' },
  { accept: 'TEXT/PLAIN;q=0.9, */*;q=0.1', type: 'text/plain' },
])('Accept $accept returns $type', async ({ accept, type }) => {
  expect((await explanation(refused, accept)).type).toBe(type);
});

describe('the text', () => {
  test.each([
    {
      description: 'of a refusal',
      id: () => refused,
      query: '',
      parts: ['response', 'not met', '✗ tokenWellFormed'],
    },
    { description: 'in Chinese', id: () => refused, query: '?lang=zh', parts: ['返回', '不满足'] },
    {
      description: 'of a forced outcome',
      id: () => forced,
      query: '',
      parts: ['103211', 'a test, which forced this outcome'],
    },
    { description: 'of a success', id: () => accepted, query: '', parts: ['103000', 'every requirement'] },
  ])('$description', async ({ id, query, parts }) => {
    const { text, status } = await explanation(id(), 'text/plain', query);
    expect(status).toBe(200);
    for (const part of parts) expect(text).toContain(part);
    expect(text).not.toContain('Not checked');
    expect(text).not.toContain('\u001b');
  });
});

test('an unknown request returns a problem in JSON', async () => {
  const { status, type } = await explanation('unknown', 'text/plain');
  expect([status, type]).toEqual([404, 'application/problem+json']);
});
