/** The ports of a server: HTTP, HTTPS, the proxy, and the control API's own. */
import { createServer, type Server } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { CARRIER_HOST_NAMES, CARRIER_HOSTS } from '../../src/protocol/hosts.js';
import { createCarrierProxy } from '../http/carrier-proxy.js';
import { refuseExpectations } from '../http/network-listener.js';
import { canonicalName } from '../http/tls/names.js';
import { DEFAULT_HOST } from '../options/option-rows.js';
import type { OptionNames, ServerOptions } from '../options/options.js';
import { type Listener, openListeners, urlOf } from './listeners.js';
import { type ConnectionLimit, type ListenerLimits, limitConnections } from './server-limits.js';

export interface Ports {
  readonly http: Listener;
  readonly https: Listener | undefined;
  readonly proxy: Listener | undefined;
  /** The control API's own port, which also serves the carrier. */
  readonly control: Listener | undefined;
}

export interface PortsInputs {
  readonly options: ServerOptions;
  readonly names: OptionNames;
  /** The address of the HTTPS port; by default that of the others. */
  readonly httpsHost: string | undefined;
  /** undefined without HTTPS. */
  readonly httpsServer: HttpsServer | undefined;
  readonly limits: ListenerLimits;
}

/** They do not listen yet, and have no handlers. */
export function createPorts(inputs: PortsInputs): Ports {
  const { options, names, httpsServer, limits } = inputs;
  const { host, port, httpsPort = 0 } = options;
  const { httpsHost = host } = inputs;
  const calledBy = (name: string) => ({ host: names.host, port: name });
  const http = createServer(limits);
  return {
    http: { scheme: 'http', server: http, host, port, called: calledBy(names.port) },
    https: httpsServer && {
      scheme: 'https',
      server: httpsServer,
      host: httpsHost,
      port: httpsPort,
      called: calledBy(names.httpsPort),
    },
    proxy: httpsServer && proxyPort(inputs, { http, https: httpsServer }),
    control: controlPort(inputs),
  };
}

/** It leads to the other two. */
function proxyPort(
  { options, names, limits }: PortsInputs,
  servers: { readonly http: Server; readonly https: HttpsServer },
): Listener | undefined {
  const { host, proxyPort: port, tlsNames } = options;
  if (port === undefined) return undefined;
  const server = createCarrierProxy({
    hosts: [...CARRIER_HOSTS, ...tlsNames.map(canonicalName)],
    ...servers,
    timeouts: limits,
  });
  const called = { host: names.host, port: names.proxyPort };
  return { scheme: 'http', server, host, port, called };
}

function controlPort({ options, names, limits }: PortsInputs): Listener | undefined {
  // On loopback by default, even if the carrier is not: a separate port is for restricting access.
  const { controlPort: port, controlHost: host = DEFAULT_HOST } = options;
  if (port === undefined) return undefined;
  const called = { host: names.controlHost, port: names.controlPort };
  return { scheme: 'http', server: createServer(limits), host, port, called };
}

/** Opens all or, if one fails, none. The returned function closes them. */
export function openPorts(ports: Ports, limit: ConnectionLimit) {
  const { http, https, proxy, control } = ports;
  const listeners = [http, https, proxy, control].filter((each) => each !== undefined);
  const servers = listeners.map(({ server }) => server);
  for (const server of servers) refuseExpectations(server);
  limitConnections(servers, limit);
  return openListeners(listeners);
}

/** The addresses of open ports. */
export function addressesOf({ http, https, proxy, control }: Ports) {
  return {
    url: urlOf(http),
    httpsUrl: https && urlOf(https),
    proxyUrl: proxy && urlOf(proxy),
    controlUrl: urlOf(control ?? http),
  };
}

/** The names that the proxy accepts, without ports. */
export function proxiedNames(tlsNames: readonly string[]): readonly string[] {
  return [...CARRIER_HOST_NAMES, ...tlsNames.map(canonicalName)];
}
