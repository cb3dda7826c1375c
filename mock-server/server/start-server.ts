/** Assembles a server: its store, its carrier, and the listeners for HTTP, HTTPS, the proxy and the control API. */

import type { RequestListener } from 'node:http';
import { bilingual } from '../../src/text/bilingual.js';
import { idOf, UsageError, wordsOf } from '../../src/text/usage-error.js';
import { createAnswer } from '../carrier/answer.js';
import { applyConfiguredApps, checkStore, reconfigure } from '../carrier/apps/configured-apps.js';
import type { Carrier } from '../carrier/carrier.js';
import type { Log } from '../carrier/log.js';
import { createRandom } from '../carrier/sources.js';
import { createMemoryStore } from '../carrier/store/memory.js';
import type { StateStore } from '../carrier/store/state-store.js';
import type { Tallies } from '../carrier/tallies.js';
import type { ControlApi } from '../control-api/control-api.js';
import { type ClientIpOf, carrierListener } from '../http/carrier-listener.js';
import { holdAnswers } from '../http/deliver.js';
import { forwardedAddress } from '../http/forwarded-address.js';
import { lateListener } from '../http/late-listener.js';
import { networkListener } from '../http/network-listener.js';
import type { pageSdkListener } from '../http/page-sdk/listener.js';
import type { ServerOptions } from '../options/options.js';
import { FLAG_NAMES, type OptionNames } from '../options/options.js';
import { type Configuration, refuseTokenOfServer } from '../options/settings.js';
import { carrierAndControl, controlApi, createCarrier } from './assembly.js';
import type { Https } from './https.js';
import { urlOf } from './listeners.js';
import { countLost, type LostConnections } from './lost-connections.js';
import { addressesOf, createPorts, openPorts, type Ports } from './ports.js';
import {
  type ListenerLimits,
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
  /** The address of the HTTPS port; by default that of the others. */
  readonly httpsHost?: string | undefined;
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
  /** The connections without a request. */
  readonly lost: LostConnections;
  /** The address of the control API and the console for users: that of the option, or `controlUrl`. */
  readonly publicUrl: string;
  close(stopping?: Stopping): Promise<void>;
  /** Applies a changed configuration. */
  reconfigure(configuration: Configuration): Promise<void>;
}

