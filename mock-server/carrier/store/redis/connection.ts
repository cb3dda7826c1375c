/** The connections to a Redis: one for commands, one for subscriptions. Without a connection, a command fails at once. */

import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { type Bilingual, BilingualError } from '../../../../src/text/bilingual.js';
import { connectionWords } from '../../../../src/text/connection-words.js';
import type { Log } from '../../log.js';
import { type RedisAddress, readAddress } from './address.js';
import type { PartitionReply, TokenReply } from './partition-reply.js';
import {
  COMMIT,
  READ_PARTITION,
  READ_TOKEN,
  REPLACE_RECORD,
  TAKE,
  TRIM_JOURNAL,
} from './scripts.js';

/** A script as a command, with one key and its arguments. */
type Script<Reply> = (key: string, args: readonly (string | number)[]) => Promise<Reply>;

interface Scripts {
  readonly readPartition: Script<PartitionReply>;
  readonly readToken: Script<TokenReply>;
  /** The number of dropped journal records; null if the commit is stale. */
  readonly commitWrites: Script<number | null>;
  /** The count before; null at the limit. */
  readonly takeStep: Script<number | string | null>;
  /** The number of dropped records. */
  readonly trimJournal: Script<number>;
  /** null if the record is no longer in the journal. */
  readonly replaceRecord: Script<number | null>;
}

export type ScriptedClient = (Redis | Cluster) & Scripts;

export interface Connection {
  readonly client: ScriptedClient;
  /** The address without its password. */
  readonly shown: string;
  /** Calls the listener each time the connection is restored. */
  whenBack(listener: () => void): void;
  /** Creates another connection for subscriptions, not yet connected. */
  listener(): Redis | Cluster;
}

// Every command takes a Redis at most some ten milliseconds, but seconds on an overloaded machine. After this time
// without a response the connection counts as lost: pending commands fail, and later ones fail at once.
const SILENCE_MS_MAX = 5_000;
const CONNECT_MS_MAX = 5_000;
const RETRY_MS_MIN = 50;
const RETRY_MS_MAX = 1_000;

const COMMON = {
  connectTimeout: CONNECT_MS_MAX,
  socketTimeout: SILENCE_MS_MAX,
  // Without its store the carrier responds with an error at once, because its callers do not wait for a Redis to return.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  // A command that was sent before the connection broke may have been executed; repeated, it would count twice.
  autoResendUnfulfilledCommands: false,
  retryStrategy: (times: number) => Math.min(RETRY_MS_MIN * 2 ** Math.min(times, 10), RETRY_MS_MAX),
  reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
  lazyConnect: true,
  connectionName: 'cmpassport-mock',
} as const satisfies RedisOptions;

const SCRIPTS = {
  readPartition: READ_PARTITION,
  readToken: READ_TOKEN,
  commitWrites: COMMIT,
  takeStep: TAKE,
  trimJournal: TRIM_JOURNAL,
  replaceRecord: REPLACE_RECORD,
} as const satisfies Readonly<Record<keyof Scripts, string>>;

/** Rejects with one sentence if the address is invalid or cannot be reached. `password` replaces the address's password. */
export async function connectRedis(text: string, log: Log, password?: string): Promise<Connection> {
  const read = readAddress(text);
  if ('en' in read) throw new BilingualError(read);
  const address =
    password === undefined ? read : { ...read, options: { ...read.options, password } };
  const client = create(address);
  let reason: string | undefined;
  const onError = (error: Error) => {
    reason = reasonOf(error);
  };
  client.on('error', onError);
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    const found = reason ?? reasonOf(error);
    throw new BilingualError({
      en: `${address.shown} cannot be reached (${found}): start it, or correct the address or the password`,
      zh: `连不上 ${address.shown}（${connectionWords(found).zh}）：请启动它，或改正地址、密码`,
    });
  }
  client.off('error', onError);
  logBreaks(client, { shown: address.shown, log });
  return {
    client,
    shown: address.shown,
    whenBack: (listener) => void client.on('ready', listener),
    listener: () => silenced(clientOf(address)),
  };
}

function create(address: RedisAddress): ScriptedClient {
  const client = clientOf(address);
  for (const [name, lua] of Object.entries(SCRIPTS))
    client.defineCommand(name, { lua, numberOfKeys: 1 });
  return client as ScriptedClient;
}

function clientOf({ kind, host, port, options }: RedisAddress): Redis | Cluster {
  const redisOptions = { ...COMMON, ...options };
  if (kind === 'server') return new Redis<'legacy'>({ ...redisOptions, host, port });
  const { retryStrategy, ...ofNodes } = redisOptions;
  return new Cluster<'legacy'>([{ host, port }], {
    redisOptions: ofNodes,
    enableOfflineQueue: false,
    lazyConnect: true,
    clusterRetryStrategy: retryStrategy,
  });
}

/** Logs each lost connection once, and when it is restored. Failed commands are logged by calls.ts. */
function logBreaks(
  client: Redis | Cluster,
  { shown, log }: { readonly shown: string; readonly log: Log },
): void {
  let broken = false;
  let reason: Bilingual = { en: 'the connection was closed', zh: '连接被关闭' };
  client.on('error', (error: Error) => {
    reason = connectionWords(reasonOf(error));
  });
  client.on('close', () => {
    if (broken || client.status === 'end') return;
    broken = true;
    log.error({
      en: `the store ${shown} cannot be reached (${reason.en}): until it can, the carrier returns its codes for a system error`,
      zh: `连不上状态存储 ${shown}（${reason.zh}）：恢复之前，模拟接口返回系统错误的返回码`,
    });
  });
  client.on('ready', () => {
    if (!broken) return;
    broken = false;
    log.info({ en: `the store ${shown} can be reached again`, zh: `状态存储 ${shown} 已恢复连接` });
  });
}

/** An unhandled error event would end the process. The connection for commands logs the cause. */
function silenced(client: Redis | Cluster): Redis | Cluster {
  return client.on('error', () => undefined);
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code !== undefined && !message?.includes(code)
    ? `${code} ${message}`
    : (message ?? String(error));
}
