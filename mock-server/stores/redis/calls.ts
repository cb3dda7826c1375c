/** What the store asks of a Redis. Whatever goes wrong is a StoreUnavailableError, and is told once until something goes right. */
import type { Log } from '../../carrier.js';
import { StoreUnavailableError } from '../../state-store.js';
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
}

export function redisCalls(
  client: ScriptedClient,
  { shown, log }: { readonly shown: string; readonly log: Log },
): RedisCalls {
  let told: string | undefined;
  const hold = holdingBack(client);

  async function ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      hold();
      const answer = await call();
      told = undefined;
      return answer;
    } catch (error) {
      throw refused(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Breaks of the connection are told where they happen. */
  function refused(cause: Error): StoreUnavailableError {
    // The driver's own words for it are about its options.
    const message = isBroken(client, cause) ? 'there is no connection' : cause.message;
    if (!isBroken(client, cause) && message !== told)
      log.error(`the store ${shown} refuses what it is asked: ${message}`);
    told = message;
    return new StoreUnavailableError(`the store ${shown} cannot be used: ${message}`, { cause });
  }

  return {
    hget: (key, field) => ask(() => client.hget(key, field)),
    hset: (key, field, text) => ask(() => client.hset(key, field, text)),
    hlen: (key) => ask(() => client.hlen(key)),
    llen: (key) => ask(() => client.llen(key)),
    hgetall: (key) => ask(() => client.hgetall(key)),
    lrange: (key, from, to) => ask(() => client.lrange(key, from, to)),
    unlink: (keys) => ask(() => client.unlink([...keys])),
    readWorld: (world, args) => ask(() => client.readWorld(world, args)),
    readToken: (world, args) => ask(() => client.readToken(world, args)),
    commit: (world, args) => ask(() => client.commitWrites(world, args)),
    take: (world, args) => ask(() => client.takeStep(world, args)),
  };
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
