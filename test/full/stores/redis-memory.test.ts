/** A Redis with little memory: journals stay within their share, make room for commits, and health reports failed commits. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Log } from '../../../mock-server/carrier/carrier.js';
import { createRandom } from '../../../mock-server/carrier/sources.js';
import { type Connection, connectRedis } from '../../../mock-server/carrier/store/redis/connection.js';
import { createRedisStore } from '../../../mock-server/carrier/store/redis/store.js';
import {
  DEFAULT_LIMITS,
  SERVER_PARTITION,
  type StateStore,
  type StoreLimits,
} from '../../../mock-server/carrier/store/state-store.js';
import { login, mintToken, newApp, send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { findRedis, startRedis } from '../../support/redis.js';
import { loginRequest } from '../../support/requests.js';
import { journal, put } from '../../support/stores/writes.js';

const program = findRedis();
const { hex } = createRandom();
const MIB = 1024 * 1024;
const MEMORY = 32 * MIB;
const MEMORY_OPTIONS = ['--maxmemory', `${MEMORY}`, '--maxmemory-policy', 'noeviction'] as const;
const APPS = ['300000000001', '300000000002', '300000000003'] as const;
const LABELS = ['103000', '103101'] as const;
/** 64 KiB, six times as much in JSON. */
const HOSTILE_BODY = '\u0001'.repeat(64 * 1024);
const RECORD_BYTES = 6 * HOSTILE_BODY.length;

type Clients = Connection['client'];

interface Scene {
  readonly client: Clients;
  readonly stores: readonly [StateStore, StateStore];
  /** The errors in the servers' logs. */
  readonly errors: readonly string[];
}

async function startedRedis(options: readonly string[]) {
  const redis = await startRedis(program ?? '', options);
  onTestFinished(() => redis.stop());
  return redis;
}

async function connected(url: string, log: Log): Promise<Connection> {
  const connection = await connectRedis(url, log);
  onTestFinished(() => connection.client.disconnect());
  return connection;
}

/** Two servers over one Redis with the apps. */
async function scene(url: string, limits: Partial<StoreLimits> = {}): Promise<Scene> {
  const errors: string[] = [];
  const log: Log = {
    error: ({ en }) => void errors.push(en),
    warn: () => undefined,
    info: () => undefined,
    debug: () => undefined,
  };
  const connection = await connected(url, log);
  const newStore = () =>
    createRedisStore({ connection, limits: { ...DEFAULT_LIMITS, ...limits }, log, serverId: hex(16) });
  const stores = [newStore(), newStore()] as const;
  await stores[0].commit(
    SERVER_PARTITION,
    APPS.map((appId, at) => put('shortId', `abc${100 + at}`, appId)),
  );
  return { client: connection.client, stores, errors };
}

