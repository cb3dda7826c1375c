/** /_mock/health: whether to send requests here (readiness), and whether the process answers at all (liveness). */
import { type Response, Router } from 'express';
import type { Carrier } from '../carrier.js';
import { SERVER_WORLD, type StateStore } from '../state-store.js';
import { Problem } from './problem.js';

// A probe of Kubernetes gives up after a second unless told otherwise, and has to hear the reason before that; a store
// that takes half a second is none to send requests to.
const STORE_WAIT_MS = 500;

/** `closing` is aborted when the server stops: from then on others are to be asked. */
export function healthRoutes({ store }: Carrier, closing: AbortSignal | undefined): Router {
  const routes = Router();

  routes.get('/health', async (_req, res) => {
    if (closing?.aborted === true) throw new Problem(503, 'the server is stopping');
    if (!(await answersInTime(store))) throw new Problem(503, 'the store cannot be reached');
    ok(res);
  });

  // Nothing but this process: where the store is gone, starting it again would mend nothing.
  routes.get('/health/live', (_req, res) => ok(res));

  return routes;
}

function ok(res: Response): void {
  res.json({ status: 'ok' });
}

async function answersInTime(store: StateStore): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), STORE_WAIT_MS);
  });
  const answered = async () => {
    await store.readWorld(SERVER_WORLD, { token: undefined, msgId: undefined });
    return true;
  };
  try {
    return await Promise.race([answered(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
