/** The suites of the two operations, of forced outcomes and of the control API, which speak HTTP, over msw. */
import { beforeEach, describe, vi } from 'vitest';

vi.mock('../../mock-server/server.js', async (original) => {
  const { mswServer } = await import('./network.js');
  return { ...(await original<object>()), createMockServer: mswServer };
});
vi.mock('../support/control.js', async (original) => {
  const { mswBench } = await import('./network.js');
  return { ...(await original<object>()), controlBench: mswBench };
});
vi.mock('../support/wire.js', async (original) => {
  const { openMswHttp } = await import('./node-http.js');
  return { ...(await original<object>()), openHttp: openMswHttp };
});

const SUITES: readonly (readonly [name: string, load: () => Promise<unknown>])[] = [
  ['smoke', () => import('../smoke.test.js')],
  ['adapters/answers', () => import('../adapters/answers.test.js')],
  ['adapters/hostile-bodies', () => import('../adapters/hostile-bodies.test.js')],
  ['adapters/quirks', () => import('../adapters/quirks.test.js')],
  ['adapters/quirks-http', () => import('../adapters/quirks-http.test.js')],
  ['adapters/routing', () => import('../adapters/routing.test.js')],
  ['client/codes', () => import('../client/codes.test.js')],
  ['client/faults', () => import('../client/faults.test.js')],
  ['control/access-tokens', () => import('../control/access-tokens.test.js')],
  ['control/apps', () => import('../control/apps.test.js')],
  ['control/apps-patch', () => import('../control/apps-patch.test.js')],
  ['control/clock', () => import('../control/clock.test.js')],
  ['control/codes', () => import('../control/codes.test.js')],
  ['control/guard', () => import('../control/guard.test.js')],
  ['control/ledger', () => import('../control/ledger.test.js')],
  ['control/openapi-answers', () => import('../control/openapi-answers.test.js')],
  ['control/outcomes', () => import('../control/outcomes.test.js')],
  ['control/requests', () => import('../control/requests.test.js')],
  ['control/requests-count', () => import('../control/requests-count.test.js')],
  ['control/reset', () => import('../control/reset.test.js')],
  ['control/snapshots', () => import('../control/snapshots.test.js')],
  ['control/tokens', () => import('../control/tokens.test.js')],
  ['control-client/app', () => import('../control-client/app.test.js')],
  ['control-client/assertions', () => import('../control-client/assertions.test.js')],
  ['outcomes/forced', () => import('../outcomes/forced.test.js')],
  ['outcomes/precedence', () => import('../outcomes/precedence.test.js')],
  ['race/apps-apart', () => import('../race/apps-apart.test.js')],
  ['race/limits', () => import('../race/limits.test.js')],
  ['race/script', () => import('../race/script.test.js')],
];

/** What cannot be asked in process, and why. */
const SKIPPED: readonly { readonly test: RegExp; readonly reason: string }[] = [
  { test: /^HTTP\/1\.0/, reason: 'there is no connection whose version or end could be told' },
  { test: /waits for 100 Continue/, reason: 'msw sends no 100 Continue' },
  {
    test: /^a path with 'a segment that goes up'/,
    reason: 'a URL has no such segments: they are resolved before msw sees it',
  },
  { test: /'\/\/unisdk/, reason: 'msw takes what begins with two slashes for a host' },
  { test: /^OPTIONS \*/, reason: 'an asterisk is no URL' },
  { test: /'http:\/\/www\.cmpassport\.com\?x=/, reason: 'the absolute form without a path is for a proxy' },
  {
    test: /sent twice is a list$/,
    reason: 'a header sent twice comes from msw as one, joined',
  },
  { test: /a store that keeps none/, reason: 'it listens on a port of its own' },
  { test: /though no body/, reason: 'a GET with a body cannot be made with fetch' },
  {
    test: /^watchRequests/,
    reason: 'msw keeps a copy of a stream, and whoever leaves a copy waits for the other: see events.test',
  },
];

describe.each(SUITES)('%s', async (_name, load) => {
  beforeEach(({ task, skip }) => {
    const reason = SKIPPED.find(({ test }) => test.test(task.name))?.reason;
    if (reason !== undefined) skip(reason);
  });
  await load();
});
