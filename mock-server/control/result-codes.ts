/** /_mock/result-codes: the atlas of every code and the ways to it. */
import { type Request, Router } from 'express';
import type { Carrier } from '../carrier.js';
import { listApps } from '../worlds/apps.js';
import { atlas } from './atlas/atlas.js';
import { APP_ID_PREFIX } from './atlas/commands.js';
import { Problem } from './problem.js';

// What is put into a shell command must not end it.
const HOST = /^[\w.:[\]-]+$/;

export function resultCodesRoutes(carrier: Carrier, controlToken: string | undefined): Router {
  const routes = Router();

  routes.get('/result-codes', async (req, res) => {
    // Those that the commands make are made anew each time.
    const other = (await listApps(carrier)).find(({ settings }) => !settings.appId.startsWith(APP_ID_PREFIX));
    const codes = atlas({
      url: urlOf(req),
      controlToken,
      nowMs: carrier.clock.nowMs(),
      subscribers: carrier.settings.subscribers,
      otherApp: other && { appId: other.settings.appId, shortId: other.shortId },
    });
    res.json({ codes });
  });

  return routes;
}

/** Where the caller reaches this server. */
function urlOf({ protocol, headers }: Request): string {
  const { host = '' } = headers;
  if (!HOST.test(host))
    throw new Problem(400, `the commands need the address of this server, found Host ${JSON.stringify(host)}`);
  return `${protocol}://${host}`;
}
