/**
 * The carrier as a server in a test's own process, and as middleware of somebody's own.
 *
 * @module cmpassport-mock/server
 */
import { connectMock, type Mock } from '../src/control/mock.js';
import { type ConfigurationInput, toConfiguration } from './config.js';
import { inProcessConnection } from './in-process.js';
import { errorLog } from './log.js';
import { checkOptionNames } from './option-names.js';
import { DEFAULT_HOST } from './options.js';
import { type Listening, type ServerInputs, startServer } from './start-server.js';

export { ControlError, type ControlErrorCode, MockAssertionError } from '../src/control/errors.js';
export type { ConfigurationInput } from './config.js';
export { type CarrierMiddleware, type CarrierMiddlewareOptions, createCarrierMiddleware } from './middleware.js';
export type { ConfiguredApp } from './worlds/app-input.js';

/** A server that listens. `close()` stops it within five seconds, and so does `await using`. */
export interface MockServer extends Listening, AsyncDisposable {
  /** Its control API: apps, requests and what else a test asks of it. Goes past the network, whoever intercepts that. */
  readonly mock: Mock;
}

/** How a server is set up; all of it has a default. */
export interface MockServerOptions {
  /** What a configuration file could say. */
  readonly configuration?: ConfigurationInput;
  /** The address to listen on; 127.0.0.1 unless said. */
  readonly host?: string;
  /** A free one unless said. */
  readonly port?: number;
  /** HTTPS as well, where given; 0 picks a free port. */
  readonly httpsPort?: number;
  /** Where the local CA is kept, and made on first use; `.cmpassport-mock/tls` at home unless said. */
  readonly tlsDir?: string;
  /** Names for the certificate, beside the carrier's own and those of this machine. */
  readonly tlsNames?: readonly string[];
  /** Draws ids, tokens and credentials from this text: the same each time. */
  readonly seed?: string;
  /** Proxies whose X-Forwarded-For is believed: addresses, CIDR blocks or `loopback`. */
  readonly trustProxy?: readonly string[];
  /** What callers of the control API have to present. */
  readonly controlToken?: string;
  /** How long a request may take to arrive in full, in milliseconds; 10 000 unless said. */
  readonly requestTimeoutMs?: number;
}

const OPTION_NAMES = [
  'configuration',
  'host',
  'port',
  'httpsPort',
  'tlsDir',
  'tlsNames',
  'seed',
  'trustProxy',
  'controlToken',
  'requestTimeoutMs',
] as const satisfies readonly (keyof MockServerOptions)[];

/**
 * A server inside a test's own process, on a free port of loopback. Close it, or let `await using` do so.
 * Rejects with an Error of one sentence where an option or the configuration is wrong.
 *
 * @example
 * import { createMockServer } from 'cmpassport-mock/server';
 *
 * declare function signIn(baseUrl: string, token: string): Promise<void>; // your code, which calls the carrier
 *
 * await using server = await createMockServer();
 * const app = await server.mock.createApp();
 * const { token } = await app.mint({ phoneNumber: '13800138000' });
 * await signIn(server.url, token);
 * await app.assertCalledOnce({ operation: 'loginTokenValidate', resultCode: '103000' });
 */
export async function createMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  checkOptionNames(options, OPTION_NAMES);
  const { configuration = {}, host = DEFAULT_HOST, requestTimeoutMs, ...rest } = options;
  const { url, httpsUrl, caPem, listener, close } = await startServer({
    options: { ...NO_OPTIONS, ...rest, host },
    configuration: toConfiguration(configuration, host),
    log: errorLog,
    ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
  });
  const place = { url, controlToken: options.controlToken, listener: async () => listener };
  const mock = connectMock(inProcessConnection(place));
  return { url, httpsUrl, caPem, mock, close, [Symbol.asyncDispose]: close };
}

const NO_OPTIONS: Omit<ServerInputs['options'], 'host'> = {
  port: 0,
  httpsPort: undefined,
  seed: undefined,
  trustProxy: [],
  controlToken: undefined,
  tlsDir: undefined,
  tlsNames: [],
  tlsCert: undefined,
  tlsKey: undefined,
};
