/** A Redis with little memory: the journals fit in it, and health reports failed commits. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Log } from '../../../mock-server/carrier/log.js';
import { RECORD_BYTES_MAX } from '../../../mock-server/carrier/store/journal-exchange.js';
import {
  type Connection,
  connectRedis,
} from '../../../mock-server/carrier/store/redis/connection.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { LOGIN_PATH, login, mintToken, newApp, send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { findRedis, startRedis } from '../../support/redis.js';
import { loginRequest } from '../../support/requests.js';

const program = findRedis();
const MIB = 1024 * 1024;
const MEMORY = 32 * MIB;
const MEMORY_OPTIONS = ['--maxmemory', `${MEMORY}`, '--maxmemory-policy', 'noeviction'] as const;
type Clients = Connection['client'];

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

async function usedBytes(client: Clients): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
}

/** Writes other strings until this much memory is used. */
async function fill(client: Clients, used: number): Promise<void> {
  for (let at = 0; (await usedBytes(client)) < used; at += 1)
    await client.set(`ballast:${at}`, 'x'.repeat(MIB / 4));
}

describe.skipIf(program === undefined)('journals of the largest requests', () => {
  test('fit in the memory of a Redis with the limit that limits.md names, and no commit is refused', async () => {
    const { url } = await startedRedis(MEMORY_OPTIONS);
    const journalRecordsTotalMax = MEMORY / 2 / (2 * RECORD_BYTES_MAX);
    const server = await startMock({
      store: url,
      configuration: { limits: { journalRecordsTotalMax } },
    });
    const { client } = await connected(url, silentLog);
    // JSON makes two bytes of each quotation mark in a header, and six of each control character in a token.
    const headers = { 'x-long': '"'.repeat(15_000) };
    const text = '\u0001'.repeat(2_500);
    const codes = new Set<string>();
    for (let at = 0; at < 2 * journalRecordsTotalMax; at += 1) {
      const body = { appid: `${at}${text}`, token: text, msgid: text };
      codes.add((await send(server.url, 'POST', LOGIN_PATH, body, headers)).json.resultCode);
    }
    expect([...codes]).toEqual(['103414']);
    expect(await usedBytes(client)).toBeLessThan((MEMORY * 3) / 4);
  });
});

test.skipIf(program === undefined)(
  'health is 503 while the Redis has no free memory and no journals, and 200 afterwards',
  async () => {
    const { url } = await startedRedis(MEMORY_OPTIONS);
    const server = await startMock({ store: url });
    const { client } = await connected(url, silentLog);
    const app = await newApp(server.url);
    const token = await mintToken(server.url, app.appId);
    const exchange = async () =>
      (await login(server.url, loginRequest(app, token))).json.resultCode;
    const health = (path = '') => send(server.url, 'GET', `/_mock/health${path}`);
    expect((await health()).status).toBe(200);
    await fill(client, MEMORY - 4 * MIB);
    await client.config('SET', 'maxmemory', (await usedBytes(client)) - 2 * MIB);
    expect(await health()).toMatchObject({
      status: 503,
      json: { detail: 'the store is unreachable or refuses writes: the log has the reason' },
    });
    expect((await health('/live')).status).toBe(200);
    expect(await exchange()).toBe('103211');
    await client.del(await client.keys('ballast:*'));
    await eventually('health', async () => (await health()).status === 200 || undefined);
    expect(await exchange()).toBe('103000');
  },
);
