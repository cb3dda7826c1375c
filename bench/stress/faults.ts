/** What fails while requests for the same tokens arrive at three servers over one Redis, and its repair. */
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisServer } from '../../test/support/redis.js';
import words from './faults.json' with { type: 'json' };

export interface Replica {
  readonly url: string;
  signal(name: NodeJS.Signals): void;
  /** Waits for the end of the process, then starts it again on the same port. */
  restart(): Promise<void>;
}

export interface FaultyParts {
  readonly redis: RedisServer;
  readonly replicas: readonly Replica[];
  /** The server that fails, another one each time. */
  readonly replica: Replica;
}

const FAULT_MS = 1000;
// Nothing listens there, so a Redis that follows it keeps its data and is read-only.
const NO_MASTER = '127.0.0.1 1';

/** Each does its work and repairs it. In the order of faults.json. */
const ACTS: Readonly<Record<string, (parts: FaultyParts) => Promise<void>>> = {
  none: async () => undefined,
  'server-killed': async ({ replica }) => {
    replica.signal('SIGKILL');
    await replica.restart();
  },
  'server-stopped': ({ replica }) => stopped(replica),
  'rolling-stop': async ({ replicas }) => {
    for (const each of replicas) {
      each.signal('SIGTERM');
      await each.restart();
    }
  },
  'redis-killed': async ({ redis }) => {
    await redis.kill();
    await redis.start();
  },
  'redis-stopped': ({ redis }) => stopped(redis),
  'redis-paused': ({ redis }) => sendTo(redis, `CLIENT PAUSE ${FAULT_MS} ALL`),
  'no-memory': ({ redis }) => changed(redis, 'CONFIG SET maxmemory 1', 'CONFIG SET maxmemory 0'),
  'read-only': ({ redis }) => changed(redis, `REPLICAOF ${NO_MASTER}`, 'REPLICAOF NO ONE'),
  'connections-cut': ({ redis }) => sendTo(redis, 'CLIENT KILL TYPE normal SKIPME yes'),
  'scripts-lost': ({ redis }) => sendTo(redis, 'SCRIPT FLUSH'),
};

export interface Fault {
  readonly id: string;
  readonly act: (parts: FaultyParts) => Promise<void>;
}

export const FAULTS: readonly Fault[] = words.map(({ id }) => {
  const act = ACTS[id];
  if (act === undefined) throw new Error(`faults.ts does not have the fault ${id}`);
  return { id, act };
});

async function stopped(process: Pick<Replica, 'signal'>): Promise<void> {
  process.signal('SIGSTOP');
  await sleep(FAULT_MS);
  process.signal('SIGCONT');
}

async function changed(redis: RedisServer, command: string, repair: string): Promise<void> {
  await sendTo(redis, command);
  await sleep(FAULT_MS);
  await sendTo(redis, repair);
}

/** Sends a command over a connection of its own. Fails if the Redis refuses it. */
function sendTo({ port }: RedisServer, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('error', reject);
    socket.once('data', (reply) => {
      socket.destroy();
      const text = String(reply);
      if (text.startsWith('-')) reject(new Error(`${command}: ${text.trim()}`));
      else resolve();
    });
  });
}
