/** Searches of whole journals in a shared store run one at a time, because each copies all records that it reads. */
import { expect, test } from 'vitest';
import { searchJournal } from '../../mock-server/carrier/apps/journal.js';
import { createMemoryStore } from '../../mock-server/carrier/store/memory.js';
import type { StateStore } from '../../mock-server/carrier/store/state-store.js';
import { newCarrier } from '../support/carrier.js';

function scene({ shared }: { readonly shared: boolean }) {
  const memory = createMemoryStore();
  let [running, most] = [0, 0];
  const store: StateStore = {
    ...memory,
    shared,
    log: async (partition, log, newest) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return memory.log(partition, log, newest);
    },
  };
  const { carrier } = newCarrier({ nowMs: 0, store });
  const search = (newest?: number) =>
    searchJournal(carrier, { appId: 'a' }, { scope: 'all', ...(newest !== undefined && { newest }) });
  return { search, most: () => most };
}

// A search reads the journal of its app and the journal of unknown apps.
const OF_ONE = 2;

test.each([
  { description: 'of a shared store wait for each other', shared: true, newest: undefined, most: OF_ONE },
  { description: 'of the newest records do not wait', shared: true, newest: 10, most: 5 * OF_ONE },
  { description: "of this process's memory do not wait", shared: false, newest: undefined, most: 5 * OF_ONE },
])('searches $description', async ({ shared, newest, most: expected }) => {
  const { search, most } = scene({ shared });
  await Promise.all(Array.from({ length: 5 }, () => search(newest)));
  expect(most()).toBe(expected);
});
