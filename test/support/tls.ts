/** An HTTPS client that trusts one CA and verifies everything, and folders with a server's certificates. */
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import type { ServerCertificate } from '../../mock-server/http/tls/issue.js';
import { localCertificate } from '../../mock-server/http/tls/local-ca.js';
import { temporaryFolder } from './files.js';
import { LOGIN_PATH } from './mock.js';

export interface TlsFolderOptions {
  /** Names and addresses on the certificate, in addition to the carrier's and loopback. */
  readonly names?: readonly string[];
  readonly nowMs?: number;
}

type Files = ReadonlyMap<string, Buffer>;

// A CA and a certificate take a second, so each worker creates them once for a set of options.
const originals = new Map<string, Promise<Files>>();

/** Creates a folder with a CA and a server certificate for one test. Folders with the same options have the same CA. */
export async function tlsFolder({ names = [], nowMs }: TlsFolderOptions = {}): Promise<string> {
  const key = JSON.stringify([names, nowMs]);
  const original = originals.get(key) ?? issuedFiles(names, nowMs ?? Date.now());
  originals.set(key, original);
  const folder = temporaryFolder();
  for (const [name, content] of await original)
    writeFileSync(join(folder, name), content, { mode: 0o600 });
  return folder;
}

/** In memory: at the end of a run, a worker is killed before it can remove a folder. */
async function issuedFiles(names: readonly string[], nowMs: number): Promise<Files> {
  const dir = temporaryFolder();
  await issueIn(dir, { names, nowMs });
  return new Map(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name))]));
}

/** Returns the certificate of a server with this folder, and its warnings. */
export async function issueIn(
  dir: string,
  { names = [], nowMs = Date.now() }: TlsFolderOptions = {},
): Promise<ServerCertificate & { readonly warnings: readonly string[] }> {
  const warnings: string[] = [];
  const issued = await localCertificate({ dir, names, nowMs, warn: ({ en }) => warnings.push(en) });
  return { ...issued, warnings };
}

export interface SecureOptions {
  readonly ca: string;
  /** The required name on the certificate. By default, the address. */
  readonly name?: string;
  readonly version?: 'TLSv1.2' | 'TLSv1.3';
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
}

export interface SecureAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields of answers that differ by call
  readonly json: any;
  readonly protocol: string | null;
  /** Of the server's certificate. */
  readonly keyType: string | undefined;
  readonly serialNumber: string;
}

/** Rejects if the certificate is invalid. */
export async function sendSecurely(url: string, options: SecureOptions): Promise<SecureAnswer> {
  const { ca, name, version, method = 'POST', path = LOGIN_PATH, body } = options;
  const sent = request(url + path, {
    method,
    ca,
    agent: false,
    rejectUnauthorized: true,
    headers: { 'content-type': 'application/json' },
    ...(name !== undefined && { servername: name, host: '127.0.0.1', headers: { host: name } }),
    ...(version !== undefined && { minVersion: version, maxVersion: version }),
  });
  sent.end(body);
  const [response] = await once(sent, 'response');
  const socket: TLSSocket = response.socket;
  const { serialNumber } = socket.getPeerCertificate();
  const keyType = socket.getPeerX509Certificate()?.publicKey.asymmetricKeyType;
  const protocol = socket.getProtocol();
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { json: JSON.parse(text), protocol, keyType, serialNumber };
}

/** Fetches the CA's certificate from the server. */
export async function caOf(url: string): Promise<string> {
  const response = await fetch(`${url}/_mock/ca.pem`);
  if (response.status !== 200) throw new Error(await response.text());
  return response.text();
}
