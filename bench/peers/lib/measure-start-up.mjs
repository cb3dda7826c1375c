/** Measures the time from the start of a process to its first success, and its memory when idle and under load. */
import { setTimeout as sleep } from 'node:timers/promises';
import { burst } from '../../lib/burst.mjs';
import { mintMock } from '../../lib/contestants.mjs';
import { cpuMicroseconds, residentMegabytes } from '../../lib/processes.mjs';
import { APP } from '../../lib/workloads.mjs';
import { OPERATIONS } from '../operations.mjs';
import { ask, withServer } from './peer-process.mjs';

const [login] = OPERATIONS;
const MICROSECONDS_IN_A_MILLISECOND = 1000;
const IDLE_MS = 500;
const SAMPLE_MS = 50;
// As many as a large test suite. The slowest peer needs about ten seconds.
const BURST = 10_000;
const ANY_TOKEN = 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ';

export async function measureStartUp(server) {
  const isReady = async (url) => (await firstAnswer(server, url))?.includes(login.success) ?? false;
  return withServer({ server, isReady }, async ({ url, pid, readyMs }) => {
    const readyCpuMs = cpuMicroseconds(pid) / MICROSECONDS_IN_A_MILLISECOND;
    await sleep(IDLE_MS);
    const idle = residentMegabytes(pid);
    return { readyMs, readyCpuMs, idle, loaded: await memoryUnderLoad(server, { url, pid }) };
  });
}

/** The mock needs an app and a token before it can succeed. This is part of its start. */
async function firstAnswer({ prepare }, url) {
  if (prepare === undefined) return ask(url + login.path, login.bodyOf(ANY_TOKEN));
  if ((await ask(`${url}/_mock/apps`, JSON.stringify(APP))) === undefined) return undefined;
  const minted = JSON.parse(await ask(`${url}/_mock/apps/${APP.appId}/tokens`, '{}'));
  return ask(url + login.path, login.bodyOf(minted.token));
}

/** Returns the maximum of all samples. */
async function memoryUnderLoad({ prepare }, { url, pid }) {
  const { capability, phoneNumber } = login;
  const minted = prepare && (await mintMock(url, { capability, phoneNumber, count: BURST }));
  const bodies = (minted ?? new Array(BURST).fill(ANY_TOKEN)).map(login.bodyOf);
  const samples = [];
  const sampler = setInterval(() => samples.push(residentMegabytes(pid)), SAMPLE_MS);
  try {
    const successes = await burst(url + login.path, bodies, login.success);
    if (successes !== BURST) throw new Error(`expected ${BURST} successes, found ${successes}`);
  } finally {
    clearInterval(sampler);
  }
  return Math.max(...samples, residentMegabytes(pid));
}
