/** /_mock/health: whether the carrier can answer. */
import { Router } from 'express';
import type { Carrier } from '../carrier.js';
import { SERVER_WORLD } from '../state-store.js';
import { Problem } from './problem.js';

export function healthRoutes({ store }: Carrier): Router {
  const routes = Router();

  routes.get('/health', async (_req, res) => {
    try {
      await store.readWorld(SERVER_WORLD, { token: undefined, msgId: undefined });
    } catch {
      throw new Problem(503, 'the store cannot be reached');
    }
    res.json({ status: 'ok' });
  });

  return routes;
}
