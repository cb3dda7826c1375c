/** Opens the configured store. */
import type { Log } from '../log.js';
import { createMemoryStore } from './memory.js';
import type { StateStore, StoreLimits } from './state-store.js';

export interface StoreInputs {
  /** The address of a Redis; undefined for memory. */
  readonly address: string | undefined;
  /** A password that is not part of the address. */
  readonly password: string | undefined;
  readonly limits: StoreLimits;
  readonly log: Log;
  /** Identifies this server among those that share the store. */
  readonly serverId: string;
}

/** Rejects with one sentence if the store cannot be reached. Loads the driver only for Redis. */
export async function openStore({ address, password, limits, log, serverId }: StoreInputs): Promise<StateStore> {
  if (address === undefined) return createMemoryStore(limits);
  const { connectRedis } = await import('./redis/connection.js');
  const { createRedisStore } = await import('./redis/store.js');
  const connection = await connectRedis(address, log, password);
  log.info({
    en: `the state is stored in ${connection.shown} and shared with every server that uses the same address`,
    zh: `状态存在 ${connection.shown}，与使用同一地址的其他实例共用`,
  });
  return createRedisStore({ connection, limits, log, serverId });
}
