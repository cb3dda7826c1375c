/** The store in a Redis Cluster of three nodes: the keys of an app are in one slot, and the apps are spread over all nodes. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../../mock-server/carrier/sources.js';
import {
  type Connection,
  connectRedis,
} from '../../../mock-server/carrier/store/redis/connection.js';
import { createRedisStore } from '../../../mock-server/carrier/store/redis/store.js';
import {
  DEFAULT_LIMITS,
  ONLY,
  SERVER_PARTITION,
  type StateStore,
} from '../../../mock-server/carrier/store/state-store.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { freePort } from '../../support/free-port.js';
import { eventually } from '../../support/poll.js';
import { findRedis, type RedisServer, startRedis } from '../../support/redis.js';
import {
  APP,
  CLOCK,
  count,
  journal,
  ledger,
  PLATFORM_KEY,
  put,
  putToken,
  TOKEN,
} from '../../support/stores/writes.js';

const program = findRedis();
const { hex } = createRandom();
const PARTITIONS = Array.from({ length: 30 }, (_, at) => `3000000000${at + 10}`);

const SLOTS = 16_384;
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
    redisCli(
      node,
      'cluster',
      'addslotsrange',
      `${at * share}`,
      `${Math.min((at + 1) * share, SLOTS) - 1}`,
    );
    const [first] = nodes;
    if (first !== undefined && at > 0)
      redisCli(node, 'cluster', 'meet', '127.0.0.1', `${first.server.port}`, `${first.busPort}`);
  }
}

/** Whether all nodes report that all slots are served. */
function isClusterUp(nodes: readonly Node[]): true | undefined {
  return (
    nodes.every((node) => redisCli(node, 'cluster', 'info').includes('cluster_state:ok')) ||
    undefined
  );
}

describe.skipIf(program === undefined)('redis cluster', () => {
  const nodes: Node[] = [];
  let connection: Connection;
  let store: StateStore;

  beforeAll(async () => {
    for (let at = 0; at < 3; at += 1) nodes.push(await startNode());
    formCluster(nodes);
    await eventually('the cluster', () => isClusterUp(nodes));
    connection = await connectRedis(
      `redis-cluster://127.0.0.1:${nodes[0]?.server.port}`,
      silentLog,
    );
    store = createRedisStore({
      connection,
      limits: DEFAULT_LIMITS,
      log: silentLog,
      serverId: hex(16),
      platformKey: PLATFORM_KEY,
    });
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

  test.each([...PARTITIONS.slice(0, 2), SERVER_PARTITION])(
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
      expect((await store.readPartition(partition, { token: 't', msgId: 'm' })).app).toBe(
        undefined,
      );
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
        shortIdOf: () => `abc${100 + at}`,
      });
      expect(view.foreign).toEqual({ appId: other, token: TOKEN, clock: undefined });
    }
  });
});
