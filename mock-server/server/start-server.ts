/** Assembles a server: its store, its carrier, and the listeners for HTTP, HTTPS, the proxy and the control API. */

import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { CARRIER_HOST_NAMES } from '../../src/protocol/operations.js';
import { bilingual } from '../../src/text/bilingual.js';
import { idOf, UsageError, wordsOf } from '../../src/text/usage-error.js';
import { createAnswer } from '../carrier/answer.js';
import {
  applyConfiguredApps,
  reconfigure,
  restoreConfiguredApps,
} from '../carrier/apps/configured-apps.js';
import type { Carrier } from '../carrier/carrier.js';
import type { Log } from '../carrier/log.js';
import { createRandom } from '../carrier/sources.js';
import { createMemoryStore } from '../carrier/store/memory.js';
import type { StateStore } from '../carrier/store/state-store.js';
import type { Tallies } from '../carrier/tallies.js';
import type { ControlApi } from '../control-api/control-api.js';
import { controlListener } from '../control-api/control-listener.js';
import { carrierOnlyControl } from '../control-api/unknown-path.js';
import { carrierListener } from '../http/carrier-listener.js';
import { createCarrierProxy } from '../http/carrier-proxy.js';
import { holdAnswers } from '../http/deliver.js';
import { forwardedAddress } from '../http/forwarded-address.js';
import { networkListener, refuseExpectations } from '../http/network-listener.js';
import { rememberSockets } from '../http/reset.js';
import { canonicalName } from '../http/tls/names.js';
import { DEFAULT_HOST } from '../options/option-rows.js';
import type { ServerOptions } from '../options/options.js';
import { FLAG_NAMES, type OptionNames } from '../options/options.js';
import type { Configuration } from '../options/settings.js';
import { carrierAndControl, controlApi, createCarrier } from './assembly.js';
import { certificateFor, type ShownCertificate } from './certificate.js';
import { openListeners, urlOf } from './listeners.js';
import {
  limitConnections,
  listenerLimits,
  logOpenControl,
  REQUEST_TIMEOUT_MS,
  serverNames,
} from './server-limits.js';

export interface ServerInputs {
  readonly options: ServerOptions;
  readonly configuration: Configuration;
  readonly log: Log;
  /** By default the carrier creates its own. */
  readonly tallies?: Tallies;
  /** By default that of the options. It is closed with the server, and if the server does not start. */
  readonly store?: StateStore;
  /** The time in milliseconds within which a request must arrive completely. */
  readonly requestTimeoutMs?: number;
  /** The names of the settings in error messages; by default their flags. */
  readonly names?: OptionNames;
}

/** The addresses of a running server. */
export interface Listening {
  /** `http://127.0.0.1:10086`, without a final slash. */
  readonly url: string;
  readonly httpsUrl: string | undefined;
  /** The proxy that connects the carrier's host names to this server, for `HTTPS_PROXY`. */
  readonly proxyUrl: string | undefined;
  /** The address of the control API. It differs from `url` if the control API has its own port. */
  readonly controlUrl: string;
  /** The local CA's certificate (PEM); undefined without HTTPS, or with your own certificate. */
  readonly caPem: string | undefined;
  /** Stops listening, waits at most five seconds for pending requests, and closes. A response that a script delays for longer ends at once. */
  close(): Promise<void>;
}

export interface Stopping {
  /** How long an idle connection may still send a request; by default it is closed at once. */
  readonly drainMs?: number;
  /** Runs after the last response and before the store is closed. */
  readonly finish?: (() => Promise<void>) | undefined;
}

export interface RunningServer extends Omit<Listening, 'close'> {
  readonly carrier: Carrier;
  /** The control API, for callers in the same process. */
  readonly control: ControlApi;
  /** The address of the control API and the console for users: that of the option, or `controlUrl`. */
  readonly publicUrl: string;
  close(stopping?: Stopping): Promise<void>;
  /** Applies a changed configuration. */
  reconfigure(configuration: Configuration): Promise<void>;
}

