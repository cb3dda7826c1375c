/** An explanation loads the other apps and the earlier requests only if it needs them: with ten thousand apps, that dominates its cost. */
import { expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { findRequest } from '../../../mock-server/carrier/apps/journal.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type { StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { explain } from '../../../mock-server/explain/explain.js';
import { subjectOfRecord } from '../../../mock-server/explain/records/explanations.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { TEST_KEYS } from '../../support/keys.js';
import { type Fields, loginRequest, loginRsaRequest } from '../../support/requests.js';

type Kind = 'MD5' | 'RSA';

/** Explains a login at `NOW_MS`; returns the lists and logs that the explanation read from the store. */
async function explanationOf(change: (body: Fields) => object, kind: Kind = 'MD5') {
  const read: string[] = [];
  const memory = createMemoryStore();
  const store: StateStore = {
    ...memory,
    list: (partition, collection) => {
      read.push(collection);
      return memory.list(partition, collection);
    },
    journal: (partition) => {
      read.push('journal');
      return memory.journal(partition);
    },
  };
  const { carrier } = newCarrier({ nowMs: NOW_MS, store });
  const keys = { appVerifyKey: TEST_KEYS.demoAppSign.publicKey, appEncryptKey: TEST_KEYS.demoAppDecrypt.publicKey };
  const app = await addApp(carrier, keys);
  await addApp(carrier, { appId: 'another', ...keys });
  const minted = await mint(carrier, app, {});
  const token = minted === 'exists' ? '' : (minted[0]?.token ?? '');
  const credentials = credentialsOf(app, carrier);
  const body =
    kind === 'MD5'
      ? loginRequest(credentials, token)
      : loginRsaRequest(credentials.appId, TEST_KEYS.demoAppSign.privateKey, token);
  const reply = await createAnswer(carrier)(exchangeOf('loginTokenValidate', change({ ...body })));
  const record = await findRequest(carrier, reply.requestId ?? '');
  read.length = 0;
  const explanation = record && explain(await subjectOfRecord(carrier, record), 'en');
  return { read, ids: explanation?.findings.map(({ id }) => id), resultCode: reply.resultCode };
}

test.each([
  {
    description: 'with a wrong signature',
    change: (body: Fields) => ({ ...body, sign: String(body['sign']).slice(1) }),
  },
  { description: 'with an old time', change: (body: Fields) => ({ ...body, systemtime: '20200101000000000' }) },
  { description: 'that is right', change: (body: Fields) => body },
])('a request $description is compared with the earlier requests of its app', async ({ change }) => {
  expect((await explanationOf(change)).read).toEqual(['journal']);
});

test('a request without a token is explained without loading anything', async () => {
  const { read, ids } = await explanationOf(({ token: _, ...body }) => body);
  expect(ids).toContain('token.empty');
  expect(read).toEqual([]);
});

test('a signature of an unknown key is compared with the keys of the other apps', async () => {
  const { read, resultCode } = await explanationOf((body) => ({ ...body, sign: 'AB'.repeat(128) }), 'RSA');
  expect(resultCode).toBe('103101');
  expect(read.toSorted()).toEqual(['journal', 'shortId']);
});
