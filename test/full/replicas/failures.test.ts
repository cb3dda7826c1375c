/** Servers or their Redis fail during requests: no token works twice, every success is in the ledger, and the carrier reports the failure at once. */
import { createConnection } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../../mock-server/carrier/store/redis/connection.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { connectMock, type MockApp } from '../../../src/control/index.js';
import { LOGIN_PATH, send, VERIFY_PATH } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { DURABLE, type RedisServer } from '../../support/redis.js';
import { loginRequest, verifyRequest } from '../../support/requests.js';
import {
  exchangeAll,
  NO_ANSWER,
  type Result,
  redisProgram,
  type Scene,
  SUCCESS,
  startReplica,
  startReplicas,
  successes,
} from './replicas.js';

const TOKENS = 60;
const REQUESTS = 600;
const AT_ONCE = 30;
/** The request at which the failure happens. */
const MIDDLE = REQUESTS / 3;

async function appWithTokens(url: string, count = TOKENS) {
  const app = await connectMock({ url }).createApp({ dailyQuota: 1_000_000 });
  return { app, tokens: (await app.mintMany(count)).map(({ token }) => token) };
}

/** Runs `act` before the request in the middle. */
function inTheMiddle(act: () => Promise<void>) {
  let done: Promise<void> | undefined;
  return {
    before: (number: number) => {
      if (number === MIDDLE) done = act();
    },
    done: () => done,
  };
}

/** The ledger of an app at one of the servers. */
async function ledgerAt(url: string, { appId }: MockApp) {
  return (await connectMock({ url }).app(appId)).ledger({ limit: 1000 });
}

/** Each success that a client received is charged, and each charged token has one record. Other charges may exist. */
async function expectConsistentLedger(
  url: string,
  app: MockApp,
  results: ReadonlyMap<string, readonly Result[]>,
): Promise<void> {
  const received = successes(results);
  const { charged, records } = await ledgerAt(url, app);
  expect(charged).toBeGreaterThanOrEqual(received);
  expect(charged).toBeLessThanOrEqual(TOKENS);
  expect(records).toHaveLength(charged);
  expect(new Set(records.map(({ taskId }) => taskId)).size).toBe(charged);
}

/** Each unused token works once; then all tokens are charged. */
async function expectRemainingWork(
  urls: readonly string[],
  app: MockApp,
  results: ReadonlyMap<string, readonly Result[]>,
) {
  const tokens = [...results.keys()];
  const later = await exchangeAll(urls, {
    app,
    tokens,
    requests: 2 * tokens.length,
    atOnce: AT_ONCE,
  });
  const both = new Map(
    tokens.map((token) => [token, [...(results.get(token) ?? []), ...(later.get(token) ?? [])]]),
  );
  successes(both);
  expect(
    [...later.values()].flat().filter((code) => code !== SUCCESS && code !== '104201'),
  ).toEqual([]);
  const { charged } = await ledgerAt(urls[0] ?? '', app);
  expect(charged).toBe(TOKENS);
}

/** Cuts every connection except its own. */
function cutConnections({ port }: RedisServer): Promise<void> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () =>
      socket.write('CLIENT KILL TYPE normal SKIPME yes\r\n'),
    );
    socket.once('data', () => socket.destroy());
    socket.once('close', () => resolve());
  });
}

const statusOf = async (url: string) => (await send(url, 'GET', '/_mock/health')).status;
const healthy = (urls: readonly string[]) =>
  eventually(
    'health',
    async () =>
      (await Promise.all(urls.map(statusOf))).every((status) => status === 200) || undefined,
  );

async function expectUnreachableStore(url: string, app: MockApp, token: string): Promise<void> {
  const login = await send(url, 'POST', LOGIN_PATH, loginRequest(app, token));
  const verify = await send(
    url,
    'POST',
    VERIFY_PATH,
    verifyRequest(app, { token, phoneNumber: '13800138000' }),
  );
  expect([login.status, login.json.resultCode]).toEqual([200, '103211']);
  expect([verify.status, verify.json.header.resultCode]).toEqual([200, '999']);
  expect(login.headers.get('x-mock-decided-by')).toBe('serviceUp');
  expect(await statusOf(url)).toBe(503);
  const apps = await send(url, 'GET', '/_mock/apps');
  expect([apps.status, apps.json.title]).toEqual([503, 'Unavailable']);
  expect(apps.text).not.toContain('enableOfflineQueue');
}

