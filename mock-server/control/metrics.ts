/** /_mock/metrics: what Prometheus scrapes. */
import { Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import { lazily } from '../lazily.js';

export function metricsRoutes(carrier: Carrier): Router {
  const routes = Router();
  // Loaded with the first: who never asks never pays for it.
  const load = lazily('the metrics', () => import('../metrics/exposition.js'));
  let underWay: Promise<string> | undefined;

  routes.get('/metrics', async (_req, res) => {
    const { CONTENT_TYPE, exposition } = await load();
    // Counting a million tokens is done once for all who ask meanwhile.
    underWay ??= exposition(carrier).finally(() => {
      underWay = undefined;
    });
    res.set('Content-Type', CONTENT_TYPE).send(await underWay);
  });

  return routes;
}
