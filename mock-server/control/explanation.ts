/** /_mock/requests/:id/explanation: why a request was answered as it was. */
import { Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import { explain } from '../explain/explain.js';
import { LANGUAGES } from '../explain/finding.js';
import { explained } from '../explanations.js';
import { findRequest } from '../worlds/journal.js';
import { unknownRequest } from './problem.js';
import { choiceQuery } from './query.js';

export function explanationRoutes(carrier: Carrier): Router {
  const routes = Router();

  routes.get('/requests/:id/explanation', async (req, res) => {
    const language = choiceQuery(req, { name: 'lang', choices: LANGUAGES });
    const record = await findRequest(carrier, req.params.id);
    if (record === undefined) throw unknownRequest(req.params.id);
    res.json({
      requestId: req.params.id,
      ...(await explained(carrier, record, (subject) => explain(subject, language))),
    });
  });

  return routes;
}
