/** The control API over a store that counts its journal listeners and whose calls a test can delay. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type { JournalListener, StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { newCarrier } from '../../support/carrier.js';
import { controlOf } from '../../support/control.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';

export async function newEventBench() {
  const store = createMemoryStore();
  const listeners = new Set<JournalListener>();
  const held: { list: Promise<unknown>; journal: Promise<unknown> } = {
    list: Promise.resolve(),
    journal: Promise.resolve(),
  };
  const delayedStore: StateStore = {
    ...store,
    list: async (partition, collection) => {
      const values = await store.list(partition, collection);
      await held.list;
      return values;
    },
    journal: async function* (partition) {
      for await (const records of store.journal(partition)) {
        await held.journal;
        yield records;
      }
    },
    watchJournal: (listener) => {
      listeners.add(listener);
      const unwatch = store.watchJournal(listener);
      return () => {
        listeners.delete(listener);
        unwatch();
      };
    },
  };
  const { carrier } = newCarrier({ nowMs: NOW_MS, store: delayedStore });
  const closing = new AbortController();
  const app = controlOf(carrier, { closing: closing.signal });
  const url = await serve(createServer(app));
  const refuse = async () => (await createAnswer(carrier)(exchangeOf('loginTokenValidate', '{}')))?.requestId ?? '';
  return { carrier, url, listeners, held, closing, refuse };
}

async function serve(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
