/** The local CA and the certificate that it issues for the carrier's names. Made on first use, kept, renewed in time. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { CARRIER_HOST_NAMES } from '../../src/protocol/operations.js';
import { keepPublicFile, makeKeyFile, readKeyFile, replaceKeyFile, secureFolder } from './key-files.js';
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
const PEM_BLOCK = /-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\n?/g;

/** The certificate for the names; throws with one sentence where the folder cannot be used. */
export async function localCertificate({ dir, names, nowMs }: LocalCaOptions): Promise<ServerCertificate> {
  secureFolder(dir);
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
  const ca = readPair(file) ?? (await firstAuthority(file, nowMs));
  if (Date.parse(new X509Certificate(ca.cert).validTo) - nowMs < RENEWED_BEFORE_MS) {
    throw new Error(`the local CA in ${dir} is about to end: remove the folder, and trust the new CA`);
  }
  keepPublicFile(join(dir, 'ca.pem'), ca.cert);
  return ca;
}

async function firstAuthority(file: string, nowMs: number): Promise<Pair> {
  const { issueCa } = await import('./issue.js');
  const issued = await issueCa(nowMs);
  makeKeyFile(file, toText(issued));
  return readPair(file) ?? issued;
}

function keptServerCertificate(
  dir: string,
  { ca, wanted, nowMs }: { readonly ca: Pair; readonly wanted: readonly string[]; readonly nowMs: number },
): Pair | undefined {
  const kept = readPair(join(dir, 'server.pem'));
  if (kept === undefined) return undefined;
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
  replaceKeyFile(join(dir, 'server.pem'), toText(issued));
  return issued;
}

function toText({ key, cert }: Pair): string {
  return key + cert;
}

function readPair(file: string): Pair | undefined {
  const text = readKeyFile(file);
  if (text === undefined) return undefined;
  const [key = '', cert = ''] = text.match(PEM_BLOCK) ?? [];
  try {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
      throw new Error('they do not belong together');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${file} should hold a private key and its certificate (${reason}): remove it, and it is made anew`,
    );
  }
  return { key, cert };
}
