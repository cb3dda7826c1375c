/** /_mock/apps/:appId/outcomes/:operation: the scripted outcomes of one operation, and where the script stands. */
import { type Request, Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import { parseScript } from '../outcomes/script.js';
import * as validators from '../validators.js';
import { removeScript, type ScriptPlace, setScript, viewScript } from '../worlds/scripts.js';
import { appAt } from './app-view.js';
import { operationNamed } from './operation-named.js';
import { checked, invalid } from './problem.js';

export function outcomesRoutes(carrier: Carrier): Router {
  const routes = Router();
  const path = '/apps/:appId/outcomes/:operation';

  routes.get(path, async (req, res) => {
    res.json(await viewScript(carrier, await placeOf(carrier, req)));
  });

  routes.put(path, async (req, res) => {
    const place = await placeOf(carrier, req);
    const { script } = checked<{ script: string }>(validators.setOutcomes, req.body);
    const steps = parseScript(place.operation, script);
    if ('problem' in steps) throw invalid({ pointer: '/script', detail: steps.problem });
    res.json(await setScript(carrier, place, { text: script, steps }));
  });

  routes.delete(path, async (req, res) => {
    await removeScript(carrier, await placeOf(carrier, req));
    res.status(204).end();
  });

  return routes;
}

async function placeOf(
  carrier: Carrier,
  { params }: Request<{ appId: string; operation: string }>,
): Promise<ScriptPlace> {
  const { appId } = params;
  await appAt(carrier, appId);
  return { appId, operation: operationNamed(params.operation) };
}
