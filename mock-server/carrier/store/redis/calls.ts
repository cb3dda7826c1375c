/**
 * The commands that the store sends to a Redis. Every failure is a StoreUnavailableError. It is logged once until a
 * command of the same kind succeeds, because a Redis without memory still executes reads and deletions.
 */
import type { Bilingual } from '../../../../src/text/bilingual.js';
import type { Log } from '../../log.js';
import { type PartitionId, StoreUnavailableError } from '../state-store.js';
import type { ScriptedClient } from './connection.js';
import type { Arguments } from './write-arguments.js';

export type RedisCalls = ReturnType<typeof redisCalls>;

/** What the parts of the store share. */
export interface RedisAccess {
  readonly calls: RedisCalls;
  /** What the keys of a partition begin with. */
  readonly prefixOf: (partition: PartitionId) => string;
}

export interface CallsInputs {
  readonly shown: string;
  readonly log: Log;
}

type Send = <T>(call: () => Promise<T>) => Promise<T>;

export function redisCalls(client: ScriptedClient, inputs: CallsInputs) {
  const batch = batching(client);
  return {
    ...readCalls(client, sending(client, inputs, batch)),
    ...changeCalls(client, sending(client, inputs, batch)),
  };
}

function readCalls(client: ScriptedClient, send: Send) {
  return {
    get: (key: string) => send(() => client.get(key)),
    hget: (key: string, field: string) => send(() => client.hget(key, field)),
    hlen: (key: string) => send(() => client.hlen(key)),
    llen: (key: string) => send(() => client.llen(key)),
    hgetall: (key: string) => send(() => client.hgetall(key)),
    lrange: (key: string, from: number, to: number) => send(() => client.lrange(key, from, to)),
    // The scripts, with the prefix of a partition's keys and their arguments.
    readPartition: (partition: string, args: Arguments) =>
      send(() => client.readPartition(partition, args)),
    readToken: (partition: string, args: Arguments) =>
      send(() => client.readToken(partition, args)),
  };
}

function changeCalls(client: ScriptedClient, send: Send) {
  return {
    lrem: (key: string, entry: string) => send(() => client.lrem(key, 1, entry)),
    unlink: (keys: readonly string[]) => send(() => client.unlink([...keys])),
    commit: (partition: string, args: Arguments) =>
      send(() => client.commitWrites(partition, args)),
    take: (partition: string, args: Arguments) => send(() => client.takeStep(partition, args)),
    trimJournal: (partition: string, args: Arguments) =>
      send(() => client.trimJournal(partition, args)),
    replaceRecord: (partition: string, args: Arguments) =>
      send(() => client.replaceRecord(partition, args)),
    publish: (channel: string, text: string) => send(() => client.publish(channel, text)),
  };
}

/** Logs each failure once until a call succeeds. */
function sending(client: ScriptedClient, { shown, log }: CallsInputs, batch: () => void): Send {
  let logged: string | undefined;

  /** connection.ts logs broken connections. */
  function refused(cause: Error): StoreUnavailableError {
    const broken = isBroken(client, cause);
    // The driver's message is about its own options.
    const message = cause.message.replace(PLACE_IN_SCRIPT, '');
    const { en, zh } = broken ? NO_CONNECTION : { en: message, zh: message };
    if (!broken && en !== logged)
      log.error({
        en: `the store ${shown} refuses a command: ${en}`,
        zh: `状态存储 ${shown} 拒绝执行命令：${zh}`,
      });
    logged = en;
    const words = {
      en: `the store ${shown} cannot be used: ${en}`,
      zh: `状态存储 ${shown} 不可用：${zh}`,
    };
    return new StoreUnavailableError(words, { cause });
  }

  return async (call) => {
    try {
      batch();
      const answer = await call();
      logged = undefined;
      return answer;
    } catch (error) {
      throw refused(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

const NO_CONNECTION: Bilingual = { en: 'there is no connection', zh: '没有连接' };
// The line and the digest of a script at the end of an error.
const PLACE_IN_SCRIPT = / script: [0-9a-f]+, on @user_script:\d+\.?$/;

/**
 * Sends all commands of one turn of the event loop in one write, instead of a small write for each of a dozen concurrent
 * requests. A cluster has a connection for each node, so this does not apply to it.
 */
function batching(client: ScriptedClient): () => void {
  let isCorked = false;
  return () => {
    if (isCorked || !('stream' in client) || client.stream === undefined) return;
    const { stream } = client;
    isCorked = true;
    stream.cork();
    setImmediate(() => {
      isCorked = false;
      stream.uncork();
    });
  };
}

function isBroken({ status }: ScriptedClient, { message }: Error): boolean {
  return status !== 'ready' || message.startsWith("Stream isn't writeable");
}
