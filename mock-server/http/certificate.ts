/** The certificate of a server: the user's, or a certificate of the local CA. */

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { Log } from '../carrier/carrier.js';
import { systemClock } from '../carrier/sources.js';
import type { Options } from '../cli/options.js';
import { UsageError } from '../cli/usage-error.js';
import { messageOf } from '../text/error-message.js';
import type { ServerCertificate } from './tls/local-ca.js';
import { isCertificateName } from './tls/names.js';

type CertificateOptions = Pick<Options, 'tlsCert' | 'tlsKey' | 'tlsDir' | 'tlsNames'>;

/** A key and its certificate (PEM), and the certificate of the local CA if it issued them. */
export type ShownCertificate = Omit<ServerCertificate, 'caPem'> & { readonly caPem: string | undefined };

/** Throws a UsageError. `called` is the name of the option for additional names. */
export async function certificateFor(
  { tlsCert, tlsKey, tlsDir, tlsNames }: CertificateOptions,
  { called, log }: { readonly called: string; readonly log: Log },
): Promise<ShownCertificate> {
  const wrong = tlsNames.find((name) => !isCertificateName(name));
  if (wrong !== undefined)
    throw new UsageError(`${called} must be host names or addresses, found ${JSON.stringify(wrong)}`);
  try {
    if (tlsCert !== undefined && tlsKey !== undefined) return ownCertificate(tlsCert, tlsKey);
    const { localCertificate } = await import('./tls/local-ca.js');
    const dir = tlsDir ?? join(homedir(), '.cmpassport-mock', 'tls');
    return await localCertificate({ dir, names: tlsNames, nowMs: systemClock.nowMs(), warn: log.error });
  } catch (error) {
    throw new UsageError(`HTTPS: ${messageOf(error)}`);
  }
}

/** Throws if the files are not a certificate and its key. */
function ownCertificate(certFile: string, keyFile: string) {
  const pair = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  try {
    createSecureContext(pair);
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(
      `--tls-cert ${certFile} and --tls-key ${keyFile} must be a certificate and its private key in PEM (${reason})`,
    );
  }
  return { ...pair, caPem: undefined };
}
