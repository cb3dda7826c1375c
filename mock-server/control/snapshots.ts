/** /_mock/apps/:appId/snapshots: what an app has, kept and put back. */
import { Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import * as validators from '../validators.js';
import { listSnapshots, restoreSnapshot, saveSnapshot } from '../worlds/snapshots.js';
import { appAt } from './app-view.js';
import { checked, Problem } from './problem.js';

export function snapshotsRoutes(carrier: Carrier): Router {
  const routes = Router();
  const path = '/apps/:appId/snapshots';

  routes.get(path, async (req, res) => {
    const { appId } = req.params;
    await appAt(carrier, appId);
    const snapshots = await listSnapshots(carrier, appId);
    if (snapshots === undefined) throw keepsNone();
    res.json({ snapshots });
  });

  routes.post(path, async (req, res) => {
    const { appId } = req.params;
    await appAt(carrier, appId);
    checked(validators.nothing, req.body);
    const id = await saveSnapshot(carrier, appId);
    if (id === undefined) throw keepsNone();
    res.status(201).json({ id });
  });

  routes.post(`${path}/:id/restore`, async (req, res) => {
    const { appId, id } = req.params;
    await appAt(carrier, appId);
    checked(validators.nothing, req.body);
    if (!(await restoreSnapshot(carrier, appId, id))) {
      throw new Problem(
        404,
        `app ${JSON.stringify(appId)} has no snapshot ${JSON.stringify(id)}: the latest ten are kept`,
      );
    }
    res.status(204).end();
  });

  return routes;
}

function keepsNone(): Problem {
  return new Problem(501, 'this store keeps no snapshots: they are for the memory store');
}
