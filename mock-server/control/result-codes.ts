/** /_mock/result-codes: the atlas of every code and the ways to it. */
import { type Request, Router } from 'express';
import type { Carrier } from '../carrier.js';
import { listAppsIn, type Scope } from '../worlds/apps.js';
import { atlas } from './atlas/atlas.js';
import { APP_ID_PREFIX } from './atlas/commands.js';
import { Problem } from './problem.js';

// What is put into a shell command must not end it.
const HOST = /^[\w.:[\]-]+$/;
const MOUNT_PATH = /^[\w.~%/-]*$/;
const CONTROL_PATH = '/_mock';

export interface AtlasOptions {
  readonly controlToken: string | undefined;
  /** undefined where the carrier has the port that the caller reached. */
  readonly carrierUrl: (() => string) | undefined;
  /** The apps that the commands may use. */
  readonly scope: Scope;
}

export function resultCodesRoutes(carrier: Carrier, { controlToken, carrierUrl, scope }: AtlasOptions): Router {
  const routes = Router();

  routes.get('/result-codes', async (req, res) => {
    // Those that the commands make are made anew each time.
    const other = (await listAppsIn(carrier, scope)).find(({ settings }) => !settings.appId.startsWith(APP_ID_PREFIX));
    const controlUrl = urlOf(req);
    const codes = atlas({
      url: carrierUrl?.() ?? controlUrl,
      controlUrl,
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
