/** An app is removed between the load of its state and the commit: nothing is left for the next app of that id. */
import { expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { removeApp } from '../../../mock-server/carrier/apps/apps.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import { SERVER_PARTITION, type StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { directApi } from '../../support/direct-api.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { loginRequest } from '../../support/requests.js';

const APP_ID = '300000000042';
const APP_PATH = `/_mock/apps/${APP_ID}`;

test('a request that was loaded before its app was removed is not in the journal of the next app of that id', async () => {
  const memory = createMemoryStore();
  let remove = async () => {};
  const store: StateStore = {
    ...memory,
    readPartition: async (partition, at) => {
      const view = await memory.readPartition(partition, at);
      await remove();
      return view;
    },
  };
  const { carrier } = newCarrier({ nowMs: NOW_MS, store });
  const credentials = credentialsOf(await addApp(carrier, { appId: APP_ID }), carrier);
  remove = async () => {
    remove = async () => {};
    await removeApp(carrier, APP_ID);
  };
  const reply = await createAnswer(carrier)(exchangeOf('loginTokenValidate', loginRequest(credentials, 'x')));
  expect(reply.resultCode).toBe('103119');
  await addApp(carrier, { appId: APP_ID });
  expect((await store.log(APP_ID, 'journal')).records).toEqual([]);
  const [record] = (await store.log(SERVER_PARTITION, 'journal')).records;
  expect([record?.id, record?.appId]).toEqual([reply.requestId, APP_ID]);
});

test.each([
  { method: 'post', path: '/tokens', body: {} },
  { method: 'put', path: '/clock', body: { frozen: true } },
  { method: 'put', path: '/outcomes/tokenValidate', body: { script: '999' } },
  { method: 'delete', path: '/outcomes/tokenValidate', body: {} },
  { method: 'post', path: '/snapshots', body: {} },
] as const)('$method $path is a 404', async ({ method, path, body }) => {
  const memory = createMemoryStore();
  let remove = async () => {};
  const store: StateStore = {
    ...memory,
    commit: async (partition, writes) => {
      if (partition === APP_ID) await remove();
      return memory.commit(partition, writes);
    },
  };
  const { carrier } = newCarrier({ nowMs: NOW_MS, store });
  await addApp(carrier, { appId: APP_ID });
  const api = directApi(carrier);
  remove = async () => {
    remove = async () => {};
    await removeApp(carrier, APP_ID);
  };
  await api[method](`${APP_PATH}${path}`).send(body).expect(404);
  await addApp(carrier, { appId: APP_ID });
  expect(await store.size(APP_ID, 'token')).toBe(0);
  await api.get(`${APP_PATH}/snapshots`).expect(200, { snapshots: [] });
  expect((await api.get(`${APP_PATH}/clock`)).body.frozen).toBe(false);
  expect((await api.get(`${APP_PATH}/outcomes/tokenValidate`)).body.script).toBe('');
});
