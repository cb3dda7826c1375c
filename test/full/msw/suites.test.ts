/** Runs suites over msw that depend on the transport: bytes, headers, queries, faults, streams, and each call of the control API. test/kit tests rules over msw. */
import { beforeEach, describe, vi } from 'vitest';
import { useNetwork } from '../../http/msw/network.js';

useNetwork();

vi.mock(import('../../../mock-server/server.js'), async (original) => {
  const { mswServer } = await import('../../http/msw/network.js');
  return { ...(await original()), createMockServer: mswServer as never };
});
vi.mock(import('../../support/control.js'), async (original) => {
  const { mswBench } = await import('../../http/msw/network.js');
  return { ...(await original()), controlBench: mswBench, socketBench: mswBench as never };
});
vi.mock(import('../../support/wire.js'), async (original) => {
  const { openMswHttp } = await import('../../http/msw/node-http.js');
  return { ...(await original()), openHttp: openMswHttp };
});

const SUITES: readonly (readonly [name: string, load: () => Promise<unknown>])[] = [
  ['adapters/answers', () => import('../../http/adapters/answers.test.js')],
  ['adapters/hostile-bodies', () => import('../../http/adapters/hostile-bodies.test.js')],
  ['adapters/quirks-http', () => import('../../http/adapters/quirks-http.test.js')],
  ['adapters/routing', () => import('../../http/adapters/routing.test.js')],
  ['client/faults', () => import('../../http/client/faults.test.js')],
  ['control/apps', () => import('../../unit/control/apps.test.js')],
  ['control/openapi', () => import('../../unit/control/openapi.test.js')],
  ['control/requests', () => import('../../unit/control/requests.test.js')],
  ['control-client/app', () => import('../../http/control-client/app.test.js')],
  ['outcomes/forced', () => import('../../http/outcomes/forced.test.js')],
];

/** Tests that cannot run in process, with the reason. */
const SKIPPED: readonly { readonly test: RegExp; readonly reason: string }[] = [
  { test: /^HTTP\/1\.0/, reason: 'there is no connection with a version or an end' },
  { test: /waits for 100 Continue/, reason: 'msw sends no 100 Continue' },
  {
    test: /^a path with 'a \.\. segment'/,
    reason: 'a URL has no such segments: they are resolved before msw receives it',
  },
  { test: /'\/\/unisdk/, reason: 'msw treats a path that begins with two slashes as a host' },
  {
    test: /'http:\/\/www\.cmpassport\.com\?x=/,
    reason: 'an absolute target without a path is for a proxy',
  },
  { test: / (?:of|in) a GET'/, reason: 'fetch cannot send a GET with a body' },
];

describe.each(SUITES)('%s', async (_name, load) => {
  beforeEach(({ task, skip }) => {
    const reason = SKIPPED.find(({ test }) => test.test(task.name))?.reason;
    if (reason !== undefined) skip(reason);
  });
  await load();
});