export async function startServer(inputs: ServerInputs): Promise<RunningServer> {
  const { options, configuration, log, tallies, names = FLAG_NAMES } = inputs;
  refuseTokenOfServer(configuration.settings, options.controlToken);
  const { store, whenBack } = await storeFor(inputs, names);
  const carrier = createCarrier({ configuration, seed: options.seed, log, store, tallies });
  try {
    await applyConfiguredApps(carrier);
    if (store.shared) await checkStore(carrier);
    const { stop, ...listening } = await listen(carrier, { ...inputs, names });
    // Clients of the carrier's port must not learn a separate address of the control API.
    carrier.controlUrl = options.controlPort === undefined ? listening.publicUrl : undefined;
    whenBack?.(() => void checkStore(carrier).catch(() => undefined));
    return {
      ...listening,
      carrier,
      reconfigure: async ({ settings }) => {
        refuseTokenOfServer(settings, options.controlToken);
        await reconfigure(carrier, settings);
      },
      close: async ({ drainMs = 0, finish } = {}) => {
        await stop(drainMs);
        await finish?.();
        await carrier.store.close();
      },
    };
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
    const { requireFormat } = await import('../carrier/store/redis/format.js');
    const connection = await connectRedis(address, log, storePassword);
    await requireFormat(connection);
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

type NamedInputs = ServerInputs & { readonly names: OptionNames };

interface Open extends Omit<RunningServer, 'carrier' | 'reconfigure' | 'close'> {
  /** Waits for pending requests, and closes the ports. */
  readonly stop: (drainMs: number) => Promise<void>;
}

async function listen(carrier: Carrier, inputs: NamedInputs): Promise<Open> {
  const { options, log, names, httpsHost, requestTimeoutMs = REQUEST_TIMEOUT_MS } = inputs;
  const clientIpOf = await forwardedAddress(options.trustProxy, names.trustProxy);
  const pageSdk = await pageSdkFor(options);
  const closing = new AbortController();
  const limits = listenerLimits(requestTimeoutMs, closing.signal);
  const { server: httpsServer, certificate } = await httpsFor(inputs, limits);
  const ports = createPorts({ options, names, httpsHost, httpsServer, limits });
  const control = controlApi(carrier, {
    controlToken: options.controlToken,
    caPem: certificate?.caPem,
    closing: closing.signal,
    publicUrl: options.publicUrl,
    hosts: serverNames(options, { cert: certificate?.cert, called: names.allowHosts }),
    carrierUrl: ports.control && (() => urlOf(ports.http)),
  });
  const { http, https, control: separate } = ports;
  const lost = countLost([http, https, separate].flatMap((port) => port?.server ?? []));
  handleRequests(ports, carrier, {
    control,
    clientIpOf,
    closing: closing.signal,
    pageSdk,
  });
  const { maxConnections } = options;
  const close = await openPorts(ports, { maxConnections, log, called: names.maxConnections });
  logOpenControl((ports.control ?? ports.http).server, { ...options, log, called: names });
  const addresses = addressesOf(ports);
  return {
    ...addresses,
    publicUrl: options.publicUrl ?? addresses.controlUrl,
    caPem: certificate?.caPem,
    control,
    lost,
    stop: (drainMs) => {
      closing.abort();
      return close(drainMs);
    },
  };
}

/** Empty without HTTPS. */
async function httpsFor(inputs: NamedInputs, limits: ListenerLimits): Promise<Partial<Https>> {
  if (inputs.options.httpsPort === undefined) return {};
  const { createHttps } = await import('./https.js');
  return createHttps(inputs, limits);
}

async function pageSdkFor({ pageSdk }: ServerOptions): Promise<Handling['pageSdk']> {
  return pageSdk === true
    ? (await import('../http/page-sdk/listener.js')).pageSdkListener
    : undefined;
}

interface Handling {
  readonly control: ControlApi;
  readonly clientIpOf: ClientIpOf | undefined;
  readonly closing: AbortSignal;
  /** undefined if the server does not serve the SDK for pages. */
  readonly pageSdk: typeof pageSdkListener | undefined;
}

function handleRequests(ports: Ports, carrier: Carrier, handling: Handling): void {
  const { control, clientIpOf, closing, pageSdk } = handling;
  const ofCarrier = { clientIpOf, held: holdAnswers(closing), refusesPages: true };
  const withPages = (listener: RequestListener) =>
    pageSdk === undefined ? listener : pageSdk(carrier, listener);
  // The control port also serves the carrier, because the console's page may only call its own origin.
  const both = networkListener(
    withPages(carrierAndControl(carrier, control.listener(clientIpOf), ofCarrier)),
  );
  const carrierOnly = () => {
    const others = lateListener(carrier.log, () => carrierOnlyListener(carrier, clientIpOf));
    return networkListener(
      withPages(carrierListener(createAnswer(carrier), { ...ofCarrier, others })),
    );
  };
  const listener = ports.control === undefined ? both : carrierOnly();

  ports.http.server.on('request', listener);
  ports.https?.server.on('request', listener);
  ports.control?.server.on('request', both);
}

/** For the paths that are not the carrier's, on a port without the control API. */
async function carrierOnlyListener(
  carrier: Carrier,
  clientIpOf: ClientIpOf | undefined,
): Promise<RequestListener> {
  const { answerListener } = await import('../control-api/control-listener.js');
  const { carrierOnlyControl } = await import('../control-api/unknown-path.js');
  return answerListener(carrierOnlyControl(carrier), clientIpOf);
}
