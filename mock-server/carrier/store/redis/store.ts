/** State in a Redis or Valkey, shared by any number of servers: one script loads what a decision needs, another commits. */

import type { RsaKey } from '../../../../src/protocol/rsa-keys.js';
import type { Log } from '../../log.js';
import {
  type Census,
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
import { type RedisAccess, redisCalls } from './calls.js';
import type { Connection } from './connection.js';
import { createWatchers, type Watchers } from './feed.js';
import { changeText, createJournalReader, journalText } from './journal-text.js';
import { createJournalTotal, type JournalTotal } from './journal-total.js';
import { idAt, journalChannel, KEY_PREFIX, partitionPrefix, placeOf } from './keys.js';
import { logReads } from './logs.js';
import { partitionReads } from './partition-reads.js';
import { entryOf, readEntry } from './partition-reply.js';
import { type WriteContext, writeArguments } from './write-arguments.js';

export interface RedisStoreInputs {
  readonly connection: Connection;
  readonly limits: StoreLimits;
  readonly log: Log;
  /** Identifies this server among those that share the store. */
  readonly serverId: string;
  readonly platformKey: RsaKey;
  readonly keyPrefix?: string;
}

export function createRedisStore(inputs: RedisStoreInputs): StateStore {
  const { connection, limits, log, serverId, keyPrefix = KEY_PREFIX } = inputs;
  const access: RedisAccess = {
    calls: redisCalls(connection.client, { shown: connection.shown, log }),
    prefixOf: (partition) => partitionPrefix(keyPrefix, partition),
  };
  const readRecord = createJournalReader(inputs.platformKey);
  const channel = journalChannel(keyPrefix, serverId);
  const watchers = createWatchers({
    channels: journalChannel(keyPrefix, '*'),
    ownChannel: channel,
    connect: connection.listener,
    readRecord,
  });
  const total = createJournalTotal(access, limits);
  return {
    ...partitionReads(access),
    ...collectionReads(access),
    ...logReads(access, readRecord),
    ...changes(access, { limits, channel, total, watchers }),
    ...amendments(access, { channel, watchers }),
    watchJournal: (listener, scope = 'all') => watchers.watch(listener, scope),
    watchChanges: (listener) => watchers.watchChanges(listener),
    // Copying a million tokens would block every server. A suite can create an app for each test instead.
    snapshots: undefined,
    shared: true,
    census: censusOf(access, total),
    close: () => {
      watchers.close();
      connection.client.disconnect();
    },
  };
}

function collectionReads({
  calls,
  prefixOf,
}: RedisAccess): Pick<StateStore, 'get' | 'list' | 'size'> {
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

interface ChangesInputs extends WriteContext {
  readonly total: JournalTotal;
  readonly watchers: Watchers;
}

function changes(
  { calls, prefixOf }: RedisAccess,
  inputs: ChangesInputs,
): Pick<StateStore, 'commit' | 'take'> {
  return {
    commit: async (partition, writes) => {
      const records = journalled(writes);
      const args = writes.flatMap((write) => writeArguments(write, inputs));
      const dropped = await calls.commit(prefixOf(partition), args);
      if (dropped === null) return 'stale';
      inputs.total.committed({ written: records.length, dropped });
      for (const record of records) inputs.watchers.notify(record);
      return 'committed';
    },
    take: async (partition, counter, limit) => {
      const taken = await calls.take(prefixOf(partition), [counter, limit, COUNTERS_MAX]);
      return taken === null ? undefined : Number(taken);
    },
  };
}

function amendments(
  { calls, prefixOf }: RedisAccess,
  { channel, watchers }: Pick<ChangesInputs, 'channel' | 'watchers'>,
): Pick<StateStore, 'endDelivery' | 'announceRemoval'> {
  return {
    endDelivery: async (partition, { record, delivery }) => {
      const ended = { ...record, delivery };
      const change = { kind: 'delivered', record: ended } as const;
      const args = [journalText(record), journalText(ended), channel, changeText(change)];
      if ((await calls.replaceRecord(prefixOf(partition), args)) !== null)
        watchers.notifyChange(change);
    },
    announceRemoval: async (removal) => {
      const change = { kind: 'removed', ...removal } as const;
      await calls.publish(channel, changeText(change));
      watchers.notifyChange(change);
    },
  };
}

function censusOf({ calls, prefixOf }: RedisAccess, total: JournalTotal): Census {
  return {
    journalEvictions: total.dropped,
    tokens: async (partition) => ({
      kept: await calls.hlen(`${prefixOf(partition)}token`),
      live: undefined,
    }),
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
