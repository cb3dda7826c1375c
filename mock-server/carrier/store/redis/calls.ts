/**
 * The commands that the store sends to a Redis. Whatever goes wrong is a StoreUnavailableError, and is logged once until
 * a command of the same kind succeeds: out of memory, a Redis answers reads, drops records and refuses all other writes.
 */
import type { Log } from '../../carrier.js';
import { StoreUnavailableError } from '../state-store.js';
import type { ScriptedClient } from './connection.js';
import type { Arguments } from './write-arguments.js';

export interface RedisCalls {
  hget(key: string, field: string): Promise<string | null>;
  hset(key: string, field: string, text: string): Promise<unknown>;
  hlen(key: string): Promise<number>;
  llen(key: string): Promise<number>;
  hgetall(key: string): Promise<Readonly<Record<string, string>>>;
  lrange(key: string, from: number, to: number): Promise<readonly string[]>;
  unlink(keys: readonly string[]): Promise<unknown>;
  /** The scripts: the beginning of a world's keys, then their arguments. */
  readWorld(world: string, args: Arguments): Promise<unknown>;
  readToken(world: string, args: Arguments): Promise<unknown>;
  commit(world: string, args: Arguments): Promise<unknown>;
  take(world: string, args: Arguments): Promise<unknown>;
  trimJournal(world: string, args: Arguments): Promise<unknown>;
}

export interface CallsInputs {
  readonly shown: string;
  readonly log: Log;
  /** Frees memory of the node that has a key; false if there is nothing to drop. */
  readonly makeRoom: (key: string) => Promise<boolean>;
}

type Ask = <T>(call: () => Promise<T>) => Promise<T>;

export function redisCalls(client: ScriptedClient, inputs: CallsInputs): RedisCalls {
  const hold = holdingBack(client);
  const read = asking(client, inputs, hold);
  const change = asking(client, inputs, hold);
  const trim = asking(client, inputs, hold);
  const withRoom = makingRoom(inputs);
  const write = <T>(key: string, call: () => Promise<T>) => change(() => withRoom(key, call));
  return {
    hget: (key, field) => read(() => client.hget(key, field)),
    hset: (key, field, text) => write(key, () => client.hset(key, field, text)),
    hlen: (key) => read(() => client.hlen(key)),
    llen: (key) => read(() => client.llen(key)),
    hgetall: (key) => read(() => client.hgetall(key)),
    lrange: (key, from, to) => read(() => client.lrange(key, from, to)),
    unlink: (keys) => change(() => client.unlink([...keys])),
    readWorld: (world, args) => read(() => client.readWorld(world, args)),
    readToken: (world, args) => read(() => client.readToken(world, args)),
    commit: (world, args) => write(world, () => client.commitWrites(world, args)),
    take: (world, args) => write(world, () => client.takeStep(world, args)),
    trimJournal: (world, args) => trim(() => client.trimJournal(world, args)),
  };
}

/** Each failure is logged once until a call succeeds. */
function asking(client: ScriptedClient, { shown, log }: CallsInputs, hold: () => void): Ask {
  let told: string | undefined;

  /** Breaks of the connection are logged where they happen. */
  function refused(cause: Error): StoreUnavailableError {
    const broken = isBroken(client, cause);
    // The driver's own words for it are about its options.
    const message = broken ? 'there is no connection' : cause.message.replace(PLACE_IN_SCRIPT, '');
    if (!broken && message !== told)
      log.error({
        en: `the store ${shown} refuses a command: ${message}`,
        zh: `存储 ${shown} 拒绝执行命令：${message}`,
      });
    told = message;
    return new StoreUnavailableError(`the store ${shown} cannot be used: ${message}`, { cause });
  }

  return async (call) => {
    try {
      hold();
      const answer = await call();
      told = undefined;
      return answer;
    } catch (error) {
      throw refused(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

// What commits make room for at the same time, each takes a part of.
const ATTEMPTS_MAX = 4;

/**
 * A write that is refused for want of memory is sent again when there is room. The first write of a script is the one
 * that a Redis refuses, so nothing was written before.
 */
function makingRoom({ shown, log, makeRoom }: CallsInputs) {
  let isTold = false;

  function tell(): void {
    if (isTold) return;
    isTold = true;
    log.error({
      en: `the store ${shown} is out of memory: the oldest requests of its journals were dropped to make room. Raise its maxmemory, or delete apps that are no longer used`,
      zh: `存储 ${shown} 内存不足：已删除各日志中最早的请求来腾出空间。请调大 maxmemory，或删除不再使用的应用`,
    });
  }

  return async <T>(key: string, call: () => Promise<T>): Promise<T> => {
    for (let left = ATTEMPTS_MAX; ; left -= 1) {
      try {
        return await call();
      } catch (error) {
        if (left === 1 || !isOutOfMemory(error) || !(await makeRoom(key))) throw error;
        tell();
      }
    }
  };
}

// A line of the program, and a digest that is another one for each script.
const PLACE_IN_SCRIPT = / script: [0-9a-f]+, on @user_script:\d+\.?$/;

/** Redis 6 has other words around it. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /\bOOM\b/.test(error.message);
}

/**
 * What is asked in one turn of the event loop leaves in one write: a dozen requests that came together are a dozen small
 * writes to the system otherwise, and as many reads for the Redis. A cluster's nodes have connections of their own.
 */
function holdingBack(client: ScriptedClient): () => void {
  let isHolding = false;
  return () => {
    if (isHolding || !('stream' in client) || client.stream === undefined) return;
    const { stream } = client;
    isHolding = true;
    stream.cork();
    setImmediate(() => {
      isHolding = false;
      stream.uncork();
    });
  };
}

function isBroken({ status }: ScriptedClient, { message }: Error): boolean {
  return status !== 'ready' || message.startsWith("Stream isn't writeable");
}
