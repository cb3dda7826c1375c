/** The compared servers: how to start each, prepare its app and tokens, and read the number of charged calls. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, call } from './http.mjs';
import { withServer } from './processes.mjs';
import { APP } from './workloads.mjs';

export const MOCK = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const HAND_WRITTEN = fileURLToPath(new URL('../hand-written.mjs', import.meta.url));

const TOKENS_AT_ONCE = 10_000;
const MINTED_AT_MS = Date.UTC(2026, 10, 25);
const CLOCK_AHEAD_MS = 60_000;

/** The command of a mock, which logs errors only. */
export function mockCommand(main, more = []) {
  return (port) => [process.execPath, resolve(main), '--port', port, '--log', 'error', ...more];
}

/** With a seed and a frozen clock, every process issues the same tokens, so that the bodies can be signed once. */
export function mock(main = MOCK) {
  return {
    name: main === MOCK ? 'mock' : main,
    command: mockCommand(main, ['--seed', 'bench']),
    prepare: async (url, { capability, phoneNumber, tokens }) => {
      await call(`${url}/_mock/apps`, { body: APP });
      const clock = `${url}/_mock/apps/${APP.appId}/clock`;
      await call(clock, { method: 'PUT', body: { atMs: MINTED_AT_MS, frozen: true } });
      const minted = await mintMock(url, { capability, phoneNumber, count: tokens });
      await call(clock, {
        method: 'PUT',
        body: { atMs: MINTED_AT_MS + CLOCK_AHEAD_MS, frozen: false },
      });
      return minted;
    },
    charged: async (url) =>
      (await call(`${url}/_mock/apps/${APP.appId}/ledger?limit=1`, { method: 'GET' })).charged,
  };
}

export const TOKENS_MAX = 1_000_000;
const LIMITS = { path: 'limits.json', json: { limits: { tokensMax: TOKENS_MAX } } };

/** A mock that keeps all tokens of a run. */
export function withRoom({ command, ...server }) {
  return {
    ...server,
    files: [LIMITS],
    command: (port) => [...command(port), '--config', LIMITS.path],
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
        const { appId } = await call(`${url}/_mock/apps`, { body: {} });
        await call(`${url}/_mock/apps/${appId}/tokens`, { body: {} });
        await call(`${url}/_mock/requests?appId=${appId}`, { method: 'GET' });
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
    const body = {
      capability,
      phoneNumber,
      count: Math.min(TOKENS_AT_ONCE, count - minted.length),
    };
    const { tokens } = await call(`${url}/_mock/apps/${APP.appId}/tokens`, { body });
    for (const { token } of tokens) minted.push(token);
  }
  return minted;
}

export function handWritten(name = 'hand-written') {
  return {
    name,
    command: (port) => [process.execPath, HAND_WRITTEN, port],
    prepare: async (url, { capability, phoneNumber }, minted) => {
      await call(`${url}/_bench/app`, { body: { ...APP, shortId: 'HaNd01' } });
      const issuedAtMs = Date.now();
      const record = { appId: APP.appId, capability, phoneNumber, operator: 'mobile', issuedAtMs };
      for (let from = 0; from < minted.length; from += TOKENS_AT_ONCE) {
        const tokens = minted.slice(from, from + TOKENS_AT_ONCE);
        const body = { ...record, expiresAtMs: issuedAtMs + APP.tokenTtlMs, tokens };
        await call(`${url}/_bench/tokens`, { body });
      }
      return minted;
    },
    charged: async (url) => (await call(`${url}/_bench/charged`)).charged,
  };
}

/** Resolves to true when the server answers. */
export const isUp = async (url) => (await ask(url, {})) !== undefined;

/** Runs a new process of each server until `use` ends. */
export function withServers(servers, use, running = []) {
  const [server, ...others] = servers;
  if (server === undefined) return use(running);
  return withServer(server, isUp, (one) => withServers(others, use, [...running, one]));
}
