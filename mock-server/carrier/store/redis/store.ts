/** State in a Redis or Valkey, shared by any number of servers: one script loads what a decision needs, another commits. */

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
  type LogName,
  type Logs,
  ONLY,
  type PartitionId,
  SERVER_PARTITION,
  type StateStore,
  type StoreLimits,
  type Write,
} from '../state-store.js';
import { type RedisCalls, redisCalls } from './calls.js';
import type { Connection } from './connection.js';
import { createFeed, createWatchers } from './feed.js';
import { createJournalReader, createPlatformKeys } from './journal-text.js';
import { createJournalTotal } from './journal-total.js';
import { fieldOf, idAt, journalChannel, keysOf, partitionPrefix, placeOf } from './keys.js';
import { readLog, stepsOf } from './logs.js';
import { entryOf, foreignTokens, type PartitionReply, readEntry, toPartitionView } from './partition-reply.js';
import { writeArguments } from './write-arguments.js';

export interface RedisStoreInputs {
  readonly connection: Connection;
  readonly limits: StoreLimits;
  readonly log: Log;
  /** Identifies this server among those that share the store. */
  readonly serverId: string;
  readonly keyPrefix?: string;
}

const KEY_PREFIX = 'cmpassport';
// The maximum number of apps.
const PARTITIONS_MAX = 10_000;
/** No entry begins with this text. */
const UNKNOWN = '?';

export function createRedisStore(inputs: RedisStoreInputs): StateStore {
  const { connection, limits, log, keyPrefix = KEY_PREFIX } = inputs;
  const calls = redisCalls(connection.client, { shown: connection.shown, log });
  const prefixOf = (partition: PartitionId) => partitionPrefix(keyPrefix, partition);
  const journal = journalParts(inputs, { calls, prefixOf });
  const apps = new BoundedMap<Entry<AppRecord>>(PARTITIONS_MAX);
  const total = createJournalTotal({ calls, prefixOf, journalRecordsTotalMax: limits.journalRecordsTotalMax });
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
      const [own, foreign] = await Promise.all([readOwn(partition, at), foreignToken(partition, at)]);
      return { ...own, foreign: own.token === undefined ? foreign : undefined };
    },
    get: async (partition, collection, id) => {
      const { hash, field } = placeOf(collection, id);
      return entryOf(await calls.hget(prefixOf(partition) + hash, field));
    },
    list: async (partition, collection) =>
      valuesOf(collection, await calls.hgetall(prefixOf(partition) + placeOf(collection, ONLY).hash)),
    size: (partition, collection) => calls.hlen(prefixOf(partition) + placeOf(collection, ONLY).hash),
    log: (partition, name, newest = Number.POSITIVE_INFINITY) => readLogOf(partition, name, newest),
    journal: async function* (partition) {
      const key = `${prefixOf(partition)}journal`;
      for await (const entries of stepsOf((from, to) => calls.lrange(key, from, to)))
        yield await Promise.all(entries.map(journal.read));
    },
    forget: (partition, ids) => removeRecords(`${prefixOf(partition)}journal`, ids, { calls, read: journal.read }),
    commit: async (partition, writes) => {
      const records = journalled(writes);
      await journal.prepare(records);
      const args = writes.flatMap((write) => writeArguments(write, { limits, channel: journal.channel }));
      const dropped = (await calls.commit(prefixOf(partition), args)) as number | null;
      if (dropped === null) return 'stale';
      total.committed({ written: records.length, dropped });
      for (const record of records) journal.watchers.notify(record);
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
    watchJournal: (listener, scope = 'all') => journal.watchers.watch(listener, scope),
    // Copying a million tokens would block every server. A suite can create an app for each test instead.
    snapshots: undefined,
    shared: true,
    census: {
      journalEvictions: total.dropped,
      tokens: async (partition) => ({ kept: await calls.hlen(`${prefixOf(partition)}token`), live: undefined }),
    },
    close: () => {
      journal.feed.close();
      connection.client.disconnect();
    },
  };

  async function readLogOf<L extends LogName>(partition: PartitionId, name: L, newest: number) {
    const key = prefixOf(partition) + name;
    const read = (name === 'journal' ? journal.read : JSON.parse) as (text: string) => Promise<Logs[L]>;
    const range = (from: number, to: number) => calls.lrange(key, from, to);
    const kept = { range, length: () => calls.llen(key), evicted: () => calls.get(`${key}:evicted`) };
    return readLog(kept, { newest, read });
  }
}

interface Places {
  readonly calls: RedisCalls;
  readonly prefixOf: (partition: PartitionId) => string;
}

/** Writes and reads journal records, and receives those of other servers. */
function journalParts({ connection, serverId, keyPrefix = KEY_PREFIX }: RedisStoreInputs, { calls, prefixOf }: Places) {
  const place = `${prefixOf(SERVER_PARTITION)}platformKeys`;
  const keys = createPlatformKeys({
    read: (name) => calls.hget(place, name),
    write: async (name, text) => void (await calls.hset(place, name, text)),
  });
  const read = createJournalReader(keys.find);
  const channel = journalChannel(keyPrefix, serverId);
  const watchers = createWatchers((needed) => feed.listen(needed));
  const channels = journalChannel(keyPrefix, '*');
  const feed = createFeed({
    channels,
    ownChannel: channel,
    connect: connection.listener,
    read,
    onRecord: watchers.notifyOther,
  });
  const prepare = async (records: readonly JournalRecord[]) => {
    for (const { state } of records) await keys.keep(state.platformKey);
  };
  return { read, channel, watchers, feed, prepare };
}

interface JournalReader {
  readonly calls: RedisCalls;
  readonly read: (text: string) => Promise<JournalRecord>;
}

async function removeRecords(key: string, ids: ReadonlySet<string>, { calls, read }: JournalReader): Promise<void> {
  const removed: string[] = [];
  for await (const entries of stepsOf((from, to) => calls.lrange(key, from, to)))
    for (const entry of entries) if (ids.has((await read(entry)).id)) removed.push(entry);
  for (const entry of removed) await calls.lrem(key, entry);
}

function journalled(writes: readonly Write[]): readonly JournalRecord[] {
  return writes.flatMap((write) => (write.kind === 'append' && write.log === 'journal' ? [write.record] : []));
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
