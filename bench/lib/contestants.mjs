/** The compared servers: how to start each, prepare its app and tokens, and read the number of charged calls. */
import { fileURLToPath } from 'node:url';
import { call, freePort, post, spawnServer, stopServer, untilAnswers } from './processes.mjs';
import { APP } from './workloads.mjs';

export const MOCK = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const HAND_WRITTEN = fileURLToPath(new URL('../hand-written.mjs', import.meta.url));

const TOKENS_AT_ONCE = 10_000;
const MINTED_AT_MS = Date.UTC(2026, 10, 25);
const CLOCK_AHEAD_MS = 60_000;

/** With a seed and a frozen clock, every process issues the same tokens, so that the bodies can be signed once. */
export function mock(main = MOCK) {
  return {
    name: 'mock',
    args: (port) => [main, '--port', port, '--log', 'error', '--seed', 'bench'],
    prepare: async (url, { capability, phoneNumber, tokens }) => {
      await post(`${url}/_mock/apps`, APP);
      const clock = `${url}/_mock/apps/${APP.appId}/clock`;
      await call(clock, { method: 'PUT', body: JSON.stringify({ atMs: MINTED_AT_MS, frozen: true }) });
      const minted = await mintMock(url, { capability, phoneNumber, count: tokens });
      const runsOn = { atMs: MINTED_AT_MS + CLOCK_AHEAD_MS, frozen: false };
      await call(clock, { method: 'PUT', body: JSON.stringify(runsOn) });
      return minted;
    },
    charged: async (url) => (await call(`${url}/_mock/apps/${APP.appId}/ledger?limit=1`)).charged,
  };
}

/** The mock in a process that has served a thousand calls of the control API, as in a test run. */
export function mockAfterControlCalls(main = MOCK) {
  const contestant = mock(main);
  return {
    ...contestant,
    name: 'mock after 1000 control calls',
    prepare: async (url, workload) => {
      const minted = await contestant.prepare(url, workload);
      for (let cycle = 0; cycle < 250; cycle += 1) {
        const { appId } = await post(`${url}/_mock/apps`, {});
        await post(`${url}/_mock/apps/${appId}/tokens`, {});
        await call(`${url}/_mock/requests?appId=${appId}`);
        await call(`${url}/_mock/apps/${appId}`, { method: 'DELETE' });
      }
      return minted;
    },
  };
}

/** Issues tokens in portions, so that no response has tens of megabytes. */
export async function mintMock(url, { capability, phoneNumber, count }) {
  const minted = [];
  while (minted.length < count) {
    const portion = { capability, phoneNumber, count: Math.min(TOKENS_AT_ONCE, count - minted.length) };
    const { tokens } = await post(`${url}/_mock/apps/${APP.appId}/tokens`, portion);
    for (const { token } of tokens) minted.push(token);
  }
  return minted;
}

export function handWritten(name = 'hand-written') {
  return {
    name,
    args: (port) => [HAND_WRITTEN, port],
    prepare: async (url, { capability, phoneNumber }, minted) => {
      await post(`${url}/_bench/app`, { ...APP, shortId: 'HaNd01' });
      const issuedAtMs = Date.now();
      const record = { appId: APP.appId, capability, phoneNumber, operator: 'mobile', issuedAtMs };
      for (let from = 0; from < minted.length; from += TOKENS_AT_ONCE) {
        const tokens = minted.slice(from, from + TOKENS_AT_ONCE);
        await post(`${url}/_bench/tokens`, { ...record, expiresAtMs: issuedAtMs + APP.tokenTtlMs, tokens });
      }
      return minted;
    },
    charged: async (url) => (await post(`${url}/_bench/charged`, '')).charged,
  };
}

/** Runs new processes until `use` ends: one for each list of arguments. */
export async function withServers(argsOfEach, use) {
  const servers = [];
  try {
    for (const args of argsOfEach) {
      const port = String(await freePort());
      const child = spawnServer(args(port));
      servers.push({ child, pid: child.pid, url: `http://127.0.0.1:${port}` });
      await untilAnswers(servers.at(-1).url);
    }
    return await use(servers);
  } finally {
    for (const { child } of servers) await stopServer(child);
  }
}

export function withServer({ args }, use) {
  return withServers([args], ([server]) => use(server));
}
