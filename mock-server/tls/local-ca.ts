/** The local CA and the certificate that it issues for the carrier's names. Made on first use, kept, renewed in time. */
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CARRIER_HOST_NAMES } from '../../src/protocol/operations.js';
import { canonicalName, certificateNames } from './names.js';

/** PEM texts, as an https server takes them. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
  readonly caPem: string;
}

export interface LocalCaOptions {
  readonly dir: string;
  /** Names and addresses beside the carrier's and localhost's. */
  readonly names: readonly string[];
  readonly nowMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const RENEWED_BEFORE_MS = 30 * DAY_MS;
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_DIR = 0o700;
const PEM_BLOCK = /-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\n?/g;

/** The certificate for the names; throws with one sentence where the folder cannot be used. */
export async function localCertificate({ dir, names, nowMs }: LocalCaOptions): Promise<ServerCertificate> {
  mkdirSync(dir, { recursive: true, mode: OWNER_ONLY_DIR });
  const ca = await certificateAuthority(dir, nowMs);
  const wanted = [...new Set([...CARRIER_HOST_NAMES, 'localhost', '127.0.0.1', '::1', ...names.map(canonicalName)])];
  const kept = keptServerCertificate(dir, { ca, wanted, nowMs });
  const server = kept ?? (await issueServerCertificate(dir, { ca, wanted, nowMs }));
  return { ...server, caPem: ca.cert };
}

interface Pair {
  readonly key: string;
  readonly cert: string;
}

/** One file has key and certificate, so that two servers that start at once agree: whose file is there first wins. */
async function certificateAuthority(dir: string, nowMs: number): Promise<Pair> {
  const file = join(dir, 'ca-key.pem');
  if (!existsSync(file)) {
    const { issueCa } = await import('./issue.js');
    linkNew(file, await issueCa(nowMs));
  }
  const ca = readPair(file);
  if (Date.parse(new X509Certificate(ca.cert).validTo) - nowMs < RENEWED_BEFORE_MS) {
    throw new Error(`the local CA in ${dir} is about to end: remove the folder, and trust the new CA`);
  }
  writeFileSync(join(dir, 'ca.pem'), ca.cert);
  return ca;
}

function keptServerCertificate(
  dir: string,
  { ca, wanted, nowMs }: { readonly ca: Pair; readonly wanted: readonly string[]; readonly nowMs: number },
): Pair | undefined {
  const file = join(dir, 'server.pem');
  if (!existsSync(file)) return undefined;
  const kept = readPair(file);
  const cert = new X509Certificate(kept.cert);
  const names = certificateNames(cert);
  const fits =
    wanted.every((name) => names.has(name)) &&
    Date.parse(cert.validTo) - nowMs > RENEWED_BEFORE_MS &&
    cert.verify(new X509Certificate(ca.cert).publicKey);
  return fits ? kept : undefined;
}

async function issueServerCertificate(
  dir: string,
  { ca, wanted, nowMs }: { readonly ca: Pair; readonly wanted: readonly string[]; readonly nowMs: number },
): Promise<Pair> {
  const { issueServer } = await import('./issue.js');
  const issued = await issueServer({ ca, names: wanted, nowMs });
  const file = join(dir, 'server.pem');
  const temporary = writeTemporary(file, issued);
  renameSync(temporary, file);
  return issued;
}

function writeTemporary(file: string, { key, cert }: Pair): string {
  const temporary = `${file}.${randomUUID()}`;
  writeFileSync(temporary, key + cert, { mode: OWNER_ONLY_FILE });
  return temporary;
}

/** The file with this content, unless it is there already: linking, unlike renaming, never replaces. */
function linkNew(file: string, pair: Pair): void {
  const temporary = writeTemporary(file, pair);
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(temporary);
  }
}

function readPair(file: string): Pair {
  const [key = '', cert = ''] = readFileSync(file, 'utf8').match(PEM_BLOCK) ?? [];
  try {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
      throw new Error('they do not belong together');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${file} should hold a private key and its certificate (${reason}): remove it, and it is made anew`,
    );
  }
  chmodSync(file, OWNER_ONLY_FILE);
  return { key, cert };
}
