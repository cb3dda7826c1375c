/** /_mock/subscribers: the numbers that the carrier knows, and what goes wrong with some of them. */
import { Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';

export function subscribersRoutes(carrier: Carrier): Router {
  const routes = Router();

  routes.get('/subscribers', (_req, res) => {
    const subscribers = carrier.settings.subscribers.map(({ phoneNumber, operator, persona }) => ({
      phoneNumber,
      operator,
      persona: persona ?? null,
    }));
    res.json({ subscribers });
  });

  return routes;
}
