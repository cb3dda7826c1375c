/** The local CA and its certificate for the carrier's names. Both are created on first use, stored complete, and replaced together. */

import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CARRIER_HOST_NAMES } from '../../../src/protocol/hosts.js';
import { DAY_MS } from '../../../src/protocol/timestamp.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { hasCode, messageOf } from '../../../src/text/error-message.js';
import type { ServerCertificate } from './issue.js';
import { caError } from './messages.js';
import { canonicalName, certificateNames } from './names.js';

export interface LocalCaOptions {
  readonly dir: string;
  /** Names and addresses in addition to those of the carrier and localhost. */
  readonly names: readonly string[];
  readonly nowMs: number;
  /** Reports that the CA was replaced, because clients that trust the old one fail. */
  readonly warn: (message: Bilingual) => void;
}

export const OWNER_ONLY = 0o600;
export const READABLE = 0o644;
const WRITABLE_BY_OTHERS = 0o022;
const RENEWED_BEFORE_MS = 30 * DAY_MS;
const PEM_BLOCK = /-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\n?/g;

/**
 * The newest certificate in the folder, or a new one if that lacks a name or expires soon. Each is a numbered file that
 * one process creates and that never changes, so processes that start at once use the same one. Throws an error of one
 * sentence if the folder cannot be used.
 */
export async function localCertificate({
  dir,
  names,
  nowMs,
  warn,
}: LocalCaOptions): Promise<ServerCertificate> {
  secureFolder(dir);
  const hosts = [
    ...CARRIER_HOST_NAMES,
    'localhost',
    '127.0.0.1',
    '::1',
    ...names.map(canonicalName),
  ];
  let newest: ServerCertificate | undefined;
  for (let number = 1; ; number += 1) {
    const file = join(dir, `server-${number}.pem`);
    if (
      newest !== undefined &&
      !existsSync(file) &&
      flawOf(newest, { hosts, nowMs }) === undefined
    ) {
      // For clients, and for other servers that use the certificate.
      keepFile(join(dir, 'server.pem'), textOf(newest), OWNER_ONLY);
      keepFile(join(dir, 'ca.pem'), newest.caPem, READABLE);
      // Another process may have created the next one meanwhile. The last copies must be those of the newest.
      if (!existsSync(file)) return newest;
    }
    if (!existsSync(file)) await create(file, { dir, newest, hosts, nowMs, warn });
    newest = read(file);
  }
}

interface Creation extends Demand, Pick<LocalCaOptions, 'dir' | 'warn'> {
  readonly newest: ServerCertificate | undefined;
}

/** Creates the file, unless another process creates it first. */
async function create(file: string, { dir, newest, hosts, nowMs, warn }: Creation): Promise<void> {
  const older = existsSync(join(dir, OLDER_CA))
    ? { en: 'is from an older version', zh: '由旧版本生成' }
    : undefined;
  const flaw = newest === undefined ? older : flawOf(newest, { hosts, nowMs });
  // Also for the names of the previous one, so that servers with different names can share the folder.
  const names = new Set([...hosts, ...(newest === undefined ? [] : namesIn(newest))]);
  const { issueCertificate } = await import('./issue.js');
  const isCreator = createFile(file, textOf(issueCertificate({ names: [...names], nowMs })));
  if (isCreator && flaw !== undefined)
    warn({
      en: `the local CA in ${dir} was replaced, because the old one ${flaw.en}. Clients that trust the old one refuse this server until they trust the new ${join(dir, 'ca.pem')}`,
      zh: `${dir} 里的本地 CA 已更换：旧的${flaw.zh}。信任旧 CA 的客户端会拒绝连接，请让它们信任新的 ${join(dir, 'ca.pem')}`,
    });
  rmSync(join(dir, OLDER_CA), { force: true });
}

// An older version kept the key of its CA in this file.
const OLDER_CA = 'ca-key.pem';

interface Demand {
  readonly hosts: readonly string[];
  readonly nowMs: number;
}

/** The reason why a certificate must be replaced; undefined if it is good. */
function flawOf(certificate: ServerCertificate, { hosts, nowMs }: Demand): Bilingual | undefined {
  if (Date.parse(new X509Certificate(certificate.cert).validTo) - nowMs < RENEWED_BEFORE_MS)
    return { en: 'expires within 30 days', zh: '在 30 天内到期' };
  const names = namesIn(certificate);
  const missing = hosts.filter((host) => !names.has(host));
  if (missing.length === 0) return undefined;
  return {
    en: `has no certificate for ${missing.join(', ')}`,
    zh: `的证书不包含 ${missing.join('、')}`,
  };
}

function namesIn({ cert }: ServerCertificate): ReadonlySet<string> {
  return certificateNames(new X509Certificate(cert));
}

function textOf({ key, cert, caPem }: ServerCertificate): string {
  return key + cert + caPem;
}

function read(file: string): ServerCertificate {
  const [key = '', cert = '', caPem = ''] = readFileSync(file, 'utf8').match(PEM_BLOCK) ?? [];
  try {
    const server = new X509Certificate(cert);
    const isWhole =
      server.checkPrivateKey(createPrivateKey(key)) &&
      server.checkIssued(new X509Certificate(caPem));
    if (isWhole) return { key, cert, caPem };
  } catch (error) {
    throw caError('ca.invalid-file', { file, reason: messageOf(error) });
  }
  const reason = { en: 'they do not belong together', zh: '三者不匹配' };
  throw caError('ca.invalid-file', { file, reason });
}

/** Creates the folder if it is missing. Throws if another user can write to it, because clients will trust its CA. */
export function secureFolder(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(dir);
  // Windows has no numeric owners, and reports mode 666 for every file.
  const user = process.geteuid?.();
  if (user === undefined) return;
  if ((uid === user || uid === 0) && (mode & WRITABLE_BY_OTHERS) === 0) return;
  throw caError('ca.unsafe-folder', {
    folder: dir,
    user,
    owner: uid,
    mode: (mode & 0o7777).toString(8),
  });
}

/** Creates a file for its owner only. Returns false if it exists: of two processes, one creates it. */
export function createFile(file: string, text: string): boolean {
  const temporary = writeTemporary(file, text, OWNER_ONLY);
  try {
    // Unlike renaming, linking never replaces a file.
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(temporary);
  }
}

/** Writes the file only if its text differs, so that a complete folder can be read-only. */
export function keepFile(file: string, text: string, mode: number): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  const temporary = writeTemporary(file, text, mode);
  try {
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary);
    throw error;
  }
}

function writeTemporary(file: string, text: string, mode: number): string {
  const temporary = `${file}.${randomUUID()}`;
  try {
    writeFileSync(temporary, text, { mode, flag: 'wx' });
  } catch (error) {
    // A full disk leaves a part of the key.
    rmSync(temporary, { force: true });
    throw error;
  }
  return temporary;
}
