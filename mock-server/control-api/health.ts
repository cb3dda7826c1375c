/** /_mock/health: readiness (whether the carrier can respond) and liveness (whether the process responds). */
import type { Bilingual } from '../../src/text/bilingual.js';
import { SERVER_PARTITION, type StateStore, type Write } from '../carrier/store/state-store.js';
import { Problem } from './problem.js';
import { json, routes } from './route.js';

// A Kubernetes probe times out after a second by default, and must receive the reason before that.
const STORE_WAIT_MS = 500;

const UNREACHABLE: Bilingual = { en: 'the store cannot be reached', zh: '状态存储连不上' };
const REFUSES_WRITES: Bilingual = {
  en: 'the store refuses writes: the log has the reason',
  zh: '状态存储拒绝写入，原因见日志',
};
const STOPPING: Bilingual = { en: 'the server is stopping', zh: '服务正在停止' };

/** A store that is full or read-only still serves reads. A count is the smallest write that it rejects. */
const COUNT_CHECKS: Write = { kind: 'count', counter: 'health', limit: null };

const OK = { status: 'ok' };

export const HEALTH_ROUTES = routes('Server', [
  {
    call: 'GET /_mock/health',
    who: 'anyone',
    id: 'getHealth',
    summary: 'Whether the carrier can respond',
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
    call: 'GET /_mock/health/live',
    who: 'anyone',
    id: 'getLiveness',
    summary: 'Whether the process responds; does not depend on the store',
    output: json('Health'),
    // Does not check the store: restarting this process does not repair it.
    handle: () => OK,
  },
]);

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

/** A request needs a read and a commit. */
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
