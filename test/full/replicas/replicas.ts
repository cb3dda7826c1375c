/** Servers in processes of their own over one Redis, and a crowd of requests through all of them. */
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

/** A Redis, and three servers over it; by default for a test. */
export async function startReplicas(
  redisOptions: readonly string[] = [],
  atEnd: AtEnd = (stop) => onTestFinished(stop),
): Promise<Scene> {
  const redis = await startRedis(redisProgram ?? '', redisOptions);
  atEnd(() => redis.stop());
  const started = Array.from({ length: REPLICAS }, () => serve(['--port', '0', '--store', redis.url], {}, atEnd));
  const replicas = (await Promise.all(started)) as unknown as Scene['replicas'];
  return { redis, replicas, urls: replicas.map(({ url }) => url) as unknown as Scene['urls'] };
}

/** A replica in the place of one that is gone, behind the same Redis. */
export function startReplica({ redis }: Scene): Promise<Serving> {
  return serve(['--port', '0', '--store', redis.url]);
}

/** What came back: a code, or "no answer" where the connection was refused or broke. */
export type Came = string;
export const NO_ANSWER: Came = 'no answer';

export interface Exchanging {
  readonly app: Credentials;
  readonly tokens: readonly string[];
  /** How many requests in all, going round over the tokens. */
  readonly requests: number;
  readonly atOnce: number;
  /** Called before each with its number. */
  readonly before?: (number: number) => void;
}

/** Exchanges through all addresses at once, each request through the next one. What came, by token. */
export async function exchangeAll(
  urls: readonly string[],
  { app, tokens, requests, atOnce, before }: Exchanging,
): Promise<ReadonlyMap<string, readonly Came[]>> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const came = new Map<string, Came[]>(tokens.map((token) => [token, []]));
  let next = 0;
  const work = async () => {
    for (let number = next++; number < requests; number = next++) {
      before?.(number);
      const token = tokens[number % tokens.length] ?? '';
      // The token's turns fall on other servers each time.
      const url = urls[(number + Math.floor(number / tokens.length)) % urls.length] ?? '';
      came.get(token)?.push(await exchange(agent, url, loginRequest(app, token)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  agent.destroy();
  return came;
}

function exchange(agent: Agent, url: string, body: object): Promise<Came> {
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

function codeIn(text: string): Came {
  return /"resultCode":"(\d+)"/.exec(text)?.[1] ?? NO_ANSWER;
}

export const SUCCESS = '103000';

/** How many tokens were answered with success, and that none was twice. */
export function successes(came: ReadonlyMap<string, readonly Came[]>): number {
  const counts = [...came.values()].map((codes) => codes.filter((code) => code === SUCCESS).length);
  const twice = counts.findIndex((count) => count > 1);
  if (twice !== -1) throw new Error(`token ${twice} worked ${counts[twice]} times`);
  return counts.reduce((sum, count) => sum + count, 0);
}
