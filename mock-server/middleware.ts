/** The carrier and its control API as middleware for an Express, connect or node:http server. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Mock, mockOver } from '../src/control/mock.js';
import { operationByPrefix } from '../src/protocol/operations.js';
import { singleSlashes } from '../src/protocol/paths.js';
import { messageOf } from '../src/text/error-message.js';
import { applyConfiguredApps } from './carrier/apps/configured-apps.js';
import type { ControlAnswer, InProcessCall } from './control-api/control-exchange.js';
import { pathOf } from './http/carrier-listener.js';
import { holdAnswers } from './http/deliver.js';
import { forwardedAddress } from './http/forwarded-address.js';
import { networkListener } from './http/network-listener.js';
import { inProcessConnection } from './in-process/in-process-fetch.js';
import { toConfiguration } from './options/configuration.js';
import { optionError } from './options/messages.js';
import { checkOptionNames } from './options/option-kinds.js';
import { DEFAULT_HOST } from './options/option-rows.js';
import { type ConfigurationInput, refuseTokenOfServer } from './options/settings.js';
import { carrierAndControl, controlApi, createCarrier } from './server/assembly.js';
import { serverNames } from './server/server-limits.js';
import { errorLog } from './telemetry/log.js';

/** The options of the middleware. All are optional. */
export interface CarrierMiddlewareOptions {
  /** The content of a configuration file. */
  readonly configuration?: ConfigurationInput;
  /** Generates ids, tokens and credentials from this text, the same each time. */
  readonly seed?: string;
  /** Proxies whose X-Forwarded-For is trusted: addresses, CIDR blocks or `loopback`. Express's `trust proxy` has no effect. */
  readonly trustProxy?: readonly string[];
  /** The token that callers of the control API must send. */
  readonly controlToken?: string;
  /** Host names that the control API accepts in addition to addresses and local names; `*.` stands for one label. */
  readonly allowHosts?: readonly string[];
}

/**
 * `(req, res, next)` for Express 4 and 5 and connect; without `next`, a request listener for node:http.
 *
 * @example
 * import { createServer } from 'node:http';
 * import { type CarrierMiddleware, createCarrierMiddleware } from 'cmpassport-mock/server';
 *
 * const carrier: CarrierMiddleware = createCarrierMiddleware({ configuration: { apps: [{ appId: '300000000002' }] } });
 * createServer(carrier).listen(10086);
 * const app = await carrier.mock.app('300000000002');
 * await app.mint();
 */
export interface CarrierMiddleware {
  (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void): void;
  /** The client of the control API: apps, tokens, clocks, scripts, assertions. It does not use the network. */
  readonly mock: Mock;
  /**
   * Ends event streams, and responses that a script delays for more than five seconds (hang, delay, drip), so that a
   * stopping server does not wait for them. Later requests are handled; their responses end in the same way.
   */
  close(): void;
}

const OPTION_NAMES = [
  'configuration',
  'seed',
  'trustProxy',
  'controlToken',
  'allowHosts',
] as const satisfies readonly (keyof CarrierMiddlewareOptions)[];

/**
 * Creates a middleware that handles the carrier's paths and `/_mock`, and calls `next()` for all others. If it is mounted at
 * a path, it handles these paths below it. Use it before body parsers, because the carrier needs the bytes of the body: for
 * a request whose body is already read it calls `next` with an error. Throws an Error of one sentence if the configuration
 * is invalid. An invalid `trustProxy` is reported by each request.
 *
 * @example
 * import { createServer } from 'node:http';
 * import { createCarrierMiddleware } from 'cmpassport-mock/server';
 *
 * const carrier = createCarrierMiddleware();
 * const server = createServer((req, res) => carrier(req, res, () => res.writeHead(404).end()));
 * const app = await carrier.mock.createApp();
 * await app.script('loginTokenValidate', '103211*2, pass');
 * server.on('close', () => carrier.close());
 */
export function createCarrierMiddleware(options: CarrierMiddlewareOptions = {}): CarrierMiddleware {
  checkOptionNames(options, OPTION_NAMES);
  const { controlToken } = options;
  const closing = new AbortController();
  const { listening, control } = assembled(options, closing.signal);
  const onNetwork = listening.then(networkListener);
  // Each request reports this failure. Without a request, the rejection must not end the process.
  onNetwork.catch(() => undefined);
  return Object.assign(answer, {
    // The address of the server is unknown, and this client does not use the network.
    mock: mockOver(inProcessConnection(control, { url: 'http://127.0.0.1', controlToken })),
    close: () => closing.abort(),
  });

  function answer(req: IncomingMessage, res: ServerResponse, next?: Next): void {
    const path = pathOf(req.url ?? '');
    const isOurs =
      operationByPrefix(singleSlashes(path)) !== undefined || /^\/_mock(?:\/|$)/.test(path);
    if (next !== undefined && !isOurs) next();
    else if (req.readableDidRead || req.readableEnded)
      fail(res, optionError('middleware.body-is-read'), next);
    else onNetwork.then((listener) => listener(req, res)).catch((error) => fail(res, error, next));
  }
}

type Next = (error?: unknown) => void;

/** The carrier with its control API. Its listener is ready when the apps of the configuration exist. */
function assembled(options: CarrierMiddlewareOptions, closing: AbortSignal) {
  const { configuration = {}, seed, controlToken, allowHosts = [], trustProxy = [] } = options;
  const hosts = serverNames(
    { host: DEFAULT_HOST, controlHost: undefined, publicUrl: undefined, allowHosts },
    { cert: undefined, called: 'allowHosts' },
  );
  const checked = toConfiguration(configuration, DEFAULT_HOST);
  refuseTokenOfServer(checked.settings, controlToken);
  const carrier = createCarrier({
    configuration: checked,
    seed,
    log: errorLog(),
  });
  const api = controlApi(carrier, { controlToken, caPem: undefined, closing, hosts });
  const listening = listen();

  async function listen() {
    await applyConfiguredApps(carrier);
    const clientIpOf = await forwardedAddress(trustProxy, 'trustProxy');
    const ofCarrier = { clientIpOf, held: holdAnswers(closing), refusesPages: true };
    return carrierAndControl(carrier, api.listener(clientIpOf), ofCarrier);
  }

  async function control(call: InProcessCall): Promise<ControlAnswer> {
    await listening;
    return api.call(call);
  }
  return { listening, control };
}

function fail(res: ServerResponse, error: unknown, next: Next | undefined): void {
  if (next !== undefined) next(error);
  else res.writeHead(500, { 'Content-Type': 'text/plain' }).end(messageOf(error));
}
