/** The store that a server was told to keep its state in. */
import type { Log } from '../carrier.js';
import { createMemoryStore } from './memory.js';
import type { StateStore, StoreLimits } from './state-store.js';

export interface StoreInputs {
  /** Of a Redis; undefined for memory. */
  readonly address: string | undefined;
  /** One that is not part of the address. */
  readonly password: string | undefined;
  readonly limits: StoreLimits;
  readonly log: Log;
  /** Names this server among those that share the store. */
  readonly serverId: string;
}

/** Rejects with one sentence where it cannot be reached. The driver is loaded by whoever needs it. */
export async function openStore({ address, password, limits, log, serverId }: StoreInputs): Promise<StateStore> {
  if (address === undefined) return createMemoryStore(limits);
  const { connectRedis } = await import('./redis/connection.js');
  const { createRedisStore } = await import('./redis/store.js');
  const connection = await connectRedis(address, log, password);
  log.info({
    en: `state is kept in ${connection.shown}, together with that of every server that uses the same address`,
    zh: `状态存放在 ${connection.shown}，与使用同一地址的其他实例共用`,
  });
  return createRedisStore({ connection, limits, log, serverId });
}
