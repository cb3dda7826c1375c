/** /_mock/openapi.json: the control API, described. */
import { Router } from 'express';

export function openapiRoutes(): Router {
  const routes = Router();

  routes.get('/openapi.json', async (_req, res) => {
    // Made when somebody asks: few do, and everybody would wait for it.
    const { openapiDocument } = await import('./openapi/document.js');
    res.json(openapiDocument());
  });

  return routes;
}
