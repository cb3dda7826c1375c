/** /_mock/health: whether to send requests here (readiness), and whether the process answers at all (liveness). */
import type { Bilingual } from '../../src/protocol/bilingual.js';
import { SERVER_PARTITION, type StateStore, type Write } from '../carrier/store/state-store.js';
import { Problem } from './problem.js';
import { json, type Route } from './route.js';

// By default a probe of Kubernetes gives up after a second, and has to get the reason before that. A store that takes
// half a second is too slow to send requests to.
const STORE_WAIT_MS = 500;

const UNREACHABLE: Bilingual = { en: 'the store cannot be reached', zh: '存储连接不上' };
const REFUSES_WRITES: Bilingual = {
  en: 'the store refuses writes: the log has the reason',
  zh: '存储拒绝写入，原因见日志',
};
const STOPPING: Bilingual = { en: 'the server is stopping', zh: '服务正在停止' };

/** A store without memory, or one that may only be read, answers reads: a count is the smallest write that it refuses. */
const COUNT_CHECKS: Write = { kind: 'count', counter: 'health', limit: null };

const OK = { status: 'ok' };

export const HEALTH_ROUTES: readonly Route[] = [
  {
    method: 'get',
    path: '/_mock/health',
    who: 'anyone',
    id: 'getHealth',
    tag: 'Server',
    summary: 'Reports whether the carrier can answer',
    output: json('Health'),
    problems: [503],
    handle: async ({ carrier, options: { closing } }) => {
      if (closing?.aborted === true) throw new Problem(503, STOPPING);
      const problem = await problemInTime(carrier.store);
      if (problem !== undefined) throw new Problem(503, problem);
      return OK;
    },
  },
  {
    method: 'get',
    path: '/_mock/health/live',
    who: 'anyone',
    id: 'getLiveness',
    tag: 'Server',
    summary: 'Reports that the process answers, whatever the state of its store',
    output: json('Health'),
    // Nothing but this process: a restart does not bring back a store.
    handle: () => OK,
  },
];

async function problemInTime(store: StateStore): Promise<Bilingual | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Bilingual>((resolve) => {
    timer = setTimeout(() => resolve(UNREACHABLE), STORE_WAIT_MS);
  });
  try {
    return await Promise.race([problemOf(store), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a request needs of the store: a read, then a commit. */
async function problemOf(store: StateStore): Promise<Bilingual | undefined> {
  try {
    await store.readPartition(SERVER_PARTITION, { token: undefined, msgId: undefined });
  } catch {
    return UNREACHABLE;
  }
  try {
    await store.commit(SERVER_PARTITION, [COUNT_CHECKS]);
  } catch {
    return REFUSES_WRITES;
  }
  return undefined;
}
