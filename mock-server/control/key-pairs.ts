/** /_mock/key-pairs: an RSA pair to register and to sign with. It is kept nowhere. */
import { Router } from 'express';
import { generateRsaPair } from '../../src/protocol/rsa-keys.js';
import * as validators from '../validators.js';
import { checked } from './problem.js';

export function keyPairsRoutes(): Router {
  const routes = Router();

  routes.post('/key-pairs', async (req, res) => {
    const { bits } = checked<{ bits?: number }>(validators.makeKeyPair, req.body);
    res.status(201).json(await generateRsaPair(bits));
  });

  return routes;
}
