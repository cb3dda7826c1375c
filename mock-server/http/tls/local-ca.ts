/** The local CA, and its certificate for the carrier's names. Both are created on first use and stored. The certificate is renewed. */

import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CARRIER_HOST_NAMES } from '../../../src/protocol/operations.js';
import { DAY_MS } from '../../../src/protocol/timestamp.js';
import { type Bilingual, BilingualError } from '../../../src/text/bilingual.js';
import { messageOf } from '../../../src/text/error-message.js';
import {
  keepPublicFile,
  linkUnlessThere,
  makeKeyFile,
  readKeyFile,
  replaceKeyFile,
  secureFolder,
} from './key-files.js';
import { canonicalName, certificateNames, hasNameConstraints } from './names.js';

/** In PEM, as an https server accepts them. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
  readonly caPem: string;
}

export interface LocalCaOptions {
  readonly dir: string;
  /** Names and addresses in addition to those of the carrier and localhost. */
  readonly names: readonly string[];
  readonly nowMs: number;
  /** Reports that the CA was replaced, because clients that trust the old one fail. */
  readonly warn: (message: Bilingual) => void;
}

const RENEWED_BEFORE_MS = 30 * DAY_MS;
// Another server locks a CA for some milliseconds while it replaces it.
const REPLACED_POLL_MS = 100;
const REPLACED_POLLS_MAX = 50;
// Each new CA includes the names of the previous ones, so this limit needs as many servers with different names that start at once.
const ROUNDS_MAX = 50;
const PEM_BLOCK = /-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\n?/g;

/** The certificate for the names. Throws an error of one sentence if the folder cannot be used. */
export async function localCertificate({ dir, names, nowMs, warn }: LocalCaOptions): Promise<ServerCertificate> {
  secureFolder(dir);
  const hosts = [...new Set([...CARRIER_HOST_NAMES, 'localhost', '127.0.0.1', '::1', ...names.map(canonicalName)])];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const ca = await certificateAuthority(dir, { hosts, nowMs });
    const kept = keptServerCertificate(dir, { ca, hosts, nowMs });
    const flaw = kept === undefined ? await flawOf(ca, hosts) : undefined;
    if (flaw === undefined) {
      keepPublicFile(join(dir, 'ca.pem'), ca.cert);
      const server = kept ?? (await issueServerCertificate(dir, { ca, hosts, nowMs }));
      // Another server may have replaced the CA meanwhile. The last writer of these files must have the newest CA.
      if (readPair(caFileIn(dir))?.cert === ca.cert) return { ...server, caPem: ca.cert };
    } else {
      await replaceAuthority(dir, { ca, flaw, hosts, nowMs, warn });
    }
  }
  throw new BilingualError({
    en: `the local CA in ${dir} was replaced ${ROUNDS_MAX} times during this start: start again`,
    zh: `${dir} 里的本地 CA 在这次启动期间被更换了 ${ROUNDS_MAX} 次：请重新启动`,
  });
}

interface Pair {
  readonly key: string;
  readonly cert: string;
}

interface Demand {
  readonly hosts: readonly string[];
  readonly nowMs: number;
}

function caFileIn(dir: string): string {
  return join(dir, 'ca-key.pem');
}

/** Key and certificate are in one file, so that of two servers that start at once, both use the CA of the first. */
async function certificateAuthority(dir: string, { hosts, nowMs }: Demand): Promise<Pair> {
  const file = caFileIn(dir);
  const ca = readPair(file) ?? (await firstAuthority(file, { hosts, nowMs }));
  if (Date.parse(new X509Certificate(ca.cert).validTo) - nowMs < RENEWED_BEFORE_MS) {
    throw new BilingualError({
      en: `the local CA in ${dir} expires within 30 days: remove the folder, and trust the new CA`,
      zh: `${dir} 里的本地 CA 在 30 天内到期：请删除该目录，并让客户端信任新的 CA`,
    });
  }
  return ca;
}

async function firstAuthority(file: string, { hosts, nowMs }: Demand): Promise<Pair> {
  const { issueCa } = await import('./issue.js');
  const issued = await issueCa({ names: hosts, nowMs });
  makeKeyFile(file, toText(issued));
  return readPair(file) ?? issued;
}

