/** One operation at a fresh process of a server, as fast as it answers: requests a second, CPU time a request, p99. */
import { measure } from '../../lib/load.mjs';
import { ask, lifetime, scratchFile, withServer } from './peer-process.mjs';

// A JVM compiles for longer than V8 does; past these it gets no faster.
const WARM_UP_SECONDS = 10;
const WINDOW_SECONDS = 3;

/** Tokens, from the mock's seed, and a file of requests signed once: every server is sent the same. */
export async function signRequests(mock, operation) {
  const tokens = await withServer({ server: mock, isReady: isUp }, ({ url }) => mock.prepare(url, operation));
  const path = scratchFile(`${operation.operation}.txt`, `${tokens.map(operation.bodyOf).join('\n')}\n`);
  return { tokens, path };
}

export async function measureThroughput(server, operation, requests) {
  return withServer({ server, isReady: isUp }, async ({ url, pid }) => {
    const minted = await server.prepare?.(url, operation);
    if (minted?.some((token, at) => token !== requests.tokens[at])) throw new Error('the seed gave other tokens');
    if (minted === undefined) await assertSuccess(url, operation, requests);
    const seconds = { warmUpSeconds: WARM_UP_SECONDS, windowSeconds: WINDOW_SECONDS };
    const load = { path: operation.path, bodies: requests.path, charged: server.charged, signal: lifetime, ...seconds };
    return measure({ url, pid }, load);
  });
}

/** The mock's ledger tells whether all were successes; a canned answer is the same each time. */
async function assertSuccess(url, { path, bodyOf, success }, { tokens }) {
  const answer = await ask(url + path, bodyOf(tokens[0]));
  if (!answer?.includes(success)) throw new Error(`not a success: ${answer}`);
}

async function isUp(url) {
  return (await ask(url, '')) !== undefined;
}
