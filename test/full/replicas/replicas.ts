/** Servers in separate processes over one Redis, and many simultaneous requests through all of them. */
import { Agent, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { type AtEnd, type Serving, serve } from '../../support/command.js';
import { LOGIN_PATH } from '../../support/mock.js';
import { findRedis, type RedisServer, startRedis } from '../../support/redis.js';
import { type Credentials, loginRequest } from '../../support/requests.js';

export const redisProgram = findRedis();
const REPLICAS = 3;

export interface Scene {
  readonly redis: RedisServer;
  readonly replicas: readonly [Serving, Serving, Serving];
  readonly urls: readonly [string, string, string];
}

/** A Redis and three servers over it, by default until the end of the test. */
export async function startReplicas(
  redisOptions: readonly string[] = [],
  atEnd: AtEnd = (stop) => onTestFinished(stop),
): Promise<Scene> {
  const redis = await startRedis(redisProgram ?? '', redisOptions);
  atEnd(() => redis.stop());
  const started = Array.from({ length: REPLICAS }, () =>
    serve(['--port', '0', '--store', redis.url], {}, atEnd),
  );
  const replicas = (await Promise.all(started)) as unknown as Scene['replicas'];
  return { redis, replicas, urls: replicas.map(({ url }) => url) as unknown as Scene['urls'] };
}

/** A replacement for a stopped replica, over the same Redis. */
export function startReplica({ redis }: Scene): Promise<Serving> {
  return serve(['--port', '0', '--store', redis.url]);
}

/** A result code, or NO_ANSWER if the connection was refused or closed. */
export type Result = string;
export const NO_ANSWER: Result = 'no answer';

export interface ExchangeOptions {
  readonly app: Credentials;
  readonly tokens: readonly string[];
  /** The total number of requests. They use the tokens in turn. */
  readonly requests: number;
  readonly atOnce: number;
  /** Called before each request with its number. */
  readonly before?: (number: number) => void;
}

/** Sends requests to all servers in turn, `atOnce` at a time. Returns the results by token. */
export async function exchangeAll(
  urls: readonly string[],
  { app, tokens, requests, atOnce, before }: ExchangeOptions,
): Promise<ReadonlyMap<string, readonly Result[]>> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const results = new Map<string, Result[]>(tokens.map((token) => [token, []]));
  let next = 0;
  const work = async () => {
    for (let number = next++; number < requests; number = next++) {
      before?.(number);
      const token = tokens[number % tokens.length] ?? '';
      // Each request of a token goes to another server.
      const url = urls[(number + Math.floor(number / tokens.length)) % urls.length] ?? '';
      results.get(token)?.push(await exchange(agent, url, loginRequest(app, token)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  agent.destroy();
  return results;
}

function exchange(agent: Agent, url: string, body: object): Promise<Result> {
  return new Promise((resolve) => {
    const sent = request(url + LOGIN_PATH, { agent, method: 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => resolve(codeIn(text)));
      response.once('error', () => resolve(NO_ANSWER));
    });
    sent.once('error', () => resolve(NO_ANSWER));
    sent.end(JSON.stringify(body));
  });
}

function codeIn(text: string): Result {
  return /"resultCode":"(\d+)"/.exec(text)?.[1] ?? NO_ANSWER;
}

export const SUCCESS = '103000';

/** The number of successful tokens. Throws if a token succeeded twice. */
export function successes(results: ReadonlyMap<string, readonly Result[]>): number {
  const counts = [...results.values()].map(
    (codes) => codes.filter((code) => code === SUCCESS).length,
  );
  const twice = counts.findIndex((count) => count > 1);
  if (twice !== -1) throw new Error(`token ${twice} worked ${counts[twice]} times`);
  return counts.reduce((sum, count) => sum + count, 0);
}
