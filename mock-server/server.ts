/**
 * The simulated carrier as a server in the test's process, and as a middleware for your own server.
 *
 * @module cmpassport-mock/server
 */
import { type Mock, mockOver } from '../src/control/mock.js';
import { inProcessConnection } from './in-process/in-process-fetch.js';
import { toConfiguration } from './options/configuration.js';
import { PROPERTY_NAMES } from './options/options.js';
import { type MockServerOptions, serverPlanOf } from './options/server-options.js';
import { type Listening, startServer } from './server/start-server.js';
import { errorLog } from './telemetry/log.js';

export { ControlError, type ControlErrorCode, MockAssertionError } from '../src/control/errors.js';
export type { ConfiguredApp } from './carrier/engine/app-settings.js';
export {
  type CarrierMiddleware,
  type CarrierMiddlewareOptions,
  createCarrierMiddleware,
} from './middleware.js';
export type { MockServerOptions } from './options/server-options.js';
export type { ConfigurationInput } from './options/settings.js';

/** A running server. `close()` stops it within five seconds, and so does `await using`. */
export interface MockServer extends Listening, AsyncDisposable {
  /** The client of its control API. It does not use the network, so no interceptor of requests affects it. */
  readonly mock: Mock;
}

/**
 * Starts a server in the test's process, by default on a free port of 127.0.0.1. Close it with `close()` or `await using`.
 * Rejects with an Error of one sentence if an option or the configuration is invalid.
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
  const { requestTimeoutMs, configuration, ...settings } = serverPlanOf(options);
  const server = await startServer({
    options: settings,
    configuration: toConfiguration(configuration, settings.host),
    log: errorLog(),
    names: PROPERTY_NAMES,
    ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
  });
  const { url, httpsUrl, proxyUrl, controlUrl, caPem, control } = server;
  const close = () => server.close();
  try {
    const mock = mockOver(
      inProcessConnection(control.call, { url, controlToken: settings.controlToken }),
    );
    return {
      url,
      httpsUrl,
      proxyUrl,
      controlUrl,
      caPem,
      mock,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
