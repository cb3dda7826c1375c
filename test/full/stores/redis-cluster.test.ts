/** The store in a Redis Cluster of three nodes: the keys of an app are in one slot, and the apps are spread over all nodes. */
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
  /** The port for connections between nodes. */
  readonly busPort: number;
}

async function startNode(): Promise<Node> {
  const busPort = await freePort();
  const options = ['--cluster-enabled', 'yes', '--cluster-port', `${busPort}`];
  return { server: await startRedis(program ?? '', options), busPort };
}

function redisCli({ server }: Node, ...words: readonly string[]): string {
  const cli = (program ?? '').replace('-server', '-cli');
  return spawnSync(cli, ['-p', `${server.port}`, ...words], { encoding: 'utf8' }).stdout;
}

/** Distributes the slots over the nodes and connects each node with the first. */
function formCluster(nodes: readonly Node[]): void {
  const share = Math.ceil(SLOTS / nodes.length);
  for (const [at, node] of nodes.entries()) {
    redisCli(node, 'cluster', 'set-config-epoch', `${at + 1}`);
    redisCli(node, 'cluster', 'addslotsrange', `${at * share}`, `${Math.min((at + 1) * share, SLOTS) - 1}`);
    const [first] = nodes;
    if (first !== undefined && at > 0)
      redisCli(node, 'cluster', 'meet', '127.0.0.1', `${first.server.port}`, `${first.busPort}`);
  }
}

/** Whether all nodes report that all slots are served. */
function isClusterUp(nodes: readonly Node[]): true | undefined {
  return nodes.every((node) => redisCli(node, 'cluster', 'info').includes('cluster_state:ok')) || undefined;
}

describe.skipIf(program === undefined)('redis cluster', () => {
  const nodes: Node[] = [];
  let connection: Connection;
  let store: StateStore;

  beforeAll(async () => {
    for (let at = 0; at < 3; at += 1) nodes.push(await startNode());
    formCluster(nodes);
    await eventually('the cluster', () => isClusterUp(nodes));
    connection = await connectRedis(`redis-cluster://127.0.0.1:${nodes[0]?.server.port}`, silentLog);
    store = createRedisStore({ connection, limits: DEFAULT_LIMITS, log: silentLog, serverId: hex(16) });
    for (const partition of PARTITIONS) await store.commit(partition, [putToken('t')]);
  }, HOOK_MS_MAX);

  afterAll(async () => {
    connection?.client.disconnect();
    for (const { server } of nodes) await server.stop();
  }, HOOK_MS_MAX);

  test('every node has keys of apps', async () => {
    const counts = nodes.map((node) => Number(redisCli(node, 'dbsize')));
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  test.each([...PARTITIONS.slice(0, 6), SERVER_PARTITION])(
    'all operations work for the app "%s"',
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

  test('a token of another app is found on another node', async () => {
    const [partition = '', ...others] = PARTITIONS;
    for (const [at, other] of others.entries()) {
      await store.commit(other, [putToken('elsewhere')]);
      await store.commit(SERVER_PARTITION, [put('shortId', `abc${100 + at}`, other)]);
      const view = await store.readPartition(partition, {
        token: 'elsewhere',
        msgId: undefined,
        tokenShortId: `abc${100 + at}`,
      });
      expect(view.foreign).toEqual({ appId: other, token: TOKEN, clock: undefined });
    }
  });

  test('nodeOf returns the node of each key', () => {
    const [first] = nodes;
    for (const partition of PARTITIONS) {
      const key = `cmpassport:{${partition}}:`;
      const slot = first && Number(redisCli(first, 'cluster', 'keyslot', key));
      const node = nodes[Math.floor((slot ?? 0) / Math.ceil(SLOTS / nodes.length))];
      expect(connection.nodeOf(key)).toBe(`127.0.0.1:${node?.server.port}`);
    }
  });

  test('memoryMax is the lowest limit of all nodes', async () => {
    expect(await connection.memoryMax()).toBe(Number.POSITIVE_INFINITY);
    for (const [at, node] of nodes.entries()) redisCli(node, 'config', 'set', 'maxmemory', `${at * 100}mb`);
    expect(await connection.memoryMax()).toBe(100 * MIB);
    for (const node of nodes) redisCli(node, 'config', 'set', 'maxmemory', '0');
  });

  /** The store of a new server, with apps on all nodes. */
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

  test('one limit applies to the journals of all nodes', async () => {
    const { own, records } = await storeWithApps({ journalBytesTotalMax: MIB });
    // Sixty records of 32 KiB are about twice the limit.
    for (const partition of PARTITIONS) {
      for (const id of ['a', 'b']) await own.commit(partition, [journal(id, { appId: partition, bytes: 32 * 1024 })]);
    }
    await eventually('the limit', async () => (await records()) < 40 || undefined);
  });

  test('a node without memory drops only its own journals', async () => {
    const { own, keyPrefix } = await storeWithApps();
    const [full] = nodes;
    for (const partition of PARTITIONS) {
      for (const id of ['a', 'b']) await own.commit(partition, [journal(id, { appId: partition, bytes: 256 * 1024 })]);
    }
    const used = Number(/^used_memory:(\d+)/m.exec(redisCli(full as Node, 'info', 'memory'))?.[1]);
    redisCli(full as Node, 'config', 'set', 'maxmemory', `${used - MIB / 2}`);
    for (const partition of PARTITIONS) expect(await own.commit(partition, [count('calls', null)])).toBe('committed');
    redisCli(full as Node, 'config', 'set', 'maxmemory', '0');
    for (const partition of PARTITIONS) {
      const isThere = connection.nodeOf(`${keyPrefix}:{${partition}}:`) === `127.0.0.1:${full?.server.port}`;
      const { evicted } = await own.log(partition, 'journal');
      if (!isThere) expect(evicted.size).toBe(0);
    }
    expect(await own.census?.journalEvictions()).toBeGreaterThan(0);
  });

  test('exactly one of several simultaneous writers commits', async () => {
    const race = Array.from({ length: 50 }, () => store.commit('racing', [putToken('t')]));
    expect((await Promise.all(race)).filter((outcome) => outcome === 'committed')).toHaveLength(1);
  });
});
