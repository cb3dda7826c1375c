/** The CA certificates that the command trusts: the mock's, and those of the files that its variables named before. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { type Bilingual, listed, type Words } from '../../../src/text/bilingual.js';
import { codeOf, messageOf } from '../../../src/text/error-message.js';
import type { Environment } from '../../options/language.js';
import { execNote } from './messages.js';

/** Each names a file with certificates in PEM. */
export const CA_VARIABLES = [
  'SSL_CERT_FILE',
  'NODE_EXTRA_CA_CERTS',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
] as const;

export interface Trusted {
  /** Those in addition to the mock's, in PEM. */
  readonly certificates: readonly string[];
  /** The files without a certificate that can be read. */
  readonly problems: readonly Bilingual[];
}

// A file can also contain a private key, which must not be copied.
const CERTIFICATE = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[^-]+-----END \1-----/g;

/** Those of all variables: some clients read a second variable if the first is not set. */
export function trustedCertificates(env: Environment): Trusted {
  const paths = new Set(CA_VARIABLES.map((name) => env[name] ?? '').filter((path) => path !== ''));
  const certificates = new Set<string>();
  const problems: Bilingual[] = [];
  for (const path of paths) {
    const found = certificatesIn(path);
    if ('problem' in found) problems.push(leftOut(path, { env, reason: found.problem }));
    else for (const certificate of found.certificates) certificates.add(certificate);
  }
  return { certificates: [...certificates], problems };
}

/** The files with the CAs of Debian and Alpine, of Red Hat, and of macOS. */
const SYSTEM_FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
];

/** The public CAs, for clients that trust only the file that a variable names. */
export function publicCertificates(): readonly string[] {
  const path = systemCertificates();
  const found = path === undefined ? { problem: '' } : certificatesIn(path);
  return 'problem' in found ? rootCertificates : found.certificates;
}

/** The path of the system's file. */
export function systemCertificates(): string | undefined {
  return SYSTEM_FILES.find(existsSync);
}

type Found = { readonly certificates: readonly string[] } | { readonly problem: Words };

function certificatesIn(path: string): Found {
  try {
    // A pipe could have no end.
    if (!statSync(path).isFile()) return { problem: { en: 'no file', zh: '不是文件' } };
    const certificates = readFileSync(path, 'latin1').match(CERTIFICATE) ?? [];
    if (certificates.length > 0) return { certificates };
    return { problem: { en: 'no certificate in PEM', zh: '没有 PEM 证书' } };
  } catch (error) {
    return { problem: codeOf(error) ?? messageOf(error) };
  }
}

function leftOut(
  path: string,
  { env, reason }: { readonly env: Environment; readonly reason: Words },
): Bilingual {
  const names = CA_VARIABLES.filter((name) => env[name] === path);
  return execNote('certificates.not-read', { names: listed(names), path, reason });
}
