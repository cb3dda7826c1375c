/** /_mock/ca.pem: the certificate to trust for HTTPS. */
import { Router } from 'express';
import { Problem } from './problem.js';

export function caRoutes(caPem: string | undefined): Router {
  const routes = Router();

  routes.get('/ca.pem', (_req, res) => {
    if (caPem === undefined) {
      throw new Problem(
        404,
        'there is no local CA: HTTPS is off (--https-port), or the certificate was given (--tls-cert)',
      );
    }
    res.type('application/x-pem-file').send(caPem);
  });

  return routes;
}
