/** The limits of a listener, the host names of its control API, and the warning about an open control API. */
import { X509Certificate } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerOptions, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { hostname } from 'node:os';
import { CARRIER_HOST_NAMES } from '../../src/protocol/hosts.js';
import type { Log } from '../carrier/log.js';
import { certificateNames, isCertificateName } from '../http/tls/names.js';
import type { Options } from '../options/options.js';
import { isLoopbackHost } from '../options/settings.js';
import { addressOf } from './listeners.js';
import { serverError } from './messages.js';

/** A request has less than 1 KiB. A client that needs more time will not complete it. */
export const REQUEST_TIMEOUT_MS = 10_000;
/** Connection pools of Java keep a connection for a minute. If the server closes it first, they see a reset. */
export const KEEP_ALIVE_TIMEOUT_MS = 75_000;
/** Node's default, set explicitly so that no flag of Node changes it. Headers that proxies add fit into it. */
export const HEADER_BYTES_MAX = 16 * 1024;
const TIMEOUT_CHECKS = 10;

export function listenerLimits(requestTimeoutMs: number, closing: AbortSignal) {
  /** Says `Connection: close` when the server stops, so that no client reuses the connection. */
  class ClosingResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
    override writeHead(...head: unknown[]): this {
      if (closing.aborted) this.shouldKeepAlive = false;
      return super.writeHead(...(head as Parameters<ServerResponse['writeHead']>));
    }
  }
  return {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    // For HTTPS. Node's default is two minutes.
    handshakeTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.ceil(requestTimeoutMs / TIMEOUT_CHECKS),
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    maxHeaderSize: HEADER_BYTES_MAX,
    // A lenient parser would allow request smuggling.
    insecureHTTPParser: false,
    ServerResponse: ClosingResponse,
  } satisfies ServerOptions & { readonly handshakeTimeout: number };
}

export type ListenerLimits = ReturnType<typeof listenerLimits>;

export interface ConnectionLimit {
  readonly maxConnections: number;
  readonly log: Log;
  /** The name of the option. */
  readonly called: string;
}

/** Closes connections above the limit at once, and logs this the first time. */
export function limitConnections(
  servers: readonly (Server | HttpsServer)[],
  { maxConnections, log, called }: ConnectionLimit,
): void {
  for (const server of servers) {
    server.maxConnections = maxConnections;
    server.once('drop', () =>
      log.error({
        en: `the limit of ${maxConnections} connections is reached, and further ones are closed at once (${called})`,
        zh: `连接数已达上限 ${maxConnections}，新的连接会立即关闭（${called}）`,
      }),
    );
  }
}

/** The host names that a server accepts: those of its options, its certificate, its machine and the carrier. */
export function serverNames(
  {
    host,
    controlHost = host,
    allowHosts,
    publicUrl,
  }: Pick<Options, 'host' | 'controlHost' | 'allowHosts' | 'publicUrl'>,
  { cert, called }: { readonly cert: string | undefined; readonly called: string },
): readonly string[] {
  const wrong = allowHosts.find((name) => !isCertificateName(name));
  if (wrong !== undefined) {
    throw serverError('allow-host.invalid', { option: called, found: wrong });
  }
  const certified = cert === undefined ? [] : certificateNames(new X509Certificate(cert));
  const published = publicUrl === undefined ? [] : [new URL(publicUrl).hostname];
  return [
    ...CARRIER_HOST_NAMES,
    ...certified,
    hostname(),
    host,
    controlHost,
    ...published,
    ...allowHosts,
  ];
}

interface ControlAccess extends Pick<Options, 'controlToken' | 'controlPort'> {
  readonly log: Log;
  readonly called: Readonly<Record<'controlToken' | 'controlPort' | 'controlHost', string>>;
}

/** Logs an error if other machines can reach the control API and it requires no token. */
export function logOpenControl(
  server: Server | HttpsServer,
  { controlToken, controlPort, log, called }: ControlAccess,
): void {
  const { address, port } = addressOf(server);
  if (controlToken !== undefined || isLoopbackHost(address)) return;
  const alternative =
    controlPort === undefined
      ? {
          en: `move it to loopback with ${called.controlPort}`,
          zh: `用 ${called.controlPort} 让它只监听本机`,
        }
      : { en: `omit ${called.controlHost}`, zh: `去掉 ${called.controlHost}` };
  log.error({
    en: `the control API on ${address} port ${port} requires no token: every client that reaches it can read and change every app. Set ${called.controlToken}, or ${alternative.en}`,
    zh: `${address} 端口 ${port} 上的控制接口不需要令牌：能访问它的客户端都可以查看和修改所有应用。请设置 ${called.controlToken}，或${alternative.zh}`,
  });
}
