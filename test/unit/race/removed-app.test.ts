/** A request whose app is removed between its decision and its commit is decided again. */
import { expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { removeApp } from '../../../mock-server/carrier/apps/apps.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import { SERVER_PARTITION, type StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { loginRequest } from '../../support/requests.js';

const APP_ID = '300000000042';

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