/** The reason why a CA cannot or should not issue the certificate; undefined if it can. */
async function flawOf({ cert }: Pair, hosts: readonly string[]): Promise<Bilingual | undefined> {
  if (!hasNameConstraints(new X509Certificate(cert)))
    return { en: 'could sign for every name', zh: '可以给任何域名签发证书' };
  const { forbiddenNames } = await import('./name-constraints.js');
  const forbidden = forbiddenNames(cert, hosts);
  return forbidden.length === 0
    ? undefined
    : { en: `may not sign for ${forbidden.join(', ')}`, zh: `不能给 ${forbidden.join('、')} 签发证书` };
}

interface Replacement extends Demand {
  readonly ca: Pair;
  readonly flaw: Bilingual;
  readonly warn: (message: Bilingual) => void;
}

/** Returns once the CA is replaced, by this server or by another one. */
async function replaceAuthority(dir: string, { ca, flaw, hosts, nowMs, warn }: Replacement): Promise<void> {
  const file = caFileIn(dir);
  // Issued before the lock, so that the lock is short.
  const { issueCa } = await import('./issue.js');
  const next = await issueCa({ names: hosts, before: ca.cert, nowMs });
  const held = `${file}.${createHash('sha256').update(ca.cert).digest('hex')}.old`;
  const newCa = join(dir, 'ca.pem');
  const warning = {
    en: `the local CA in ${dir} was replaced, because the old one ${flaw.en}. Clients that trust the old one refuse this server until they trust the new ${newCa}`,
    zh: `${dir} 里的本地 CA 已更换：旧的${flaw.zh}。信任旧 CA 的客户端会拒绝连接，请让它们信任新的 ${newCa}`,
  };
  for (let polls = 0; polls < REPLACED_POLLS_MAX; polls += 1) {
    const result = tryToReplace({ file, held, ca, next });
    if (result === 'replaced') warn(warning);
    if (result !== 'held') return;
    await new Promise((resolve) => setTimeout(resolve, REPLACED_POLL_MS));
  }
  throw new BilingualError({
    en: `the local CA in ${file} must be replaced, but ${held} shows that another server is replacing it. If no other server is starting, remove that file and start again`,
    zh: `${file} 里的本地 CA 需要更换，但 ${held} 表明另一个实例正在更换它。如果没有别的实例正在启动，请删除后一个文件，再重新启动`,
  });
}

interface Attempt {
  readonly file: string;
  /** The lock: a hard link to the old CA's file. The server that creates it replaces the CA, if no other server has done so. */
  readonly held: string;
  readonly ca: Pair;
  readonly next: Pair;
}

function tryToReplace({ file, held, ca, next }: Attempt): 'replaced' | 'replaced by another' | 'held' {
  if (!linkUnlessThere(file, held)) return readPair(file)?.cert === ca.cert ? 'held' : 'replaced by another';
  try {
    if (readPair(held)?.cert !== ca.cert) return 'replaced by another';
    replaceKeyFile(file, toText(next));
    return 'replaced';
  } finally {
    rmSync(held);
  }
}

function keptServerCertificate(dir: string, { ca, hosts, nowMs }: Demand & { readonly ca: Pair }): Pair | undefined {
  const kept = readPair(join(dir, 'server.pem'));
  if (kept === undefined) return undefined;
  const [cert, caCert] = [new X509Certificate(kept.cert), new X509Certificate(ca.cert)];
  const names = certificateNames(cert);
  const isUsable =
    hosts.every((host) => names.has(host)) &&
    Date.parse(cert.validTo) - nowMs > RENEWED_BEFORE_MS &&
    hasNameConstraints(caCert) &&
    cert.verify(caCert.publicKey);
  return isUsable ? kept : undefined;
}

async function issueServerCertificate(
  dir: string,
  { ca, hosts, nowMs }: Demand & { readonly ca: Pair },
): Promise<Pair> {
  const { issueServer } = await import('./issue.js');
  const issued = await issueServer({ ca, names: hosts, nowMs });
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
    if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return { key, cert };
  } catch (error) {
    const message = messageOf(error);
    throw notAPair(file, { en: message, zh: message });
  }
  throw notAPair(file, { en: 'the key does not match the certificate', zh: '私钥与证书不匹配' });
}

function notAPair(file: string, reason: Bilingual): BilingualError {
  return new BilingualError({
    en: `${file} must contain a private key and its certificate (${reason.en}): remove it, and it is created again`,
    zh: `${file} 应包含私钥和对应的证书（${reason.zh}）：删除它即可，会重新生成`,
  });
}