describe.skipIf(redisProgram === undefined)('during simultaneous requests', () => {
  test('a server is killed', async () => {
    const scene = await startReplicas(DURABLE);
    const { app, tokens } = await appWithTokens(scene.urls[1]);
    const kill = inTheMiddle(async () => scene.replicas[0].signal('SIGKILL'));
    const results = await exchangeAll(scene.urls, {
      app,
      tokens,
      requests: REQUESTS,
      atOnce: AT_ONCE,
      ...kill,
    });
    expect([...results.values()].flat()).toContain(NO_ANSWER);
    await expectConsistentLedger(scene.urls[1], app, results);
    const { url } = await startReplica(scene);
    await expectRemainingWork([url, scene.urls[1], scene.urls[2]], app, results);
  });

  test.each<{ readonly description: string; readonly act: (scene: Scene) => Promise<void> }>([
    { description: 'the Redis is killed and restarted with its append-only file', act: restart },
    {
      description: 'the connections to the Redis are cut',
      act: ({ redis }) => cutConnections(redis),
    },
  ])('$description', async ({ act }) => {
    const scene = await startReplicas(DURABLE);
    const { app, tokens } = await appWithTokens(scene.urls[0]);
    const event = inTheMiddle(() => act(scene));
    const results = await exchangeAll(scene.urls, {
      app,
      tokens,
      requests: REQUESTS,
      atOnce: AT_ONCE,
      ...event,
    });
    await event.done();
    await healthy(scene.urls);
    const codes = new Set([...results.values()].flat());
    for (const code of codes) expect([SUCCESS, '104201', '103211']).toContain(code);
    await expectConsistentLedger(scene.urls[0], app, results);
    await expectRemainingWork(scene.urls, app, results);
  });
});

async function restart({ redis }: Scene): Promise<void> {
  await redis.kill();
  await redis.start();
}

describe.skipIf(redisProgram === undefined)('without its Redis', () => {
  test('the carrier returns 103211 and 999, health is 503, and both recover with the Redis', async () => {
    const scene = await startReplicas(DURABLE);
    const { redis, urls, replicas } = scene;
    const { app, tokens } = await appWithTokens(urls[0], 1);
    const [token = ''] = tokens;
    await redis.kill();
    for (const url of urls) await expectUnreachableStore(url, app, token);
    await redis.start();
    await healthy(urls);
    const { json } = await send(urls[2], 'POST', LOGIN_PATH, loginRequest(app, token));
    expect(json.resultCode).toBe(SUCCESS);
    const log = replicas[0].stderr();
    expect(log).toMatch(/error the store redis:\/\/127\.0\.0\.1:\d+\/0 cannot be reached .*\n/);
    expect(log).toMatch(/info {2}the store redis:\/\/127\.0\.0\.1:\d+\/0 can be reached again\n/);
    expect(log).not.toMatch(/\n\s+at /);
  });

  test('a hanging Redis is treated as unreachable', async () => {
    const scene = await startReplicas(DURABLE);
    const { redis, urls } = scene;
    const { app, tokens } = await appWithTokens(urls[0], 1);
    redis.signal('SIGSTOP');
    try {
      await expectUnreachableStore(urls[0], app, tokens[0] ?? '');
    } finally {
      redis.signal('SIGCONT');
    }
    await healthy(urls);
  });
});

test.skipIf(redisProgram === undefined)(
  'a Redis that was restarted empty, or emptied, gets the apps of the configuration again',
  async () => {
    const { redis, replicas } = await startReplicas();
    const [{ url, stderr }] = replicas;
    await redis.kill();
    await redis.start();
    const apps = await eventually('the apps', async () => {
      const { text } = await send(url, 'GET', '/_mock/apps');
      return text.includes('"appId":"300000000001"') ? text : undefined;
    });
    expect(JSON.parse(apps).apps).toHaveLength(1);
    const warning =
      'warn  the store was emptied: the apps of the configuration (1) were created again';
    const warnings = () =>
      replicas.reduce((sum, replica) => sum + replica.stderr().split(warning).length - 1, 0);
    const before = await eventually('the warning', () => warnings() || undefined);
    const { client } = await connectRedis(redis.url, silentLog);
    onTestFinished(() => client.disconnect());
    await client.flushall();
    await eventually('the app', async () => {
      await healthy(replicas.map((replica) => replica.url));
      const { status } = await send(url, 'GET', '/_mock/apps/300000000001');
      return status === 200 ? true : undefined;
    });
    expect(warnings()).toBeGreaterThan(before);
    expect(stderr()).not.toContain('could not be created again');
  },
);
