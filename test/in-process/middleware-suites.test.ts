/** The suites that write to sockets, over the carrier as middleware of an Express app. */
import { beforeEach, describe, vi } from 'vitest';

vi.mock('../../mock-server/server.js', async (original) => {
  const { expressServer } = await import('./app.js');
  return { ...(await original<object>()), createMockServer: expressServer };
});

const SUITES: readonly (readonly [name: string, load: () => Promise<unknown>])[] = [
  ['adapters/answers', () => import('../adapters/answers.test.js')],
  ['adapters/faults', () => import('../adapters/faults.test.js')],
  ['adapters/faults-connections', () => import('../adapters/faults-connections.test.js')],
  ['adapters/hostile-bodies', () => import('../adapters/hostile-bodies.test.js')],
  ['adapters/quirks', () => import('../adapters/quirks.test.js')],
  ['adapters/quirks-http', () => import('../adapters/quirks-http.test.js')],
  ['control/codes', () => import('../control/codes.test.js')],
  ['control-client/events', () => import('../control-client/events.test.js')],
  ['race/script', () => import('../race/script.test.js')],
  ['tls/forwarded-address', () => import('../tls/forwarded-address.test.js')],
];

describe.each(SUITES)('%s', async (_name, load) => {
  beforeEach(({ task, skip }) => {
    if (task.name.endsWith('is refused with its option named'))
      skip('a middleware tells each request: see middleware.test');
  });
  await load();
});
