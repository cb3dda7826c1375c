/** The carriers in test/mini-carriers, written from the document alone, as processes. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import type { Operation } from '../../../contracts/index.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import { publicKeyOf } from '../../../contracts/kit/sign.js';
import fixtureKeys from '../../../fixtures/keys/keys.json' with { type: 'json' };
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { freePort } from '../../support/free-port.js';
import { send } from '../../support/mock.js';

const FOLDER = fileURLToPath(new URL('../../mini-carriers', import.meta.url));

export const CARRIERS = ['c', 'd'] as const;
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

const PLATFORM_KEY = fixtureKeys.platform.privateKey;
const APPS = ['full', 'foreignIp'].map((name, at) => ({
  appId: `30009000000${at}`,
  name,
  appKey: 'A1B2C3D4E5F60718293A4B5C6D7E8F90',
  appSecret: '0F1E2D3C4B5A69788796A5B4C3D2E1F0',
  appSignPrivateKey: keys.appSignKey,
  appSignPublicKey: keys.appVerifyKey,
  appEncryptPrivateKey: keys.appDecryptKey,
  appEncryptPublicKey: keys.appEncryptKey,
  platformPrivateKey: PLATFORM_KEY,
  platformPublicKey: publicKeyOf(PLATFORM_KEY),
  capability: ['login', 'verify'],
  smsAssist: false,
  ipWhitelist: ['127.0.0.1'],
  quota: null,
}));

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
  const child = start('python3', [join(FOLDER, `carrier_${name}.py`), '--port', '0']);
  const { url, apps } = JSON.parse(await firstLine(child)) as {
    url: string;
    apps: readonly CarrierApp[];
  };
  return carrierAt(child, url, apps);
}

/** The carriers that do not make their own apps, by the program that they need. */
export const BY_LANGUAGE = { go: startGo, php: startPhp, python3: startPython };

async function startGo(): Promise<MiniCarrier> {
  const program = join(temporaryFolder(), 'carrier');
  execFileSync('go', ['build', '-o', program, join(FOLDER, 'carrier_e.go')]);
  return withApps((apps) => start(program, [apps]));
}

async function startPhp(): Promise<MiniCarrier> {
  const port = await freePort();
  const args = ['-d', 'display_errors=0', '-S', `127.0.0.1:${port}`, join(FOLDER, 'carrier_f.php')];
  const apps = temporaryFile('apps.json', APPS);
  const child = start('php', args, { APPS: apps, STATE: `${apps}.state` });
  const url = `http://127.0.0.1:${port}`;
  // Nothing on stdout shows that PHP's server listens.
  await vi.waitUntil(() => fetch(url).catch(() => false), { timeout: 10_000 });
  return carrierAt(child, url, APPS);
}

async function startPython(): Promise<MiniCarrier> {
  return withApps((apps) =>
    start('python3', [join(FOLDER, 'carrier_g.py'), '--port', '0', '--apps', apps]),
  );
}

/** Carrier H in one of its deployments. */
export const STYLES = ['signature', 'fields', 'gateway'] as const;

export function startStyle(style: (typeof STYLES)[number]): Promise<MiniCarrier> {
  return withApps((apps) =>
    start('python3', [join(FOLDER, 'carrier_h.py'), '--port', '0', '--apps', apps], {
      STYLE: style,
    }),
  );
}

async function withApps(startWith: (file: string) => ChildProcess): Promise<MiniCarrier> {
  const child = startWith(temporaryFile('apps.json', APPS));
  return carrierAt(child, JSON.parse(await firstLine(child)).url, APPS);
}

function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  // PHP's server logs each request.
  const stderr = program === 'php' ? 'ignore' : 'inherit';
  return spawn(program, args, {
    stdio: ['ignore', 'pipe', stderr],
    env: { ...process.env, ...env },
  });
}

function carrierAt(child: ChildProcess, url: string, apps: readonly CarrierApp[]): MiniCarrier {
  const appOf = (wanted: string) => {
    const found = apps.find((app) => app.name === wanted);
    if (found === undefined) throw new Error(`${child.spawnargs.join(' ')} has no app ${wanted}`);
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
