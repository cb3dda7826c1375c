/** The store in a Redis Cluster of three nodes: the keys of a partition are in one slot, and partitions on all of the nodes. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../../mock-server/carrier/sources.js';
import { type Connection, connectRedis } from '../../../mock-server/carrier/store/redis/connection.js';
import { createRedisStore } from '../../../mock-server/carrier/store/redis/store.js';
import {
  DEFAULT_LIMITS,
  ONLY,
  SERVER_PARTITION,
  type StateStore,
  type StoreLimits,
} from '../../../mock-server/carrier/store/state-store.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { eventually } from '../../support/poll.js';
import { findRedis, freePort, type RedisServer, startRedis } from '../../support/redis.js';
import { APP, CLOCK, count, journal, ledger, put, putToken, TOKEN } from '../../support/stores/writes.js';

const program = findRedis();
const { hex } = createRandom();
const PARTITIONS = Array.from({ length: 30 }, (_, at) => `3000000000${at + 10}`);

const SLOTS = 16_384;
const MIB = 1024 * 1024;
// Generous: nodes take seconds to find each other, and a busy machine is no failure.
const HOOK_MS_MAX = 120_000;

interface Node {
  readonly server: RedisServer;
  /** On which the nodes speak with each other. */
  readonly busPort: number;
}

async function startNode(): Promise<Node> {
  const busPort = await freePort();
  const options = ['--cluster-enabled', 'yes', '--cluster-port', `${busPort}`];
  return { server: await startRedis(program ?? '', options), busPort };
}

function ask({ server }: Node, ...words: readonly string[]): string {
  const cli = (program ?? '').replace('-server', '-cli');
  return spawnSync(cli, ['-p', `${server.port}`, ...words], { encoding: 'utf8' }).stdout;
}

/** The slots shared out among them, and each told of the first. */
function formCluster(nodes: readonly Node[]): void {
  const share = Math.ceil(SLOTS / nodes.length);
  for (const [at, node] of nodes.entries()) {
    ask(node, 'cluster', 'set-config-epoch', `${at + 1}`);
    ask(node, 'cluster', 'addslotsrange', `${at * share}`, `${Math.min((at + 1) * share, SLOTS) - 1}`);
    const [first] = nodes;
    if (first !== undefined && at > 0)
      ask(node, 'cluster', 'meet', '127.0.0.1', `${first.server.port}`, `${first.busPort}`);
  }
}

/** Whether all nodes see all slots served. */
function isWhole(nodes: readonly Node[]): true | undefined {
  return nodes.every((node) => ask(node, 'cluster', 'info').includes('cluster_state:ok')) || undefined;
}

