/** State in a Redis or Valkey, shared by any number of servers: one script loads what a decision needs, another commits. */

import type { RsaKey } from '../../../../src/protocol/rsa-keys.js';
import type { Log } from '../../log.js';
import { BoundedMap } from '../bounded.js';
import {
  type AppRecord,
  type At,
  COUNTERS_MAX,
  type Collection,
  type Collections,
  type Entry,
  type JournalRecord,
  type Logs,
  ONLY,
  type PartitionId,
  type StateStore,
  type StoreLimits,
  type Write,
} from '../state-store.js';
import { type RedisCalls, redisCalls } from './calls.js';
import type { Connection } from './connection.js';
import { createFeed, createWatchers } from './feed.js';
import { createJournalReader } from './journal-text.js';
import { createJournalTotal } from './journal-total.js';
import { fieldOf, idAt, journalChannel, keysOf, partitionPrefix, placeOf } from './keys.js';
import { stepsOf } from './logs.js';
import {
  entryOf,
  foreignTokens,
  type PartitionReply,
  readEntry,
  toPartitionView,
} from './partition-reply.js';
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
// The maximum number of apps.
const PARTITIONS_MAX = 10_000;
/** No entry begins with this text. */
const UNKNOWN = '?';

export function createRedisStore(inputs: RedisStoreInputs): StateStore {
  const { connection, limits, log, serverId, keyPrefix = KEY_PREFIX } = inputs;
  const calls = redisCalls(connection.client, { shown: connection.shown, log });
  const prefixOf = (partition: PartitionId) => partitionPrefix(keyPrefix, partition);
  const readRecord = createJournalReader(inputs.platformKey);
  const channel = journalChannel(keyPrefix, serverId);
  const watchers = createWatchers((needed) => feed.listen(needed));
  const feed = createFeed({
    channels: journalChannel(keyPrefix, '*'),
    ownChannel: channel,
    connect: connection.listener,
    onRecord: (text) => watchers.notifyOther(readRecord(text)),
  });
  const apps = new BoundedMap<Entry<AppRecord>>(PARTITIONS_MAX);
  const total = createJournalTotal({
    calls,
    prefixOf,
    journalRecordsTotalMax: limits.journalRecordsTotalMax,
  });
  const foreignToken = foreignTokens({
    calls,
    prefixOf,
    shortIdOf: (partition) => apps.get(partition)?.value.shortId,
  });

  async function readOwn(partition: PartitionId, { token, msgId }: At) {
    const known = apps.get(partition);
    const reply = await calls.readPartition(prefixOf(partition), [
      prefixed(token),
      prefixed(msgId),
      known === undefined ? UNKNOWN : `${known.revision} `,
    ]);
    const view = toPartitionView(reply as PartitionReply, known);
    if (view.app !== undefined && view.app !== known) apps.set(partition, view.app);
    return view;
  }

  return {
    readPartition: async (partition, at) => {
      const [own, foreign] = await Promise.all([
        readOwn(partition, at),
        foreignToken(partition, at),
      ]);
      return { ...own, foreign: own.token === undefined ? foreign : undefined };
    },
    get: async (partition, collection, id) => {
      const { hash, field } = placeOf(collection, id);
      return entryOf(await calls.hget(prefixOf(partition) + hash, field));
    },
    list: async (partition, collection) =>
      valuesOf(
        collection,
        await calls.hgetall(prefixOf(partition) + placeOf(collection, ONLY).hash),
      ),
    size: (partition, collection) =>
      calls.hlen(prefixOf(partition) + placeOf(collection, ONLY).hash),
    log: async (partition, name, newest = Number.MAX_SAFE_INTEGER) => {
      const key = prefixOf(partition) + name;
      const read = (name === 'journal' ? readRecord : JSON.parse) as (
        text: string,
      ) => Logs[typeof name];
      const records = newest === 0 ? [] : (await calls.lrange(key, 0, newest - 1)).map(read);
      const [kept, evicted] = await Promise.all([
        calls.llen(key),
        calls.get(`${key}:evicted`).then(Number),
      ]);
      return { records, appended: kept + evicted, evicted };
    },
    journal: async function* (partition) {
      const key = `${prefixOf(partition)}journal`;
      for await (const entries of stepsOf((from, to) => calls.lrange(key, from, to)))
        yield entries.map(readRecord);
    },
    forget: (partition, ids) =>
      removeRecords(`${prefixOf(partition)}journal`, ids, { calls, readRecord }),
    commit: async (partition, writes) => {
      const records = journalled(writes);
      const args = writes.flatMap((write) => writeArguments(write, { limits, channel }));
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
    drop: async (partition) => {
      apps.delete(partition);
      await calls.unlink(keysOf(prefixOf(partition)));
    },
    watchJournal: (listener, scope = 'all') => watchers.watch(listener, scope),
    // Copying a million tokens would block every server. A suite can create an app for each test instead.
    snapshots: undefined,
    shared: true,
    census: {
      journalEvictions: total.dropped,
      tokens: async (partition) => ({
        kept: await calls.hlen(`${prefixOf(partition)}token`),
        live: undefined,
      }),
    },
    close: () => {
      feed.close();
      connection.client.disconnect();
    },
  };
}

interface JournalReader {
  readonly calls: RedisCalls;
  readonly readRecord: (text: string) => JournalRecord;
}

async function removeRecords(
  key: string,
  ids: ReadonlySet<string>,
  { calls, readRecord }: JournalReader,
): Promise<void> {
  const removed: string[] = [];
  for await (const entries of stepsOf((from, to) => calls.lrange(key, from, to)))
    for (const entry of entries) if (ids.has(readRecord(entry).id)) removed.push(entry);
  for (const entry of removed) await calls.lrem(key, entry);
}

function journalled(writes: readonly Write[]): readonly JournalRecord[] {
  return writes.flatMap((write) =>
    write.kind === 'append' && write.log === 'journal' ? [write.record] : [],
  );
}

function prefixed(text: string | undefined): string {
  return text === undefined ? '' : `=${fieldOf(text)}`;
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
