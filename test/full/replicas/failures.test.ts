/** Servers and the Redis behind them die in the middle: no token works twice, every success is in the ledger, and the carrier says so at once. */
import { createConnection } from 'node:net';
import { describe, expect, test } from 'vitest';
import { connectMock, type MockApp } from '../../../src/control/index.js';
import { LOGIN_PATH, send, VERIFY_PATH } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { DURABLE, type RedisServer } from '../../support/redis.js';
import { loginRequest, verifyRequest } from '../../support/requests.js';
import {
  type Came,
  exchangeAll,
  NO_ANSWER,
  redisProgram,
  type Scene,
  SUCCESS,
  startReplica,
  startReplicas,
  successes,
} from './replicas.js';

const TOKENS = 150;
const REQUESTS = 1_500;
const AT_ONCE = 30;
/** Where in the crowd it happens. */
const MIDDLE = REQUESTS / 3;

async function appWithTokens(url: string, count = TOKENS) {
  const app = await connectMock({ url }).createApp({ dailyQuota: 1_000_000 });
  return { app, tokens: (await app.mintMany(count)).map(({ token }) => token) };
}

/** Once in the middle of a crowd, and done by its end. */
function once(act: () => Promise<void>) {
  let done: Promise<void> | undefined;
  return {
    before: (number: number) => {
      if (number === MIDDLE) done = act();
    },
    done: () => done,
  };
}

/** The account of an app as one of the servers has it. */
async function ledgerAt(url: string, { appId }: MockApp) {
  return (await connectMock({ url }).app(appId)).ledger({ limit: 1000 });
}

/** Each success that a client heard of is charged; a token that was charged has one record; what nobody heard of may be there. */
async function expectTrueLedger(url: string, app: MockApp, came: ReadonlyMap<string, readonly Came[]>): Promise<void> {
  const heard = successes(came);
  const { charged, records } = await ledgerAt(url, app);
  expect(charged).toBeGreaterThanOrEqual(heard);
  expect(charged).toBeLessThanOrEqual(TOKENS);
  expect(records).toHaveLength(charged);
  expect(new Set(records.map(({ taskId }) => taskId)).size).toBe(charged);
}

/** What is left unused works once, and then all are charged. */
async function expectRestWorks(urls: readonly string[], app: MockApp, came: ReadonlyMap<string, readonly Came[]>) {
  const tokens = [...came.keys()];
  const later = await exchangeAll(urls, { app, tokens, requests: 2 * tokens.length, atOnce: AT_ONCE });
  const both = new Map(tokens.map((token) => [token, [...(came.get(token) ?? []), ...(later.get(token) ?? [])]]));
  successes(both);
  expect([...later.values()].flat().filter((code) => code !== SUCCESS && code !== '104201')).toEqual([]);
  const { charged } = await ledgerAt(urls[0] ?? '', app);
  expect(charged).toBe(TOKENS);
}

/** Cuts every connection but the one that it speaks on. */
function cutConnections({ port }: RedisServer): Promise<void> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write('CLIENT KILL TYPE normal SKIPME yes\r\n'));
    socket.once('data', () => socket.destroy());
    socket.once('close', () => resolve());
  });
}

const statusOf = async (url: string) => (await send(url, 'GET', '/_mock/health')).status;
const healthy = (urls: readonly string[]) =>
  eventually(
    'health',
    async () => (await Promise.all(urls.map(statusOf))).every((status) => status === 200) || undefined,
  );

/** Both operations without a store. */
async function expectStoreGone(url: string, app: MockApp, token: string): Promise<void> {
  const login = await send(url, 'POST', LOGIN_PATH, loginRequest(app, token));
  const verify = await send(url, 'POST', VERIFY_PATH, verifyRequest(app, { token, phoneNumber: '13800138000' }));
  expect([login.status, login.json.resultCode]).toEqual([200, '103211']);
  expect([verify.status, verify.json.header.resultCode]).toEqual([200, '999']);
  expect(login.headers.get('x-mock-decided-by')).toBe('serviceUp');
  expect(await statusOf(url)).toBe(503);
  const apps = await send(url, 'GET', '/_mock/apps');
  expect([apps.status, apps.json.title]).toEqual([503, 'Unavailable']);
  expect(apps.text).not.toContain('enableOfflineQueue');
}

describe.skipIf(redisProgram === undefined)('in the middle of a crowd', () => {
  test('a server is killed', async () => {
    const scene = await startReplicas(DURABLE);
    const { app, tokens } = await appWithTokens(scene.urls[1]);
    const kill = once(async () => scene.replicas[0].signal('SIGKILL'));
    const came = await exchangeAll(scene.urls, { app, tokens, requests: REQUESTS, atOnce: AT_ONCE, ...kill });
    expect([...came.values()].flat()).toContain(NO_ANSWER);
    await expectTrueLedger(scene.urls[1], app, came);
    const { url } = await startReplica(scene);
    await expectRestWorks([url, scene.urls[1], scene.urls[2]], app, came);
  });

  test.each<{ readonly description: string; readonly act: (scene: Scene) => Promise<void> }>([
    { description: 'the Redis is killed, and started again with its append-only file', act: restart },
    { description: 'the connections to the Redis are cut', act: ({ redis }) => cutConnections(redis) },
  ])('$description', async ({ act }) => {
    const scene = await startReplicas(DURABLE);
    const { app, tokens } = await appWithTokens(scene.urls[0]);
    const event = once(() => act(scene));
    const came = await exchangeAll(scene.urls, { app, tokens, requests: REQUESTS, atOnce: AT_ONCE, ...event });
    await event.done();
    await healthy(scene.urls);
    const codes = new Set([...came.values()].flat());
    for (const code of codes) expect([SUCCESS, '104201', '103211']).toContain(code);
    await expectTrueLedger(scene.urls[0], app, came);
    await expectRestWorks(scene.urls, app, came);
  });
});

async function restart({ redis }: Scene): Promise<void> {
  await redis.kill();
  await redis.start();
}

describe.skipIf(redisProgram === undefined)('without its Redis', () => {
  test('the carrier answers 103211 and 999, health 503; and goes on when it is there again', async () => {
    const scene = await startReplicas(DURABLE);
    const { redis, urls, replicas } = scene;
    const { app, tokens } = await appWithTokens(urls[0], 1);
    const [token = ''] = tokens;
    await redis.kill();
    for (const url of urls) await expectStoreGone(url, app, token);
    await redis.start();
    await healthy(urls);
    const { json } = await send(urls[2], 'POST', LOGIN_PATH, loginRequest(app, token));
    expect(json.resultCode).toBe(SUCCESS);
    const log = replicas[0].stderr();
    expect(log).toMatch(/error the store redis:\/\/127\.0\.0\.1:\d+\/0 cannot be reached .*\n/);
    expect(log).toMatch(/info {2}the store redis:\/\/127\.0\.0\.1:\d+\/0 can be reached again\n/);
    expect(log).not.toMatch(/\n\s+at /);
  });

  test('one that hangs is taken to be gone', async () => {
    const scene = await startReplicas(DURABLE);
    const { redis, urls } = scene;
    const { app, tokens } = await appWithTokens(urls[0], 1);
    redis.signal('SIGSTOP');
    try {
      await expectStoreGone(urls[0], app, tokens[0] ?? '');
    } finally {
      redis.signal('SIGCONT');
    }
    await healthy(urls);
  });
});
