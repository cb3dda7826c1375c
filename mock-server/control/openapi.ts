/** /_mock/openapi.json: the control API, described. */
import { Router } from 'express';
import { lazily } from '../lazily.js';

export function openapiRoutes(): Router {
  const routes = Router();
  // Made when somebody asks: few do, and everybody would wait for it.
  const load = lazily('the OpenAPI document', () => import('./openapi/document.js'));

  routes.get('/openapi.json', async (_req, res) => {
    const { openapiDocument } = await load();
    res.json(openapiDocument());
  });

  return routes;
}
