/** Runs the suites that write to sockets with the carrier as a middleware of an Express app. */
import { describe, vi } from 'vitest';

vi.mock(import('../../../mock-server/server.js'), async (original) => {
  const { expressServer } = await import('../../http/in-process/app.js');
  return { ...(await original()), createMockServer: expressServer as never };
});

// The server ends with its test, so it cannot be shared.
vi.mock(import('../../support/mock.js'), async (original) => {
  const mock = await original();
  return { ...mock, sharedMock: () => mock.startMock() };
});

const SUITES: readonly (readonly [name: string, load: () => Promise<unknown>])[] = [
  ['adapters/answers', () => import('../../http/adapters/answers.test.js')],
  ['adapters/faults', () => import('../../http/adapters/faults.test.js')],
  ['adapters/quirks-http', () => import('../../http/adapters/quirks-http.test.js')],
  ['control-client/events', () => import('../../http/control-client/events.test.js')],
  ['tls/forwarded-address', () => import('../../http/tls/forwarded-address.test.js')],
];

describe.each(SUITES)('%s', async (_name, load) => {
  await load();
});
