/**
 * The time of one test: it prepares a success, logs in once with fetch, and cleans up. With the mock it creates an app and
 * issues a token, and the carrier checks the request. msw and nock alone return a fixed response.
 * `node bench/cycle.mjs [--rounds 5] [--dist dist …]`, after `npm ci --prefix bench/peers`, which installs nock.
 */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { comparison, measureRounds } from './lib/statistics.mjs';
import { loginMd5Of } from './lib/workloads.mjs';
import { OPERATIONS } from './peers/operations.mjs';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    dist: { type: 'string', multiple: true, default: ['dist'] },
    // Of the process that measures.
    way: { type: 'string' },
  },
});
const [DIST] = flags.dist;
const [{ path, canned }] = OPERATIONS;
const CARRIER = 'https://www.cmpassport.com';
const ANY_BODY = loginMd5Of({ appId: '', appSecret: '' }, '');
const WARM_UP_TESTS = 200;
const TESTS = 300;

/** Each resolves to a function that runs one test and resolves to the response. */
const OWN_WAYS = {
  'carrier.fetch': async () => {
    const carrier = await inProcess();
    return () => testWithApp(carrier.mock, { fetch: carrier.fetch, base: CARRIER });
  },
  'carrier.handlers of msw': async () => {
    const carrier = await inProcess();
    await network(carrier.handlers);
    return () => testWithApp(carrier.mock, { fetch, base: CARRIER });
  },
  'createMockServer, on a port': async () => {
    const { createMockServer } = await built('server.mjs');
    const { mock, url } = await createMockServer({ port: 0 });
    return () => testWithApp(mock, { fetch, base: url });
  },
};
const OTHER_WAYS = {
  'msw, fixed response': async () => {
    const { http, HttpResponse } = await import('msw');
    const server = await network([]);
    return async () => {
      server.use(http.post(CARRIER + path, () => HttpResponse.text(canned)));
      const response = await fetch(CARRIER + path, { method: 'POST', body: ANY_BODY });
      server.resetHandlers();
      return response;
    };
  },
  'nock, fixed response': async () => {
    const nock = createRequire(new URL('peers/', import.meta.url))('nock');
    return async () => {
      nock(CARRIER).post(path).reply(200, canned);
      const response = await fetch(CARRIER + path, { method: 'POST', body: ANY_BODY });
      nock.cleanAll();
      return response;
    };
  },
};

const built = (name) => import(pathToFileURL(resolve(DIST, name)).href);

async function inProcess() {
  const { createCarrierHandlers } = await built('msw.mjs');
  return createCarrierHandlers();
}

async function network(handlers) {
  const { setupServer } = await import('msw/node');
  const server = setupServer(...handlers);
  server.listen({ onUnhandledRequest: 'error' });
  return server;
}

async function testWithApp(mock, { fetch: send, base }) {
  const app = await mock.createApp();
  const { token } = await app.mint();
  const response = await send(base + path, { method: 'POST', body: loginMd5Of(app, token) });
  await app.dispose();
  return response;
}

/** Resolves to the milliseconds of a test. */
async function run(test, count) {
  const startedMs = performance.now();
  for (let done = 0; done < count; done += 1) {
    const { resultCode } = await (await test()).json();
    if (resultCode !== '103000') throw new Error(`resultCode ${resultCode}`);
  }
  return (performance.now() - startedMs) / count;
}

/** In a new process, because msw and nock replace fetch. */
async function measure({ way, dist }) {
  const args = [fileURLToPath(import.meta.url), '--way', way, '--dist', dist];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return { ms: Number(stdout) };
}

if (flags.way !== undefined) {
  const test = await { ...OWN_WAYS, ...OTHER_WAYS }[flags.way]();
  await run(test, WARM_UP_TESTS);
  console.log(await run(test, TESTS));
  process.exit();
}
const own = flags.dist.flatMap((dist) =>
  Object.keys(OWN_WAYS).map((way) => ({
    way,
    dist,
    name: dist === DIST ? way : `${way} (${dist})`,
  })),
);
const others = Object.keys(OTHER_WAYS).map((way) => ({ way, dist: DIST, name: way }));
const contestants = [
  own[0],
  { ...own[0], name: `${own[0].name} again` },
  ...own.slice(1),
  ...others,
];
const all = await measureRounds(contestants, Number(flags.rounds), measure);
console.log(
  comparison(contestants, all, [
    { head: 'a test', figure: 'ms', show: (value) => `${value.toFixed(2)} ms` },
  ]),
);