export async function startServer(inputs: ServerInputs): Promise<RunningServer> {
  const { options, configuration, log, tallies, names = FLAG_NAMES } = inputs;
  const { store, whenBack } = await storeFor(inputs, names);
  const carrier = createCarrier({ configuration, seed: options.seed, log, store, tallies });
  try {
    const server = await startListeners(inputs, carrier, names);
    whenBack?.(() => void restoreConfiguredApps(carrier));
    return server;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Loads the driver only for a Redis. Throws a UsageError if it cannot be reached. */
async function storeFor(
  { options, configuration, log, store }: ServerInputs,
  names: OptionNames,
): Promise<{ readonly store: StateStore; readonly whenBack?: (listener: () => void) => void }> {
  const { store: address, storePassword } = options;
  const { limits, settings } = configuration;
  if (store !== undefined || address === undefined)
    return { store: store ?? createMemoryStore(limits) };
  try {
    const { connectRedis } = await import('../carrier/store/redis/connection.js');
    const { createRedisStore } = await import('../carrier/store/redis/store.js');
    const connection = await connectRedis(address, log, storePassword);
    log.info({
      en: `the state is stored in ${connection.shown} and shared with every server that uses the same address`,
      zh: `状态存在 ${connection.shown}，与使用同一地址的其他实例共用`,
    });
    const serverId = createRandom().hex(16);
    return {
      store: createRedisStore({
        connection,
        limits,
        log,
        serverId,
        platformKey: settings.platformKey,
      }),
      whenBack: connection.whenBack,
    };
  } catch (error) {
    const words = wordsOf(error);
    throw new UsageError(
      bilingual((language) => `${names.store} ${words[language]}`),
      idOf(error),
    );
  }
}

async function startListeners(
  inputs: ServerInputs,
  carrier: Carrier,
  names: OptionNames,
): Promise<RunningServer> {
  const { options, log } = inputs;
  await applyConfiguredApps(carrier);
  const isSecure = options.httpsPort !== undefined;
  const certificate = isSecure ? await certificateFor(options, { called: names, log }) : undefined;
  const closing = new AbortController();
  const clientIpOf = await forwardedAddress(options.trustProxy, names.trustProxy);
  const control = controlApi(carrier, {
    controlToken: options.controlToken,
    caPem: certificate?.caPem,
    closing: closing.signal,
    publicUrl: options.publicUrl,
    hosts: serverNames(options, { cert: certificate?.cert, called: names.allowHosts }),
    carrierUrl: options.controlPort === undefined ? undefined : () => urlOf(http),
  });
  const ofCarrier = { clientIpOf, held: holdAnswers(closing.signal), refusesPages: true };
  // The control port also serves the carrier, because the console's page may only call its own origin.
  const both = networkListener(
    carrierAndControl(carrier, controlListener(control, clientIpOf), ofCarrier),
  );
  const others = controlListener(carrierOnlyControl(carrier), clientIpOf);
  const carrierOnly = () => carrierListener(createAnswer(carrier), { ...ofCarrier, others });
  const listener = options.controlPort === undefined ? both : networkListener(carrierOnly());
  const limits = listenerLimits(inputs.requestTimeoutMs ?? REQUEST_TIMEOUT_MS, closing.signal);
  const listeners = listenersFor({ options, names, certificate, listener, both, limits });
  const { http, https, proxy, control: controlPort } = listeners;
  const all = [http, https, proxy, controlPort].filter((each) => each !== undefined);
  const servers = all.map(({ server }) => server);
  for (const server of servers) refuseExpectations(server);
  limitConnections(servers, {
    maxConnections: options.maxConnections,
    log,
    called: names.maxConnections,
  });
  const close = await openListeners(all);
  // Clients of the carrier's port must not learn a separate address of the control API.
  const publicUrl = options.publicUrl ?? urlOf(controlPort ?? http);
  carrier.controlUrl = controlPort === undefined ? publicUrl : undefined;
  logOpenControl((controlPort ?? http).server, { ...options, log, called: names });
  return {
    url: urlOf(http),
    httpsUrl: https && urlOf(https),
    proxyUrl: proxy && urlOf(proxy),
    controlUrl: urlOf(controlPort ?? http),
    publicUrl,
    caPem: certificate?.caPem,
    carrier,
    control,
    reconfigure: ({ settings }) => reconfigure(carrier, settings),
    close: async ({ drainMs = 0, finish } = {}) => {
      closing.abort();
      await close(drainMs);
      await finish?.();
      await carrier.store.close();
    },
  };
}

/** The names that the proxy accepts. */
export function proxiedNames(tlsNames: readonly string[]): readonly string[] {
  return [...CARRIER_HOST_NAMES, ...tlsNames.map(canonicalName)];
}

interface ListenersInputs {
  readonly options: ServerOptions;
  readonly names: OptionNames;
  readonly certificate: ShownCertificate | undefined;
  /** The carrier's paths, and the control API if it has no separate port. */
  readonly listener: RequestListener;
  /** The carrier's paths and the control API. */
  readonly both: RequestListener;
  readonly limits: ReturnType<typeof listenerLimits>;
}

/** `control` is the control API's own port, which also serves the carrier. */
function listenersFor({ options, names, certificate, listener, both, limits }: ListenersInputs) {
  const { host, port, httpsPort = 0, proxyPort, controlPort, controlHost, tlsNames } = options;
  const https =
    certificate &&
    createHttpsServer({ ...limits, key: certificate.key, cert: certificate.cert }, listener);
  if (https !== undefined) rememberSockets(https);
  const proxy =
    proxyPort === undefined || https === undefined
      ? undefined
      : createCarrierProxy({ names: proxiedNames(tlsNames), https, listener, timeouts: limits });
  const calledBy = (name: string) => ({ host: names.host, port: name });
  return {
    http: { server: createServer(limits, listener), host, port, called: calledBy(names.port) },
    https: https && { server: https, host, port: httpsPort, called: calledBy(names.httpsPort) },
    proxy: proxy && {
      server: proxy,
      host,
      port: proxyPort ?? 0,
      called: calledBy(names.proxyPort),
    },
    control:
      controlPort === undefined
        ? undefined
        : {
            server: createServer(limits, both),
            // On loopback by default, even if the carrier is not: a separate port is for restricting access.
            host: controlHost ?? DEFAULT_HOST,
            port: controlPort,
            called: { host: names.controlHost, port: names.controlPort },
          },
  };
}
