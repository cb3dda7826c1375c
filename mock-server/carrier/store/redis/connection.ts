/** The connections to a Redis: one that asks, one that listens. What is asked while there is none fails at once. */
import { Cluster, Command, Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../../carrier.js';
import { type RedisAddress, readAddress } from './address.js';
import { COMMIT, READ_TOKEN, READ_WORLD, TAKE, TRIM_JOURNAL } from './scripts.js';

/** A script as a command: the key that it is given, then its arguments. */
type Script = (key: string, args: readonly (string | number)[]) => Promise<unknown>;

interface Scripts {
  readonly readWorld: Script;
  readonly readToken: Script;
  readonly commitWrites: Script;
  readonly takeStep: Script;
  readonly trimJournal: Script;
}

export type ScriptedClient = (Redis | Cluster) & Scripts;

export interface Connection {
  readonly client: ScriptedClient;
  /** The address without its password. */
  readonly shown: string;
  /** Another connection, for whoever subscribes; it connects when it is asked to. */
  listener(): Redis | Cluster;
  /** The least `maxmemory` of the nodes; infinite where none has one. Rejects for a user who may not read it. */
  memoryMax(): Promise<number>;
  /** The node of a cluster that has a key; the same for all keys where there is no cluster. */
  nodeOf(key: string): string;
}

// Nothing that a Redis is asked takes it longer than some ten milliseconds; but on a machine that is short of breath
// everything takes seconds. One that says nothing for longer is taken to be gone: who waits for it is told so then, and
// whoever comes after that at once.
const SILENCE_MS_MAX = 5_000;
const CONNECT_MS_MAX = 5_000;
const RETRY_MS_MIN = 50;
const RETRY_MS_MAX = 1_000;

const COMMON = {
  connectTimeout: CONNECT_MS_MAX,
  socketTimeout: SILENCE_MS_MAX,
  // A carrier that cannot ask its store answers so at once: a caller waits for seconds, not for a Redis to come back.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  // What was sent when the connection broke may have been done: done again it would count twice.
  autoResendUnfulfilledCommands: false,
  retryStrategy: (times: number) => Math.min(RETRY_MS_MIN * 2 ** Math.min(times, 10), RETRY_MS_MAX),
  reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
  lazyConnect: true,
  connectionName: 'cmpassport-mock',
} as const satisfies RedisOptions;

const SCRIPTS = [
  { name: 'readWorld', lua: READ_WORLD },
  { name: 'readToken', lua: READ_TOKEN },
  { name: 'commitWrites', lua: COMMIT },
  { name: 'takeStep', lua: TAKE },
  { name: 'trimJournal', lua: TRIM_JOURNAL },
] as const satisfies readonly { readonly name: keyof Scripts; readonly lua: string }[];

/**
 * Rejects with one sentence where the address is none, or nothing answers there. The password is one that was given
 * apart from the address.
 */
export async function connectRedis(text: string, log: Log, password?: string): Promise<Connection> {
  const read = readAddress(text);
  if (typeof read === 'string') throw new Error(read);
  const address = password === undefined ? read : { ...read, options: { ...read.options, password } };
  const client = create(address);
  let reason = 'no answer';
  const hear = (error: Error) => {
    reason = reasonOf(error);
  };
  client.on('error', hear);
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    throw new Error(`${address.shown} cannot be reached (${reason === 'no answer' ? reasonOf(error) : reason})`);
  }
  client.off('error', hear);
  tellOfBreaks(client, { shown: address.shown, log });
  return {
    client,
    shown: address.shown,
    listener: () => silenced(clientOf(address)),
    memoryMax: () => memoryMaxOf(client),
    nodeOf: (key) => nodeOf(client, key),
  };
}

function create(address: RedisAddress): ScriptedClient {
  const client = clientOf(address);
  for (const { name, lua } of SCRIPTS) client.defineCommand(name, { lua, numberOfKeys: 1 });
  return client as ScriptedClient;
}

function clientOf({ kind, host, port, options }: RedisAddress): Redis | Cluster {
  const redisOptions = { ...COMMON, ...options };
  if (kind === 'server') return new Redis({ ...redisOptions, host, port });
  const { retryStrategy, ...ofNodes } = redisOptions;
  return new Cluster([{ host, port }], {
    redisOptions: ofNodes,
    enableOfflineQueue: false,
    lazyConnect: true,
    clusterRetryStrategy: retryStrategy,
  });
}

async function memoryMaxOf(client: Redis | Cluster): Promise<number> {
  const nodes = client instanceof Cluster ? client.nodes('master') : [client];
  const reports = await Promise.all(nodes.map((node) => node.info('memory')));
  const bounds = reports.map((report) => Number(/^maxmemory:(\d+)/m.exec(report)?.[1] ?? 0));
  // 0 is no bound.
  return Math.min(...bounds.filter((bytes) => bytes > 0));
}

function nodeOf(client: Redis | Cluster, key: string): string {
  if (!(client instanceof Cluster)) return '';
  return client.slots[new Command('get', [key]).getSlot()]?.[0] ?? '';
}

/** Each break once, and when it is over; what fails meanwhile is told by whoever asked. */
function tellOfBreaks(client: Redis | Cluster, { shown, log }: { readonly shown: string; readonly log: Log }): void {
  let broken = false;
  let reason = 'the connection was closed';
  client.on('error', (error: Error) => {
    reason = reasonOf(error);
  });
  client.on('close', () => {
    if (broken || client.status === 'end') return;
    broken = true;
    log.error({
      en: `the store ${shown} cannot be reached (${reason}): until it can, the carrier answers 103211 and 999`,
      zh: `连不上存储 ${shown}（${reason}）：恢复之前，接口一律返回 103211 和 999`,
    });
  });
  client.on('ready', () => {
    if (!broken) return;
    broken = false;
    log.info({ en: `the store ${shown} can be reached again`, zh: `存储 ${shown} 已恢复连接` });
  });
}

/** An error that nobody listens to would end the process; what it is about is told of by the connection that asks. */
function silenced(client: Redis | Cluster): Redis | Cluster {
  return client.on('error', () => undefined);
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code !== undefined && !message?.includes(code) ? `${code} ${message}` : (message ?? String(error));
}
