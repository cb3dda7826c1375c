/**
 * /_mock/health and /_mock/health/live: ready, not ready, alive, and no check waits for the store. The log lines of
 * control calls: a reset of all apps at info, the others at debug, and no value of a path.
 */
import { describe, expect, test, vi } from 'vitest';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import {
  SERVER_PARTITION,
  type StateStore,
} from '../../../mock-server/carrier/store/state-store.js';
import { createLog, type LogLine } from '../../../mock-server/telemetry/log.js';
import { newCarrier } from '../../support/carrier.js';
import { directApi } from '../../support/direct-api.js';
import { NOW_MS } from '../../support/engine.js';
import { HEALTHY } from '../../support/health.js';

const NEVER = new Promise<never>(() => undefined);

const READY = '/_mock/health';
const LIVE = '/_mock/health/live';

interface Scene extends Partial<Pick<StateStore, 'take'>> {
  readonly closing?: AbortSignal;
}

function scene({ closing, ...calls }: Scene = {}) {
  const store = { ...createMemoryStore(), ...calls };
  const { carrier } = newCarrier({ nowMs: NOW_MS, store });
  return directApi(carrier, { controlToken: 'let-me-in', ...(closing && { closing }) });
}

const STORES: readonly { readonly description: string; readonly take: StateStore['take'] }[] = [
  { description: 'refuses', take: () => Promise.reject(new Error('OOM command not allowed')) },
  { description: 'never answers', take: () => NEVER },
];

describe.each([READY, LIVE])('%s of a healthy server', (path) => {
  test('is 200, without the control token', async () => {
    await scene().get(path).expect(200, HEALTHY);
  });
});

describe.each(STORES)('of a server whose store $description', ({ take }) => {
  test('readiness is 503 with the reason', async () => {
    const { body } = await scene({ take }).get(READY).expect(503);
    expect(body).toMatchObject({
      status: 503,
      detail: 'the store is unreachable or refuses writes: the log has the reason',
    });
  });

  test('liveness is 200, because a restart does not repair the store', async () => {
    await scene({ take }).get(LIVE).expect(200, HEALTHY);
  });
});

test('readiness is 200 again when the store accepts writes', async () => {
  const take = vi.fn<StateStore['take']>(() =>
    Promise.reject(new Error('OOM command not allowed')),
  );
  const api = scene({ take });
  await api.get(READY).expect(503);
  take.mockReturnValue(1);
  await api.get(READY).expect(200, HEALTHY);
});

test('checks store only a count', async () => {
  const store = createMemoryStore();
  const api = scene(store);
  for (let at = 0; at < 3; at += 1) await api.get(READY).expect(200);
  const { counters } = await store.readPartition(SERVER_PARTITION, {
    token: undefined,
    msgId: undefined,
  });
  expect([...counters]).toEqual([['health', 3]]);
  expect((await store.log(SERVER_PARTITION, 'journal')).appended).toBe(0);
});

test('a slow store within the time limit is ready', async () => {
  const take: StateStore['take'] = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return 1;
  };
  await scene({ take }).get(READY).expect(200);
});

test('a stopping server is not ready but alive', async () => {
  const closing = AbortSignal.abort();
  const { body } = await scene({ closing }).get(READY).expect(503);
  expect(body.detail).toBe('the server is stopping');
  await scene({ closing }).get(LIVE).expect(200);
});

test('an unknown health path is 404, and requires the token', async () => {
  await scene().get('/_mock/health/other').expect(401);
  await scene().get('/_mock/health/other').set('authorization', 'Bearer let-me-in').expect(404);
});

test('each call has a line', async () => {
  const lines: LogLine[] = [];
  const log = createLog(
    { level: 'debug', secrets: false, language: 'en' },
    (line) => void lines.push(line),
  );
  const api = directApi({ ...newCarrier({ nowMs: 0 }).carrier, log });
  const { body: app } = await api.post('/_mock/apps').send({ appId: '300000000077' });
  const { body } = await api.post(`/_mock/apps/${app.appId}/tokens`).send({});
  await api.get(`/_mock/apps/${app.appId}/tokens/${body.token}`).expect(200);
  await api.post('/_mock/reset').expect(204);
  expect(lines.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
    'debug control POST /_mock/apps 201',
    'debug control POST /_mock/apps/:appId/tokens 201 "300000000077"',
    'debug control GET /_mock/apps/:appId/tokens/:token 200 "300000000077"',
    'info control POST /_mock/reset 204',
  ]);
});
