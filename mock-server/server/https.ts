/**
 * The HTTPS server and its certificate: the user's, or one of the local CA. Only a server with HTTPS loads this, because
 * node:https and node:tls take a tenth of what a start takes above an empty server.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { codeOf, messageOf } from '../../src/text/error-message.js';
import { fileError, idOf, UsageError, wordsOf } from '../../src/text/usage-error.js';
import type { Log } from '../carrier/log.js';
import { systemClock } from '../carrier/sources.js';
import { rememberSockets } from '../http/reset.js';
import type { ServerCertificate } from '../http/tls/issue.js';
import { localCertificate } from '../http/tls/local-ca.js';
import { isCertificateName } from '../http/tls/names.js';
import type { OptionNames, Options } from '../options/options.js';
import { serverError } from './messages.js';
import type { ListenerLimits } from './server-limits.js';

/** A key and its certificate (PEM), and the certificate of the local CA if it issued them. */
type ShownCertificate = Omit<ServerCertificate, 'caPem'> & {
  readonly caPem: string | undefined;
};

export interface Https {
  /** It does not listen yet. */
  readonly server: Server;
  readonly certificate: ShownCertificate;
}

interface HttpsInputs {
  readonly options: Pick<Options, 'tlsCert' | 'tlsKey' | 'tlsDir' | 'tlsNames'>;
  /** The names of the options. */
  readonly names: Pick<OptionNames, 'tlsDir' | 'tlsNames'>;
  readonly log: Log;
}

/** Rejects with a UsageError. */
export async function createHttps(inputs: HttpsInputs, limits: ListenerLimits): Promise<Https> {
  const certificate = await certificateFor(inputs);
  const { key, cert } = certificate;
  const server = createServer({ ...limits, key, cert });
  rememberSockets(server);
  return { server, certificate };
}

async function certificateFor({ options, names, log }: HttpsInputs): Promise<ShownCertificate> {
  const { tlsCert, tlsKey, tlsDir, tlsNames } = options;
  const wrong = tlsNames.find((name) => !isCertificateName(name));
  if (wrong !== undefined) {
    throw serverError('tls.name', { option: names.tlsNames, found: wrong });
  }
  if (tlsCert !== undefined && tlsKey !== undefined) return ownCertificate(tlsCert, tlsKey);
  const dir = tlsDir ?? join(homedir(), '.cmpassport-mock', 'tls');
  try {
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
        : serverError('tls.folder', { option: names.tlsDir, folder: dir, code });
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
