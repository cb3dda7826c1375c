/** The listeners on ports, HTTP, HTTPS and the proxy to both, started and stopped. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { CARRIER_HOST_NAMES } from '../src/protocol/operations.js';
import { type CarrierProxyOptions, createCarrierProxy } from './adapters/carrier-proxy.js';
import { CLOSE_GRACE_MS } from './adapters/deliver.js';
import { keyOf, rememberSockets } from './adapters/reset.js';
import type { Carrier, Log } from './carrier.js';
import type { Configuration } from './config.js';
import { clientIpBehind, createCarrier, requestListener } from './in-process.js';
import type { Options } from './options.js';
import { createRandom, systemClock } from './sources.js';
import type { StateStore } from './state-store.js';
import { openStore } from './stores/open-store.js';
import type { ServerCertificate } from './tls/local-ca.js';
import { canonicalName, isCertificateName } from './tls/names.js';
import { UsageError } from './usage-error.js';
import { applyConfiguredApps } from './worlds/configured-apps.js';

export interface ServerInputs {
  readonly options: Omit<Options, 'config' | 'log'>;
  readonly configuration: Configuration;
  readonly log: Log;
  /** How long a request may take to arrive in full, in milliseconds. */
  readonly requestTimeoutMs?: number;
  /** What mistakes call the settings by; their flags unless said. */
  readonly names?: SettingNames;
}

export interface SettingNames {
  readonly host: string;
  readonly port: string;
  readonly httpsPort: string;
  readonly proxyPort: string;
  readonly trustProxy: string;
  readonly tlsNames: string;
  readonly store: string;
}

const FLAGS: SettingNames = {
  host: '--host',
  port: '--port',
  httpsPort: '--https-port',
  proxyPort: '--proxy-port',
  trustProxy: '--trust-proxy',
  tlsNames: '--tls-name',
  store: '--store',
};

/** Where a server listens. */
export interface Listening {
  /** `http://127.0.0.1:10086`, without a slash at its end. */
  readonly url: string;
  readonly httpsUrl: string | undefined;
  /** The proxy that leads the carrier's names to it, for `HTTPS_PROXY`. */
  readonly proxyUrl: string | undefined;
  /** The local CA's certificate (PEM), where there is one. */
  readonly caPem: string | undefined;
  /** Stops listening, lets the requests in flight finish for at most five seconds, and closes; what a script holds back for longer ends at once. */
  close(): Promise<void>;
}

export interface RunningServer extends Listening {
  readonly carrier: Carrier;
  readonly listener: RequestListener;
  /** Takes over a changed configuration. */
  reconfigure(configuration: Configuration): Promise<void>;
}

// A request is under 1 KiB: one that takes longer than this is not coming.
const REQUEST_TIMEOUT_MS = 10_000;
// Java's pools keep a connection for a minute: one that we close first is a reset on their side.
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
const TIMEOUT_CHECKS = 10;
const CLOSE_CHECK_MS = 20;
const SERVER_ID_DIGITS = 16;

