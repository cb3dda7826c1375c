/** Common behaviour of all control API calls: bodies without a type, unknown apps, and unexpected failures. recorded-answers.test has the others. */
import { expect, test } from 'vitest';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import type { StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { ROUTES } from '../../../mock-server/control-api/routes.js';
import { controlBench, DEMO_APP_ID } from '../../support/control.js';
import { directApi } from '../../support/direct-api.js';

/** Bodies of the calls that need one. */
const VALID: Readonly<Record<string, object>> = {
  '/_mock/apps/:appId/clock/advance': { by: '1s' },
  '/_mock/apps/:appId/outcomes/:operation': { script: 'pass' },
  '/_mock/apps/:appId/subscribers/:number': { outcomes: { tokenValidate: '999' } },
  '/_mock/apps/:appId/signed-requests': { operation: 'loginTokenValidate', token: 't' },
};

const STACK = /\n\s+at |node_modules|\.ts:\d|\.js:\d/;

test.each([
  { description: 'a body without a Content-Type', headers: {}, send: '{"appId":"typed"}' },
  {
    description: 'curl’s own Content-Type',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    send: '{"appId":"typed"}',
  },
])('$description is read as JSON', async ({ headers, send }) => {
  const { api } = await controlBench();
  const { body } = await api.post('/_mock/apps').set(headers).send(Buffer.from(send)).expect(201);
  expect(body).toMatchObject({ appId: 'typed' });
});

const OF_AN_APP = [
  ...ROUTES.filter(({ path }) => path.startsWith('/_mock/apps/:appId')).map(({ method, path }) => ({
    method,
    path,
  })),
  { method: 'delete', path: '/_mock/requests?appId=nobody' } as const,
];

test.each(OF_AN_APP)(
  '$method $path of an unknown app is 404 and quotes the id',
  async ({ method, path }) => {
    const { api } = await controlBench();
    const call = api[method](
      path
        .replace(':appId', 'nobody')
        .replace(':operation', 'tokenValidate')
        .replace(/:\w+/, '13800138000'),
    );
    const { body } = await call
      .send(VALID[path] ?? {})
      .expect(404)
      .expect('content-type', /^application\/problem\+json/);
    expect(body).toMatchObject({
      status: 404,
      title: 'Not found',
      detail: expect.stringContaining('"nobody"'),
    });
  },
);

function unreachable(): Promise<never> {
  return Promise.reject(new Error('connection refused'));
}
const STORE_GONE: StateStore = {
  readPartition: unreachable,
  get: unreachable,
  list: unreachable,
  size: unreachable,
  log: unreachable,
  journal: () => ({ [Symbol.asyncIterator]: () => ({ next: unreachable }) }),
  forget: unreachable,
  commit: unreachable,
  take: unreachable,
  endDelivery: unreachable,
  announceRemoval: unreachable,
  drop: unreachable,
  watchJournal: () => () => undefined,
  watchChanges: () => () => undefined,
  snapshots: undefined,
  census: { journalEvictions: unreachable, tokens: unreachable },
  shared: false,
  close: () => undefined,
};

async function withUnreachableStore() {
  const { carrier } = await controlBench();
  const errors: string[] = [];
  const log: Carrier['log'] = { ...carrier.log, error: ({ en }) => void errors.push(en) };
  return { api: directApi({ ...carrier, store: STORE_GONE, log }), errors };
}

test.each(['/_mock/apps', `/_mock/apps/${DEMO_APP_ID}`, '/_mock/requests'])(
  '%s with an unreachable store is 500, and only the log has the stack trace',
  async (path) => {
    const { api, errors } = await withUnreachableStore();
    const { body, text } = await api
      .get(path)
      .expect(500)
      .expect('content-type', /^application\/problem\+json/);
    expect(body).toMatchObject({ status: 500, title: 'Internal error' });
    expect(text).not.toMatch(STACK);
    expect(text).not.toContain('connection refused');
    expect(errors).toEqual([expect.stringContaining('connection refused')]);
  },
);