/** Writes records of all apps through both servers, `atOnce` at a time. */
async function flood({ stores }: Scene, records: number, atOnce = 2): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let at = next++; at < records; at = next++) {
      const appId = APPS[at % APPS.length] ?? '';
      const write = journal(`r${at}`, { appId, body: HOSTILE_BODY, label: LABELS[at % LABELS.length] ?? '' });
      const outcome = await stores[at % 2]?.commit(appId, [write]);
      if (outcome !== 'committed') throw new Error(`record ${at} is ${outcome}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

async function keptBytes({ client }: Scene): Promise<number> {
  const tallies = APPS.map((appId) => client.hget(`cmpassport:{${appId}}:journal:tally`, 'bytes'));
  return sum((await Promise.all(tallies)).map(Number));
}

async function keptRecords({ client }: Scene): Promise<number> {
  return sum(await Promise.all(APPS.map((appId) => client.llen(`cmpassport:{${appId}}:journal`))));
}

/** The total size in the heads of the entries of all apps. */
async function entryBytes({ client }: Scene): Promise<number> {
  const entries = await Promise.all(APPS.map((appId) => client.lrange(`cmpassport:{${appId}}:journal`, 0, -1)));
  return sum(entries.flat().map((entry) => Number(entry.split('\n', 2)[1])));
}

/** Waits, because the last check may not have ended yet. */
async function expectConsistentTallies(scene: Scene): Promise<void> {
  await eventually('equal totals', async () => (await keptBytes(scene)) === (await entryBytes(scene)) || undefined);
}

async function usedBytes(client: Clients): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
}

/** Writes other strings until this much memory is used. */
async function fill(client: Clients, used: number): Promise<void> {
  for (let at = 0; (await usedBytes(client)) < used; at += 1) await client.set(`ballast:${at}`, 'x'.repeat(MIB / 4));
}

/** Every dropped record is counted. */
async function expectCountedEvictions({ stores: [store, otherStore] }: Scene, records: number): Promise<void> {
  const logs = await Promise.all(APPS.map((appId) => store.log(appId, 'journal')));
  expect(logs.map(({ appended }) => appended)).toEqual(APPS.map(() => records / APPS.length));
  const evicted = sum(logs.flatMap((view) => [...view.evicted.values()]));
  expect(await store.census?.journalEvictions()).toBeGreaterThan(0);
  expect(sum([await store.census?.journalEvictions(), await otherStore.census?.journalEvictions()].map(Number))).toBe(
    evicted,
  );
  expect(new Set(logs.flatMap((view) => [...view.evicted.keys()]))).toEqual(new Set(LABELS));
}

describe.skipIf(program === undefined)('journals full of control characters', () => {
  test('use at most half of the memory of a Redis, and no commit is refused', async () => {
    const { url } = await startedRedis(MEMORY_OPTIONS);
    const here = await scene(url);
    await flood(here, 180);
    // Since its last check, each server may have written a part of the limit and one more record.
    const maximum = MEMORY / 2 + 2 * (MEMORY / 64 + RECORD_BYTES);
    await eventually('the limit', async () => (await keptBytes(here)) < maximum || undefined);
    await expectConsistentTallies(here);
    expect(here.errors).toEqual([]);
    await expectCountedEvictions(here, 180);
  });

  test('stay within the configured limit if the user may not read the memory’s limit', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const acl = 'mock on >secret ~* &* +@all -info';
    const { url } = await startedRedis([...MEMORY_OPTIONS, '--user', ...acl.split(' ')]);
    const here = await scene(url.replace('//', '//mock:secret@'), { journalBytesTotalMax: 4 * MIB });
    await flood(here, 60);
    await eventually('the limit', async () => (await keptRecords(here)) * RECORD_BYTES < 6 * MIB || undefined);
    expect(here.errors).toEqual([]);
    expect(warn).toHaveBeenCalled();
  });

  test('make room for commits if other data fills the memory, which is logged once', async () => {
    const { url } = await startedRedis(MEMORY_OPTIONS);
    const here = await scene(url);
    await fill(here.client, MEMORY - 8 * MIB);
    await flood(here, 90, 6);
    await expectConsistentTallies(here);
    expect(here.errors.toSorted()).toEqual([
      expect.stringMatching(/^the store redis:\/\/127\.0\.0\.1:\d+\/0 is out of memory: the oldest .* were dropped/),
      expect.stringMatching(/is out of memory/),
    ]);
    await expectCountedEvictions(here, 90);
  });
});

interface Refusal {
  readonly description: string;
  readonly begin: (client: Clients) => Promise<unknown>;
  readonly end: (client: Clients) => Promise<unknown>;
}

const REFUSALS: readonly Refusal[] = [
  {
    description: 'has no free memory and no journals',
    begin: async (client) => {
      await fill(client, MEMORY - 4 * MIB);
      await client.config('SET', 'maxmemory', (await usedBytes(client)) - 2 * MIB);
    },
    end: async (client) => client.del(await client.keys('ballast:*')),
  },
  {
    description: 'has too few replicas to write',
    begin: (client) => client.config('SET', 'min-replicas-to-write', 1),
    end: (client) => client.config('SET', 'min-replicas-to-write', 0),
  },
];

describe.skipIf(program === undefined)('health', () => {
  test.each(REFUSALS)('is 503 while the Redis $description, and 200 afterwards', async ({ begin, end }) => {
    const { url } = await startedRedis(MEMORY_OPTIONS);
    const server = await startMock({ store: url });
    const { client } = await connected(url, {
      error: () => undefined,
      warn: () => undefined,
      info: () => undefined,
      debug: () => undefined,
    });
    const app = await newApp(server.url);
    const token = await mintToken(server.url, app.appId);
    const exchange = async () => (await login(server.url, loginRequest(app, token))).json.resultCode;
    const health = (path = '') => send(server.url, 'GET', `/_mock/health${path}`);
    expect((await health()).status).toBe(200);
    await begin(client);
    expect(await health()).toMatchObject({
      status: 503,
      json: { detail: 'the store refuses writes: the log has the reason' },
    });
    expect((await health('/live')).status).toBe(200);
    expect(await exchange()).toBe('103211');
    await end(client);
    await eventually('health', async () => (await health()).status === 200 || undefined);
    expect(await exchange()).toBe('103000');
  });
});
