/** /_mock/result-codes: the atlas of every code and the ways to it. */
import { type Request, Router } from 'express';
import type { Carrier } from '../carrier.js';
import { listApps } from '../worlds/apps.js';
import { atlas } from './atlas/atlas.js';
import { APP_ID_PREFIX } from './atlas/commands.js';
import { Problem } from './problem.js';

// What is put into a shell command must not end it.
const HOST = /^[\w.:[\]-]+$/;
const MOUNT_PATH = /^[\w.~%/-]*$/;
const CONTROL_PATH = '/_mock';

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

/** Where the caller reaches this server: below the path that it is mounted at in an app of somebody's own. */
function urlOf({ protocol, headers, baseUrl }: Request): string {
  const { host = '' } = headers;
  if (!HOST.test(host))
    throw new Problem(400, `the commands need the address of this server, found Host ${JSON.stringify(host)}`);
  const mountPath = baseUrl.slice(0, -CONTROL_PATH.length);
  if (!MOUNT_PATH.test(mountPath))
    throw new Problem(400, `the commands need the path of this server, found ${JSON.stringify(mountPath)}`);
  return `${protocol}://${host}${mountPath}`;
}
