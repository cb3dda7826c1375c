/** /_mock/requests/:id/explanation: why a request was answered as it was. */
import { type Request, Router } from 'express';
import type { Carrier } from '../carrier.js';
import { explain } from '../explain/explain.js';
import { LANGUAGES, type Language } from '../explain/finding.js';
import { subjectFor } from '../explanations.js';
import { findRequest } from '../worlds/journal.js';
import { invalid, unknownRequest } from './problem.js';
import { textQuery } from './query.js';

export function explanationRoutes(carrier: Carrier): Router {
  const routes = Router();

  routes.get('/requests/:id/explanation', async (req, res) => {
    const language = languageQuery(req);
    const record = await findRequest(carrier, req.params.id);
    const subject = record && (await subjectFor(carrier, record));
    if (subject === undefined) throw unknownRequest(req.params.id);
    res.json({ requestId: req.params.id, ...explain(subject, language) });
  });

  return routes;
}

function languageQuery(req: Request): Language {
  const value = textQuery(req, 'lang') ?? 'en';
  const language = LANGUAGES.find((known) => known === value);
  if (language !== undefined) return language;
  throw invalid({ pointer: '/lang', detail: `must be one of "en", "zh", found ${JSON.stringify(value)}` });
}
