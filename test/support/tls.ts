/** An HTTPS client that trusts one CA and verifies everything, and folders with a server's certificates. */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import forge from 'node-forge';
import { issueServer } from '../../mock-server/http/tls/issue.js';
import { localCertificate, type ServerCertificate } from '../../mock-server/http/tls/local-ca.js';
import { temporaryFolder } from './files.js';
import { LOGIN_PATH } from './mock.js';

export interface TlsFolderOptions {
  /** Names and addresses on the certificate, in addition to the carrier's and loopback. */
  readonly names?: readonly string[];
  readonly nowMs?: number;
}

const CARRIER_NAMES = ['www.cmpassport.com', 'onekey2.cmpassport.com', 'localhost', '127.0.0.1', '::1'];

// A CA and a certificate take a second, so each worker creates them once for a set of options.
const originals = new Map<string, Promise<string>>();

/** Creates a folder with a CA and a server certificate for one test. Folders with the same options have the same CA. */
export async function tlsFolder({ names = [], nowMs }: TlsFolderOptions = {}): Promise<string> {
  const key = JSON.stringify([names, nowMs]);
  const original = originals.get(key) ?? issueInNewFolder(names, nowMs ?? Date.now());
  originals.set(key, original);
  const folder = temporaryFolder();
  cpSync(await original, folder, { recursive: true });
  return folder;
}

async function issueInNewFolder(names: readonly string[], nowMs: number): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'cmpassport-mock-'));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  await issueIn(dir, { names, nowMs });
  return dir;
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

/** Returns the CA of a folder, for certificates that the mock does not issue. */
export function caPairIn(dir: string): { readonly key: string; readonly cert: string } {
  const text = readFileSync(join(dir, 'ca-key.pem'), 'utf8');
  const at = text.indexOf('-----BEGIN CERTIFICATE');
  return { key: text.slice(0, at), cert: text.slice(at) };
}

/** Creates a folder as an older mock did, whose CA is not limited to names. */
export async function olderTlsFolder(names: readonly string[] = []): Promise<string> {
  const encoding = { format: 'pem' } as const;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', ...encoding },
    privateKeyEncoding: { type: 'pkcs1', ...encoding },
  });
  const cert = forge.pki.createCertificate();
  cert.publicKey = forge.pki.publicKeyFromPem(publicKey);
  cert.serialNumber = '01';
  cert.validity.notAfter.setFullYear(cert.validity.notBefore.getFullYear() + 10);
  const subject = [{ name: 'commonName', value: 'cmpassport-mock local CA (test only)' }];
  cert.setSubject(subject);
  cert.setIssuer(subject);
  cert.setExtensions([{ name: 'basicConstraints', cA: true, critical: true }, { name: 'subjectKeyIdentifier' }]);
  cert.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  const ca = { key: privateKey, cert: forge.pki.certificateToPem(cert).replaceAll('\r\n', '\n') };
  const server = await issueServer({ ca, names: [...CARRIER_NAMES, ...names], nowMs: Date.now() });
  const dir = temporaryFolder();
  for (const [name, pair] of Object.entries({ 'ca-key.pem': ca, 'server.pem': server })) {
    writeFileSync(join(dir, name), pair.key + pair.cert, { mode: 0o600 });
  }
  writeFileSync(join(dir, 'ca.pem'), ca.cert);
  return dir;
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
