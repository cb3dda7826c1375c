/**
 * The store in a Redis: the suite of every store, and behaviour of a store that several servers share. A Redis with a
 * password that is not part of its address.
 */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createRandom } from '../../../mock-server/carrier/sources.js';
import {
  type Connection,
  connectRedis,
} from '../../../mock-server/carrier/store/redis/connection.js';
import { requireFormat } from '../../../mock-server/carrier/store/redis/format.js';
import { formatKey } from '../../../mock-server/carrier/store/redis/keys.js';
import { createRedisStore } from '../../../mock-server/carrier/store/redis/store.js';
import {
  DEFAULT_LIMITS,
  ONLY,
  SERVER_PARTITION,
  type StateStore,
  type StoreLimits,
} from '../../../mock-server/carrier/store/state-store.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { callCommand, callServe } from '../../support/called-command.js';
import { temporaryFile } from '../../support/files.js';
import { send } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { findRedis, type RedisServer, startRedis } from '../../support/redis.js';
import { boundCases, censusCases } from '../../support/stores/bound-cases.js';
import { storeCases } from '../../support/stores/store-cases.js';
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
const PARTITION = '300000000001';
const OTHER = '300000000002';

describe.skipIf(program === undefined)('redis', () => {
  let redis: RedisServer;
  let connection: Connection;

  beforeAll(async () => {
    redis = await startRedis(program ?? '');
    connection = await connectRedis(redis.url, silentLog);
  });

  afterAll(async () => {
    connection.client.disconnect();
    await redis.stop();
  });

  /** Each store has its own key prefix by default. */
  const newStore = (
    limits: StoreLimits,
    keyPrefix = hex(16),
    ownConnection = connection,
  ): StateStore =>
    createRedisStore({
      connection: ownConnection,
      limits,
      log: silentLog,
      serverId: hex(16),
      keyPrefix,
      platformKey: PLATFORM_KEY,
    });

  /** The stores of two servers over the same keys. */
  const twoStores = () => {
    const keyPrefix = hex(16);
    return [newStore(DEFAULT_LIMITS, keyPrefix), newStore(DEFAULT_LIMITS, keyPrefix)] as const;
  };

  storeCases('redis', newStore);
  boundCases('redis', newStore);
  censusCases('redis', newStore, { live: false });

  test('a server does not start on what another version of the format wrote', async () => {
    const keyPrefix = hex(16);
    await requireFormat(connection, keyPrefix);
    await expect(requireFormat(connection, keyPrefix)).resolves.toBeUndefined();
    await connection.client.set(formatKey(keyPrefix), '0');
    const other = await connectRedis(redis.url, silentLog);
    await expect(requireFormat(other, keyPrefix)).rejects.toThrow(
      `${redis.url}/0 has state of another version of cmpassport-mock (format 0; this build writes format 2)`,
    );
    await expect(other.client.ping()).rejects.toThrow();
  });

  describe('two servers', () => {
    test('read the writes and changes of the other', async () => {
      const [here, there] = twoStores();
      await here.commit(PARTITION, [
        put('app', ONLY, APP),
        put('clock', ONLY, CLOCK),
        putToken('t'),
      ]);
      const at = { token: 't', msgId: undefined };
      const first = await there.readPartition(PARTITION, at);
      expect([first.app?.value, first.clock?.value, first.token?.value]).toEqual([
        APP,
        CLOCK,
        TOKEN,
      ]);
      const changed = { ...APP, packageNumber: 7 };
      await here.commit(PARTITION, [put('app', ONLY, changed, first.app?.revision)]);
      expect((await there.readPartition(PARTITION, at)).app?.value).toEqual(changed);
      // Unchanged values are not read again.
      const again = await there.readPartition(PARTITION, at);
      expect((await there.readPartition(PARTITION, at)).app).toBe(again.app);
      await here.drop(PARTITION);
      expect((await there.readPartition(PARTITION, at)).app).toBe(undefined);
    });

    test('watch the records of both, each once, or only their own', async () => {
      const [here, there] = twoStores();
      const received = { all: [] as string[], own: [] as string[] };
      const unwatch = [
        there.watchJournal(({ id }) => void received.all.push(id)),
        there.watchJournal(({ id }) => void received.own.push(id), 'own'),
      ];
      // There is no event for a started subscription, and earlier records are not sent.
      await eventually('the first record', async () => {
        await here.commit(OTHER, [journal('before')]);
        return received.all[0];
      });
      received.all.length = 0;
      await there.commit(PARTITION, [journal('there')]);
      for (const id of ['a', 'b', 'c']) await here.commit(PARTITION, [journal(id)]);
      await eventually('the last record', () => received.all.find((id) => id === 'c'));
      expect(received.all.filter((id) => id !== 'before').sort()).toEqual(['a', 'b', 'c', 'there']);
      expect(received.all.filter((id) => id.length === 1)).toEqual(['a', 'b', 'c']);
      expect(received.own).toEqual(['there']);
      for (const end of unwatch) end();
    });
  });

  describe('a token of another app', () => {
    const scene = async () => {
      const store = newStore(DEFAULT_LIMITS);
      await store.commit(SERVER_PARTITION, [put('shortId', 'abc123', OTHER)]);
      await store.commit(OTHER, [put('app', ONLY, APP), put('clock', ONLY, CLOCK), putToken('t')]);
      const read = (token: string, shortId: string) =>
        store.readPartition(PARTITION, { token, msgId: undefined, shortIdOf: () => shortId });
      return { store, read };
    };

    test('is returned with the clock of its app', async () => {
      const { read } = await scene();
      const foreign = { appId: OTHER, token: TOKEN, clock: CLOCK };
      // First without the cached name, then with it.
      expect((await read('t', 'abc123')).foreign).toEqual(foreign);
      expect((await read('t', 'abc123')).foreign).toEqual(foreign);
      expect((await read('u', 'abc123')).foreign).toBe(undefined);
      expect((await read('t', 'zzz999')).foreign).toBe(undefined);
    });

    test('is not looked up by the short id of the app itself, from its first read until it is dropped', async () => {
      const { store } = await scene();
      const lookups = async () =>
        /cmdstat_hget:calls=(\d+)/.exec(await connection.client.info('commandstats'))?.[1];
      const added: number[] = [];
      const readOwn = async () => {
        const before = Number(await lookups());
        await store.readPartition(OTHER, {
          token: 'u',
          msgId: undefined,
          shortIdOf: () => APP.shortId,
        });
        added.push(Number(await lookups()) - before);
      };
      await readOwn();
      await readOwn();
      await store.drop(OTHER);
      await readOwn();
      // The script reads the token with HGET too.
      expect(added).toEqual([2, 1, 2]);
    });

    test('is not read if the app has the token itself', async () => {
      const { store, read } = await scene();
      await store.commit(PARTITION, [putToken('t')]);
      const view = await read('t', 'abc123');
      expect([view.token?.value, view.foreign]).toEqual([TOKEN, undefined]);
    });

    test('is deleted with its app', async () => {
      const { store, read } = await scene();
      await read('t', 'abc123');
      await store.drop(OTHER);
      expect((await read('t', 'abc123')).foreign).toBe(undefined);
    });
  });

  describe('texts that are unusual as ids', () => {
    const TEXTS = [
      { description: 'half of a surrogate pair', text: '\ud800' },
      { description: 'the other half', text: '\udc00' },
      { description: 'the replacement character', text: '\ufffd' },
      { description: 'a quotation mark', text: '"' },
      { description: 'a NUL', text: 'a\0b' },
      { description: 'a line break', text: 'a\nb' },
    ];

    test.each([...TEXTS, { description: '64 KiB', text: '{中}'.repeat(16_000) }])(
      'are an unknown app: $description',
      async ({ text }) => {
        const view = await newStore(DEFAULT_LIMITS).readPartition(text, {
          token: text,
          msgId: text,
        });
        expect([view.app, view.token, view.msgIdSeen, view.counters.size]).toEqual([
          undefined,
          undefined,
          false,
          0,
        ]);
      },
    );
  });

  test('dropping an app deletes all its keys', async () => {
    const keyPrefix = hex(16);
    const store = newStore(
      { ...DEFAULT_LIMITS, journalRecordsMax: 1, ledgerRecordsMax: 1 },
      keyPrefix,
    );
    const accessToken = { taskId: 't', issuedAtMs: 1, expiresAtMs: 2, redeemed: false };
    const writes = [
      put('app', ONLY, APP),
      putToken('t'),
      put('accessToken', 'a', accessToken),
      put('msgId', 'm', true),
      count('calls', 5),
      ...[journal('j1'), journal('j2')],
      ...[ledger('l1'), ledger('l2')],
    ];
    await store.commit(PARTITION, writes);
    await store.take(PARTITION, 'script', 1);
    expect((await connection.client.keys(`${keyPrefix}:{${PARTITION}}:*`)).length).toBeGreaterThan(
      0,
    );
    await store.drop(PARTITION);
    expect(await connection.client.keys(`${keyPrefix}:{${PARTITION}}:*`)).toEqual([]);
  });

  test('a closed store has no connection', async () => {
    const connections = async () =>
      String(await connection.client.client('LIST')).split('name=cmpassport-mock').length;
    const before = await connections();
    const own = await connectRedis(redis.url, silentLog);
    const store = newStore(DEFAULT_LIMITS, hex(16), own);
    store.watchJournal(() => undefined);
    await eventually('both', async () => (await connections()) === before + 2 || undefined);
    store.close();
    await eventually('none', async () => (await connections()) === before || undefined);
  });

  test('no key has an expiry, because only the app’s clock determines age', async () => {
    const keyPrefix = hex(16);
    const store = newStore(DEFAULT_LIMITS, keyPrefix);
    await store.commit(PARTITION, [
      put('app', ONLY, APP),
      putToken('t'),
      count('calls', 5),
      journal('j'),
    ]);
    const keys = await connection.client.keys(`${keyPrefix}:*`);
    const expiries = await Promise.all(keys.map((key) => connection.client.ttl(key)));
    expect(new Set(expiries)).toEqual(new Set([-1]));
  });
});

