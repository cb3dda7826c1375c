/** State in a Redis or Valkey, shared by any number of servers: one script loads what a decision needs, another commits. */

import type { RsaKey } from '../../../../src/protocol/rsa-keys.js';
import type { Log } from '../../log.js';
import {
  COUNTERS_MAX,
  type Collection,
  type Collections,
  type JournalRecord,
  ONLY,
  type PartitionId,
  type StateStore,
  type StoreLimits,
  type Write,
} from '../state-store.js';
import { redisCalls } from './calls.js';
import type { Connection } from './connection.js';
import { createWatchers } from './feed.js';
import { createJournalReader } from './journal-text.js';
import { JournalTotal } from './journal-total.js';
import { idAt, journalChannel, keysOf, partitionPrefix, placeOf } from './keys.js';
import { RedisLogs } from './logs.js';
import { PartitionReader } from './partition-reader.js';
import { entryOf, readEntry } from './partition-reply.js';
import { writeArguments } from './write-arguments.js';

export interface RedisStoreInputs {
  readonly connection: Connection;
  readonly limits: StoreLimits;
  readonly log: Log;
  /** Identifies this server among those that share the store. */
  readonly serverId: string;
  readonly platformKey: RsaKey;
  readonly keyPrefix?: string;
}

const KEY_PREFIX = 'cmpassport';

export function createRedisStore(inputs: RedisStoreInputs): StateStore {
  const parts = partsOf(inputs);
  const { calls, prefixOf, partitions, logs, total, watchers } = parts;
  return {
    readPartition: (partition, at) => partitions.read(partition, at),
    ...collectionReads(parts),
    log: (partition, name, newest) => logs.view(partition, name, newest),
    journal: (partition) => logs.journal(partition),
    forget: (partition, ids) => logs.forget(partition, ids),
    ...changes(parts),
    drop: async (partition) => {
      partitions.forgetApp(partition);
      await calls.unlink(keysOf(prefixOf(partition)));
    },
    watchJournal: (listener, scope = 'all') => watchers.watch(listener, scope),
    // Copying a million tokens would block every server. A suite can create an app for each test instead.
    snapshots: undefined,
    shared: true,
    census: {
      journalEvictions: () => total.dropped,
      tokens: async (partition) => ({
        kept: await calls.hlen(`${prefixOf(partition)}token`),
        live: undefined,
      }),
    },
    close: () => {
      watchers.close();
      inputs.connection.client.disconnect();
    },
  };
}

type StoreParts = ReturnType<typeof partsOf>;

function partsOf(inputs: RedisStoreInputs) {
  const { connection, limits, log, serverId, keyPrefix = KEY_PREFIX } = inputs;
  const calls = redisCalls(connection.client, { shown: connection.shown, log });
  const prefixOf = (partition: PartitionId) => partitionPrefix(keyPrefix, partition);
  const readRecord = createJournalReader(inputs.platformKey);
  const { journalRecordsTotalMax } = limits;
  const channel = journalChannel(keyPrefix, serverId);
  const watchers = createWatchers({
    channels: journalChannel(keyPrefix, '*'),
    ownChannel: channel,
    connect: connection.listener,
    readRecord,
  });
  return {
    calls,
    prefixOf,
    limits,
    channel,
    watchers,
    partitions: new PartitionReader({ calls, prefixOf }),
    logs: new RedisLogs({ calls, prefixOf, readRecord }),
    total: new JournalTotal({ calls, prefixOf, journalRecordsTotalMax }),
  };
}

function collectionReads({
  calls,
  prefixOf,
}: StoreParts): Pick<StateStore, 'get' | 'list' | 'size'> {
  const hashOf = (partition: PartitionId, collection: Collection) =>
    prefixOf(partition) + placeOf(collection, ONLY).hash;
  return {
    get: async (partition, collection, id) => {
      const { field } = placeOf(collection, id);
      return entryOf(await calls.hget(hashOf(partition, collection), field));
    },
    list: async (partition, collection) =>
      valuesOf(collection, await calls.hgetall(hashOf(partition, collection))),
    size: (partition, collection) => calls.hlen(hashOf(partition, collection)),
  };
}

function changes(parts: StoreParts): Pick<StateStore, 'commit' | 'take'> {
  const { calls, prefixOf, total, watchers } = parts;
  return {
    commit: async (partition, writes) => {
      const records = journalled(writes);
      const args = writes.flatMap((write) => writeArguments(write, parts));
      const dropped = (await calls.commit(prefixOf(partition), args)) as number | null;
      if (dropped === null) return 'stale';
      total.committed({ written: records.length, dropped });
      for (const record of records) watchers.notify(record);
      return 'committed';
    },
    take: async (partition, counter, limit) => {
      const taken = await calls.take(prefixOf(partition), [counter, limit, COUNTERS_MAX]);
      return taken === null ? undefined : Number(taken);
    },
  };
}

function journalled(writes: readonly Write[]): readonly JournalRecord[] {
  return writes.flatMap((write) =>
    write.kind === 'append' && write.log === 'journal' ? [write.record] : [],
  );
}

function valuesOf<C extends Collection>(
  collection: C,
  entries: Readonly<Record<string, string>>,
): ReadonlyMap<string, Collections[C]> {
  const values = new Map<string, Collections[C]>();
  for (const [field, text] of Object.entries(entries)) {
    const id = idAt(collection, field);
    if (id !== undefined) values.set(id, readEntry<Collections[C]>(text).value);
  }
  return values;
}
