/** What a listener lets happen to it, the names that its control API is known by, and who reaches that. */
import { X509Certificate } from 'node:crypto';
import type { Server, ServerOptions } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { CARRIER_HOST_NAMES } from '../../src/protocol/operations.js';
import type { Log } from '../carrier/carrier.js';
import { isLoopbackHost } from '../cli/config.js';
import type { Options } from '../cli/options.js';
import { UsageError } from '../cli/usage-error.js';
import { certificateNames, isCertificateName } from './tls/names.js';

/** A request is under 1 KiB: one that takes longer than this is not coming. */
export const REQUEST_TIMEOUT_MS = 10_000;
/** Java's pools keep a connection for a minute: one that we close first is a reset on their side. */
export const KEEP_ALIVE_TIMEOUT_MS = 75_000;
/** Node's own bound, said here so that no flag of Node's moves it: proxies add to headers, but not that much. */
export const HEADER_BYTES_MAX = 16 * 1024;
const TIMEOUT_CHECKS = 10;

export function listenerLimits(requestTimeoutMs: number): ServerOptions & { readonly handshakeTimeout: number } {
  return {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    // Of HTTPS: Node would wait for two minutes.
    handshakeTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.ceil(requestTimeoutMs / TIMEOUT_CHECKS),
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    maxHeaderSize: HEADER_BYTES_MAX,
    // What two parsers read in two ways is how a request is smuggled past one of them.
    insecureHTTPParser: false,
  };
}

/** Beyond the bound connections are closed as soon as they are made; whoever looks for the reason finds it in the log. */
export function limitConnections(
  servers: readonly (Server | HttpsServer)[],
  { maxConnections, log, called }: { readonly maxConnections: number; readonly log: Log; readonly called: string },
): void {
  for (const server of servers) {
    server.maxConnections = maxConnections;
    server.once('drop', () =>
      log.error({
        en: `there are ${maxConnections} connections, and more are closed at once (${called})`,
        zh: `连接数已达 ${maxConnections}，再多的连接会立即关闭（${called}）`,
      }),
    );
  }
}

type Named = Pick<Options, 'host' | 'controlHost' | 'allowHosts'>;

/** The names that a server is known by: what it was given, its certificate's, its machine's, and the carrier's own. */
export function serverNames(
  { host, controlHost = host, allowHosts }: Named,
  { cert, called }: { readonly cert: string | undefined; readonly called: string },
): readonly string[] {
  const wrong = allowHosts.find((name) => !isCertificateName(name));
  if (wrong !== undefined)
    throw new UsageError(`${called} must be host names without a port, found ${JSON.stringify(wrong)}`);
  const certified = cert === undefined ? [] : certificateNames(new X509Certificate(cert));
  return [...CARRIER_HOST_NAMES, ...certified, hostname(), host, controlHost, ...allowHosts];
}

interface ControlAccess {
  readonly controlToken: string | undefined;
  readonly controlPort: number | undefined;
  readonly log: Log;
  readonly called: Readonly<Record<'controlToken' | 'controlPort' | 'controlHost', string>>;
}

/** A control API that asks for no token is for its own machine alone; `server` is where it listens. */
export function logOpenControl(
  server: Server | HttpsServer,
  { controlToken, controlPort, log, called }: ControlAccess,
): void {
  const { address, port } = server.address() as AddressInfo;
  if (controlToken !== undefined || isLoopbackHost(address)) return;
  const orElse =
    controlPort === undefined
      ? { en: `move it to loopback with ${called.controlPort}`, zh: `用 ${called.controlPort} 把它移到本机地址` }
      : { en: `omit ${called.controlHost}`, zh: `去掉 ${called.controlHost}` };
  log.error({
    en: `the control API on ${address} port ${port} requires no token: every client that reaches it can read and change every app. Set ${called.controlToken}, or ${orElse.en}`,
    zh: `${address} 端口 ${port} 上的控制接口不需要令牌：能访问到它的客户端都可以读取和修改所有应用。请设置 ${called.controlToken}，或${orElse.zh}`,
  });
}
