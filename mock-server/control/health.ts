/** /_mock/health: whether to send requests here (readiness), and whether the process answers at all (liveness). */
import { type Response, Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import { SERVER_WORLD, type StateStore, type Write } from '../state-store.js';
import { Problem } from './problem.js';

// A probe of Kubernetes gives up after a second unless told otherwise, and has to hear the reason before that; a store
// that takes half a second is none to send requests to.
const STORE_WAIT_MS = 500;

const UNREACHABLE = 'the store cannot be reached';
const REFUSES_WRITES = 'the store refuses writes: the log has the reason';

/** A store without memory, or one that may only be read, answers reads: a count is the smallest write that it refuses. */
const COUNT_CHECKS: Write = { kind: 'count', counter: 'health', limit: null };

/** `closing` is aborted when the server stops: from then on others are to be asked. */
export function healthRoutes({ store }: Carrier, closing: AbortSignal | undefined): Router {
  const routes = Router();

  routes.get('/health', async (_req, res) => {
    if (closing?.aborted === true) throw new Problem(503, 'the server is stopping');
    const problem = await problemInTime(store);
    if (problem !== undefined) throw new Problem(503, problem);
    ok(res);
  });

  // Nothing but this process: where the store is gone, starting it again would mend nothing.
  routes.get('/health/live', (_req, res) => ok(res));

  return routes;
}

function ok(res: Response): void {
  res.json({ status: 'ok' });
}

async function problemInTime(store: StateStore): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(UNREACHABLE), STORE_WAIT_MS);
  });
  try {
    return await Promise.race([problemOf(store), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a request needs of the store: a read, then a commit. */
async function problemOf(store: StateStore): Promise<string | undefined> {
  try {
    await store.readWorld(SERVER_WORLD, { token: undefined, msgId: undefined });
  } catch {
    return UNREACHABLE;
  }
  try {
    await store.commit(SERVER_WORLD, [COUNT_CHECKS]);
  } catch {
    return REFUSES_WRITES;
  }
  return undefined;
}