/** Each special character would have to be encoded in an address. */
const PASSWORD = 'se#s@a/m%e?';

describe.skipIf(program === undefined)('the password of a Redis', () => {
  /** The arguments for a server over a Redis with the user "mock". */
  async function start(): Promise<readonly string[]> {
    const user = ['mock', 'on', `>${PASSWORD}`, '~*', '&*', '+@all'];
    const redis = await startRedis(program ?? '', ['--user', ...user]);
    onTestFinished(() => redis.stop());
    return ['--port', '0', '--store', redis.url.replace('//', '//mock@')];
  }

  test('is read from the variable', async () => {
    const { url } = await callServe(await start(), { CMPASSPORT_STORE_PASSWORD: PASSWORD });
    expect((await send(url, 'GET', '/_mock/health')).status).toBe(200);
  });

  test('is read from the file', async () => {
    const file = temporaryFile('password', `${PASSWORD}\n`);
    const { url } = await callServe([...(await start()), '--store-password-file', file]);
    expect((await send(url, 'GET', '/_mock/health')).status).toBe(200);
  });

  test('is not in the error if it is wrong', async () => {
    const { status, stderr } = await callCommand(await start(), {
      CMPASSPORT_STORE_PASSWORD: `${PASSWORD}x`,
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^cmpassport-mock: --store redis:\/\/\S+ cannot be reached \(WRONGPASS .*\): start it/,
    );
    expect(stderr).not.toContain(PASSWORD);
  });
});