describe.skipIf(program === undefined)('redis cluster', () => {
  const nodes: Node[] = [];
  let connection: Connection;
  let store: StateStore;

  beforeAll(async () => {
    for (let at = 0; at < 3; at += 1) nodes.push(await startNode());
    formCluster(nodes);
    await eventually('the cluster', () => isWhole(nodes));
    connection = await connectRedis(`redis-cluster://127.0.0.1:${nodes[0]?.server.port}`, silentLog);
    store = createRedisStore({ connection, limits: DEFAULT_LIMITS, log: silentLog, serverId: hex(16) });
    for (const partition of PARTITIONS) await store.commit(partition, [putToken('t')]);
  }, HOOK_MS_MAX);

  afterAll(async () => {
    connection?.client.disconnect();
    for (const { server } of nodes) await server.stop();
  }, HOOK_MS_MAX);

  test('partitions are on every node', async () => {
    const counts = nodes.map((node) => Number(ask(node, 'dbsize')));
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  test.each([...PARTITIONS.slice(0, 6), SERVER_PARTITION])(
    'everything is done in partition "%s"',
    async (partition) => {
      await store.drop(partition);
      const writes = [
        put('app', ONLY, APP),
        put('clock', ONLY, CLOCK),
        putToken('t'),
        put('msgId', 'm', true),
        count('calls', 1),
        ledger('a'),
        journal('j'),
      ];
      expect(await store.commit(partition, writes)).toBe('committed');
      expect(await store.commit(partition, [count('calls', 1)])).toBe('stale');
      expect(await store.take(partition, 'script', 1)).toBe(0);
      const view = await store.readPartition(partition, { token: 't', msgId: 'm' });
      expect([view.app?.value, view.token?.value, view.msgIdSeen]).toEqual([APP, TOKEN, true]);
      expect((await store.log(partition, 'journal')).records).toHaveLength(1);
      await store.commit(partition, [{ kind: 'clear', parts: ['token', 'journal', 'counters'] }]);
      expect([...(await store.list(partition, 'token'))]).toEqual([]);
      await store.drop(partition);
      expect((await store.readPartition(partition, { token: 't', msgId: 'm' })).app).toBe(undefined);
    },
  );

  test('a token of another partition is found on another node', async () => {
    const [here = '', ...others] = PARTITIONS;
    for (const [at, there] of others.entries()) {
      await store.commit(there, [putToken('elsewhere')]);
      await store.commit(SERVER_PARTITION, [put('shortId', `abc${100 + at}`, there)]);
      const view = await store.readPartition(here, {
        token: 'elsewhere',
        msgId: undefined,
        tokenShortId: `abc${100 + at}`,
      });
      expect(view.foreign).toEqual({ appId: there, token: TOKEN, clock: undefined });
    }
  });

  test('each key is known to be on its node', () => {
    const [first] = nodes;
    for (const partition of PARTITIONS) {
      const key = `cmpassport:{${partition}}:`;
      const slot = first && Number(ask(first, 'cluster', 'keyslot', key));
      const node = nodes[Math.floor((slot ?? 0) / Math.ceil(SLOTS / nodes.length))];
      expect(connection.nodeOf(key)).toBe(`127.0.0.1:${node?.server.port}`);
    }
  });

  test('the least memory of its nodes is known', async () => {
    expect(await connection.memoryMax()).toBe(Number.POSITIVE_INFINITY);
    for (const [at, node] of nodes.entries()) ask(node, 'config', 'set', 'maxmemory', `${at * 100}mb`);
    expect(await connection.memoryMax()).toBe(100 * MIB);
    for (const node of nodes) ask(node, 'config', 'set', 'maxmemory', '0');
  });

  /** Stores of servers that start now, and apps on all nodes that they know. */
  const storeWithApps = async (limits: Partial<StoreLimits> = {}) => {
    const serverId = hex(16);
    const keyPrefix = hex(16);
    const own = createRedisStore({
      connection,
      limits: { ...DEFAULT_LIMITS, ...limits },
      log: silentLog,
      serverId,
      keyPrefix,
    });
    const names = PARTITIONS.map((partition, at) => put('shortId', `xyz${100 + at}`, partition));
    await own.commit(SERVER_PARTITION, names);
    const records = async () => {
      const logs = await Promise.all(PARTITIONS.map((partition) => own.log(partition, 'journal')));
      return logs.map((log) => log.records.length).reduce((sum, length) => sum + length, 0);
    };
    return { own, records, keyPrefix };
  };

  test('one bound holds for the journals of all nodes', async () => {
    const { own, records } = await storeWithApps({ journalBytesTotalMax: MIB });
    // Some sixty records of 32 KiB are twice the bound.
    for (const partition of PARTITIONS) {
      for (const id of ['a', 'b']) await own.commit(partition, [journal(id, { appId: partition, bytes: 32 * 1024 })]);
    }
    await eventually('the bound', async () => (await records()) < 40 || undefined);
  });

  test('a node without memory drops journals of its own', async () => {
    const { own, keyPrefix } = await storeWithApps();
    const [full] = nodes;
    for (const partition of PARTITIONS) {
      for (const id of ['a', 'b']) await own.commit(partition, [journal(id, { appId: partition, bytes: 256 * 1024 })]);
    }
    const used = Number(/^used_memory:(\d+)/m.exec(ask(full as Node, 'info', 'memory'))?.[1]);
    ask(full as Node, 'config', 'set', 'maxmemory', `${used - MIB / 2}`);
    for (const partition of PARTITIONS) expect(await own.commit(partition, [count('calls', null)])).toBe('committed');
    ask(full as Node, 'config', 'set', 'maxmemory', '0');
    for (const partition of PARTITIONS) {
      const isThere = connection.nodeOf(`${keyPrefix}:{${partition}}:`) === `127.0.0.1:${full?.server.port}`;
      const { evicted } = await own.log(partition, 'journal');
      if (!isThere) expect(evicted.size).toBe(0);
    }
    expect(await own.census?.journalEvictions()).toBeGreaterThan(0);
  });

  test('of racing writers exactly one commits', async () => {
    const race = Array.from({ length: 50 }, () => store.commit('racing', [putToken('t')]));
    expect((await Promise.all(race)).filter((outcome) => outcome === 'committed')).toHaveLength(1);
  });
});