export async function startServer(inputs: ServerInputs): Promise<RunningServer> {
  const { options, configuration, log, names = FLAGS } = inputs;
  const store = await storeFor(inputs, names);
  const carrier = createCarrier({ configuration, seed: options.seed, log, store });
  try {
    return await listening(inputs, carrier, names);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function listening(inputs: ServerInputs, carrier: Carrier, names: SettingNames): Promise<RunningServer> {
  const { options } = inputs;
  await applyConfiguredApps(carrier);
  const certificate = options.httpsPort === undefined ? undefined : await certificateFor(options, names);
  const closing = new AbortController();
  const listener = requestListener(carrier, {
    clientIpOf: await clientIpBehind(options.trustProxy, { name: names.trustProxy }),
    controlToken: options.controlToken,
    caPem: certificate?.caPem,
    closing: closing.signal,
  });
  const timeouts = serverTimeouts(inputs.requestTimeoutMs ?? REQUEST_TIMEOUT_MS);
  const http = createServer(timeouts, listener);
  const https =
    certificate && createHttpsServer({ ...timeouts, key: certificate.key, cert: certificate.cert }, listener);
  const proxy = https && proxyTo({ https, listener, timeouts }, options);
  const servers = [http, https, proxy].filter((server) => server !== undefined);
  if (https !== undefined) rememberSockets(https);
  const closables = servers.map((server) => ({ server, connections: rememberConnections(server) }));
  try {
    await listen(http, { host: options.host, port: options.port, called: { host: names.host, port: names.port } });
    if (https !== undefined)
      await listen(https, {
        host: options.host,
        port: options.httpsPort ?? 0,
        called: { host: names.host, port: names.httpsPort },
      });
    if (proxy !== undefined)
      await listen(proxy, {
        host: options.host,
        port: options.proxyPort ?? 0,
        called: { host: names.host, port: names.proxyPort },
      });
  } catch (error) {
    await closeAll(closables, 0);
    throw error;
  }
  return {
    url: urlOf('http', http, options.host),
    httpsUrl: https && urlOf('https', https, options.host),
    proxyUrl: proxy && urlOf('http', proxy, options.host),
    caPem: certificate?.caPem,
    carrier,
    listener,
    reconfigure: async ({ settings }) => {
      carrier.settings = settings;
      await applyConfiguredApps(carrier);
    },
    close: async () => {
      closing.abort();
      await closeAll(closables, CLOSE_GRACE_MS);
      await carrier.store.close();
    },
  };
}

async function storeFor({ options, configuration, log }: ServerInputs, names: SettingNames): Promise<StateStore> {
  try {
    const serverId = createRandom().hex(SERVER_ID_DIGITS);
    return await openStore({ address: options.store, limits: configuration.limits, log, serverId });
  } catch (error) {
    throw new UsageError(`${names.store} ${error instanceof Error ? error.message : error}`);
  }
}

function proxyTo(mock: Omit<CarrierProxyOptions, 'names'>, { proxyPort, tlsNames }: ServerInputs['options']) {
  if (proxyPort === undefined) return undefined;
  return createCarrierProxy({ ...mock, names: [...CARRIER_HOST_NAMES, ...tlsNames.map(canonicalName)] });
}

function serverTimeouts(requestTimeoutMs: number) {
  return {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    handshakeTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.ceil(requestTimeoutMs / TIMEOUT_CHECKS),
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  };
}

async function certificateFor({ tlsCert, tlsKey, tlsDir, tlsNames }: ServerInputs['options'], names: SettingNames) {
  const wrong = tlsNames.find((name) => !isCertificateName(name));
  if (wrong !== undefined)
    throw new UsageError(`${names.tlsNames} must be host names or addresses, found ${JSON.stringify(wrong)}`);
  try {
    if (tlsCert !== undefined && tlsKey !== undefined) return ownCertificate(tlsCert, tlsKey);
    const { localCertificate } = await import('./tls/local-ca.js');
    const dir = tlsDir ?? join(homedir(), '.cmpassport-mock', 'tls');
    return (await localCertificate({ dir, names: tlsNames, nowMs: systemClock.nowMs() })) satisfies ServerCertificate;
  } catch (error) {
    throw new UsageError(`HTTPS: ${error instanceof Error ? error.message : error}`);
  }
}

/** Throws where the two files are no certificate and key, or do not belong together. */
function ownCertificate(certFile: string, keyFile: string) {
  const pair = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  try {
    createSecureContext(pair);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(
      `--tls-cert ${certFile} and --tls-key ${keyFile} must be a certificate and its key in PEM (${reason})`,
    );
  }
  return { ...pair, caPem: undefined };
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly called: Pick<SettingNames, 'host' | 'port'>;
}

function listen(server: Server | HttpsServer, { host, port, called }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, { host, port, called })));
    // A thousand connections at once wait here until they are accepted.
    server.listen({ host, port, backlog: 1024 }, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, { host, port, called }: Place): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new UsageError(`port ${port} on ${host} is taken: give another with ${called.port}, 0 picks a free one`);
    case 'EACCES':
      return new UsageError(
        `port ${port} needs more rights than this user has: give one above 1023 with ${called.port}`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new UsageError(`${called.host} ${host} is no address of this machine`);
    default:
      return error;
  }
}

/** Where a server that listens on every address is reached from its own machine. */
const UNSPECIFIED: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

function urlOf(scheme: 'http' | 'https', server: Server | HttpsServer, host: string): string {
  const { port } = server.address() as AddressInfo;
  const reachable = UNSPECIFIED[host] ?? host;
  return `${scheme}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

interface Connections {
  /**
   * Ends those that a client made and never used: Node does not count them as idle, so that a server that stops would
   * wait for a request that does not come. Nor does it know a connection to the HTTPS port before its handshake.
   */
  endUnused(): void;
  endAll(): void;
}

function rememberConnections(server: Server | HttpsServer): Connections {
  const tcp = rememberOpen(server, 'connection');
  // Of a TLS connection the bytes of its handshake do not count.
  const ready = server instanceof HttpsServer ? rememberOpen(server, 'secureConnection') : tcp;
  return {
    endUnused: () => {
      for (const socket of ready) if (socket.bytesRead === 0) socket.destroy();
      const keys = new Set([...ready].map(keyOf));
      for (const socket of tcp) if (!keys.has(keyOf(socket))) socket.destroy();
    },
    endAll: () => {
      for (const socket of tcp) socket.destroy();
    },
  };
}

function rememberOpen(server: Server | HttpsServer, event: 'connection' | 'secureConnection'): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on(event, (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return open;
}

interface Closable {
  readonly server: Server | HttpsServer;
  readonly connections: Connections;
}

async function closeAll(closables: readonly Closable[], graceMs: number): Promise<void> {
  const closed = closables.map(({ server }) => new Promise<void>((resolve) => server.close(() => resolve())));
  for (const { connections } of closables) connections.endUnused();
  // A connection turns idle when its last answer has gone, which may be at any time from now on.
  const idle = setInterval(() => {
    for (const { server } of closables) server.closeIdleConnections();
  }, CLOSE_CHECK_MS);
  const grace = setTimeout(() => {
    for (const { connections } of closables) connections.endAll();
  }, graceMs);
  await Promise.all(closed);
  clearInterval(idle);
  clearTimeout(grace);
}
