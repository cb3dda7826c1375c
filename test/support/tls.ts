/** HTTPS as a client makes it that trusts one CA and checks everything. */
import { once } from 'node:events';
import { request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { LOGIN_PATH } from './mock.js';

export interface SecureOptions {
  readonly ca: string;
  /** The name that the certificate has to be for; the address itself unless said. */
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
  /** The presented certificate's. */
  readonly keyType: string | undefined;
  readonly serialNumber: string;
}

/** Rejects where the certificate does not hold. */
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

/** The CA's certificate as the server gives it to those who trust nothing yet. */
export async function caOf(url: string): Promise<string> {
  const response = await fetch(`${url}/_mock/ca.pem`);
  if (response.status !== 200) throw new Error(await response.text());
  return response.text();
}
