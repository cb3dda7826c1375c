/** The certificate of a server: the user's, or a certificate of the local CA. */

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { codeOf, messageOf } from '../../src/text/error-message.js';
import { fileError, UsageError, wordsOf } from '../../src/text/usage-error.js';
import type { Log } from '../carrier/log.js';
import { systemClock } from '../carrier/sources.js';
import type { ServerCertificate } from '../http/tls/issue.js';
import { isCertificateName } from '../http/tls/names.js';
import type { OptionNames, Options } from '../options/options.js';

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
  if (wrong !== undefined)
    throw new UsageError({
      en: `${called.tlsNames} must be host names or addresses, found ${JSON.stringify(wrong)}`,
      zh: `${called.tlsNames} 应为主机名或地址，实际为 ${JSON.stringify(wrong)}`,
    });
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
    const unusable = {
      en: `${called.tlsDir} must be a folder that this user may write to, found ${dir} (${code}): use another folder`,
      zh: `${called.tlsDir} 应为当前用户可写的目录，实际为 ${dir}（${code}）：请换一个目录`,
    };
    throw fileError('HTTPS', new UsageError(code === undefined ? wordsOf(error) : unusable));
  }
}

/** Throws a UsageError if the files are not a certificate and its key. */
function ownCertificate(certFile: string, keyFile: string) {
  const pair = { cert: readPem('--tls-cert', certFile), key: readPem('--tls-key', keyFile) };
  try {
    createSecureContext(pair);
  } catch (error) {
    const reason = messageOf(error);
    throw new UsageError({
      en: `--tls-cert ${certFile} and --tls-key ${keyFile} must be a certificate and its private key in PEM, found other content (${reason}): correct the files`,
      zh: `--tls-cert ${certFile} 和 --tls-key ${keyFile} 应为 PEM 格式的证书和对应的私钥，实际不符（${reason}）：请改正文件`,
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
