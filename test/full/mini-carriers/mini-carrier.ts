/** The carriers in test/mini-carriers, written in Python from the document alone, as processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Operation } from '../../../contracts/index.js';
import { send } from '../../support/mock.js';

const FOLDER = fileURLToPath(new URL('../../mini-carriers', import.meta.url));

export const CARRIERS = ['a', 'b', 'c', 'd'] as const;
export type CarrierName = (typeof CARRIERS)[number];

/** The fields of an app that a client and the mock need. */
export interface CarrierApp {
  readonly appId: string;
  readonly name: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly appSignPrivateKey: string;
  readonly appSignPublicKey: string;
  readonly appEncryptPrivateKey: string;
  readonly appEncryptPublicKey: string;
  readonly platformPublicKey: string;
}

export interface MiniCarrier {
  readonly url: string;
  /** The app with both operations and both keys. */
  readonly app: CarrierApp;
  /** An app whose tokens belong to another appId. */
  readonly other: CarrierApp;
  mint(appId: string, phone: string, operation: Operation): Promise<string>;
  advance(ms: number): Promise<void>;
  stop(): void;
}

export async function startCarrier(name: CarrierName): Promise<MiniCarrier> {
  const child = spawn('python3', [join(FOLDER, `carrier_${name}.py`), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { url, apps } = JSON.parse(await firstLine(child)) as {
    url: string;
    apps: readonly CarrierApp[];
  };
  const appOf = (wanted: string) => {
    const found = apps.find((app) => app.name === wanted);
    if (found === undefined) throw new Error(`carrier ${name} has no app ${wanted}`);
    return found;
  };
  return {
    url,
    app: appOf('full'),
    other: appOf('foreignIp'),
    mint: async (appId, phone, operation) =>
      (await send(url, 'POST', '/mint', { appId, phone, operation })).json.token,
    advance: async (ms) => void (await send(url, 'POST', '/clock', { advanceMs: ms })),
    stop: () => void child.kill(),
  };
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the carrier has no output');
  for await (const line of createInterface(stdout)) return line;
  throw new Error('the carrier ended without its line');
}
