/** Carriers behind msw instead of servers with a port, for the suites that use HTTP. */
import { syncBuiltinESMExports } from 'node:module';
import { setupServer } from 'msw/node';
import request from 'supertest';
import { afterAll, beforeAll } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { applyConfiguredApps } from '../../../mock-server/carrier/apps/configured-apps.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import { createControlApi } from '../../../mock-server/control-api/control-api.js';
import { holdAnswers } from '../../../mock-server/http/deliver.js';
import type { InProcessEndpoint } from '../../../mock-server/in-process/in-process-fetch.js';
import { handlerAt } from '../../../mock-server/in-process/msw.js';
import { createCarrierHandlers } from '../../../mock-server/msw.js';
import { toConfiguration } from '../../../mock-server/options/configuration.js';
import { createCarrier } from '../../../mock-server/server/assembly.js';
import type { MockServerOptions } from '../../../mock-server/server.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { connectMock } from '../../../src/control/index.js';
import { configuredCarrier } from '../../support/carrier.js';
import type { Bench, BenchOptions } from '../../support/control.js';

export const network = setupServer();

/** Intercepts requests while the tests of a file run. Other files of the same worker use the real network. */
export function useNetwork(): void {
  beforeAll(() => {
    network.listen({ onUnhandledRequest: 'error' });
    // msw replaces functions of node:http. This updates the named imports of other modules.
    syncBuiltinESMExports();
  });
  afterAll(() => {
    network.resetHandlers();
    network.close();
    syncBuiltinESMExports();
  });
}

let bases = 0;

/** A new URL for each carrier. */
export function newBase(): string {
  bases += 1;
  return `http://carrier-${bases}.test`;
}

/** A replacement for createMockServer. */
export async function mswServer({ controlToken, ...options }: MockServerOptions = {}) {
  const url = newBase();
  if (controlToken === undefined) {
    const { configuration = {}, seed } = options;
    const carrier = createCarrierHandlers({
      bases: [url],
      configuration,
      ...(seed !== undefined && { seed }),
    });
    network.use(...carrier.handlers);
    return { url, mock: carrier.mock, close: carrier.dispose };
  }
  // The handlers of the package require no control token. The adapter below them is the same.
  const configuration = toConfiguration(options.configuration ?? {}, '127.0.0.1');
  const carrier = createCarrier({ configuration, seed: options.seed, log: silentLog });
  await applyConfiguredApps(carrier);
  await answerAt(url, { carrier, controlToken });
  return { url, mock: connectMock({ url, controlToken }), close: async () => undefined };
}

/** A replacement for controlBench: a carrier with a stopped clock. */
export async function mswBench({
  configuration = {},
  controlToken,
  caPem,
}: BenchOptions = {}): Promise<Bench> {
  const url = newBase();
  const { carrier, clock } = await configuredCarrier(configuration);
  await answerAt(url, { carrier, controlToken, caPem });
  return { api: request(url), carrier, clock };
}

interface CarrierOptions {
  readonly carrier: Carrier;
  readonly controlToken?: string | undefined;
  readonly caPem?: string | undefined;
}

async function answerAt(
  url: string,
  { carrier, controlToken, caPem }: CarrierOptions,
): Promise<void> {
  const endpoint: InProcessEndpoint = {
    answerCarrier: createAnswer(carrier),
    answerControl: createControlApi(carrier, { controlToken, caPem }).answer,
    held: holdAnswers(undefined),
    basePath: '',
    clientIp: '127.0.0.1',
  };
  network.use(handlerAt(new URL(url), async () => endpoint));
}
