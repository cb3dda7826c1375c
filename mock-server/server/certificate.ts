/** The certificate of a server: the user's, or a certificate of the local CA. */

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { codeOf, messageOf } from '../../src/text/error-message.js';
import { fileError, idOf, UsageError, wordsOf } from '../../src/text/usage-error.js';
import type { Log } from '../carrier/log.js';
import { systemClock } from '../carrier/sources.js';
import type { ServerCertificate } from '../http/tls/issue.js';
import { isCertificateName } from '../http/tls/names.js';
import type { OptionNames, Options } from '../options/options.js';
import { serverError } from './messages.js';

/** A key and its certificate (PEM), and the certificate of the local CA if it issued them. */
export type ShownCertificate = Omit<ServerCertificate, 'caPem'> & {
  readonly caPem: string | undefined;
};

/** Throws a UsageError. `called` has the names of the options. */
export async function certificateFor(
  {
    tlsCert,
    tlsKey,
    tlsDir,
    tlsNames,
  }: Pick<Options, 'tlsCert' | 'tlsKey' | 'tlsDir' | 'tlsNames'>,
  { called, log }: { readonly called: Pick<OptionNames, 'tlsDir' | 'tlsNames'>; readonly log: Log },
): Promise<ShownCertificate> {
  const wrong = tlsNames.find((name) => !isCertificateName(name));
  if (wrong !== undefined) {
    throw serverError('tls.name', { option: called.tlsNames, found: wrong });
  }
  if (tlsCert !== undefined && tlsKey !== undefined) return ownCertificate(tlsCert, tlsKey);
  const dir = tlsDir ?? join(homedir(), '.cmpassport-mock', 'tls');
  try {
    const { localCertificate } = await import('../http/tls/local-ca.js');
    return await localCertificate({
      dir,
      names: tlsNames,
      nowMs: systemClock.nowMs(),
      warn: log.error,
    });
  } catch (error) {
    const code = codeOf(error);
    const problem =
      code === undefined
        ? new UsageError(wordsOf(error), idOf(error))
        : serverError('tls.folder', { option: called.tlsDir, folder: dir, code });
    throw fileError('HTTPS', problem);
  }
}

/** Throws a UsageError if the files are not a certificate and its key. */
function ownCertificate(certFile: string, keyFile: string) {
  const pair = { cert: readPem('--tls-cert', certFile), key: readPem('--tls-key', keyFile) };
  try {
    createSecureContext(pair);
  } catch (error) {
    throw serverError('tls.certificate-and-key', {
      certificate: certFile,
      key: keyFile,
      reason: messageOf(error),
    });
  }
  return { ...pair, caPem: undefined };
}

function readPem(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw fileError(`${flag} ${file}`, error);
  }
}
