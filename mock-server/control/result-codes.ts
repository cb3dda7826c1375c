/** /_mock/result-codes: the atlas of every code and the ways to it, and the programs that take one of them. */
import { type Request, Router } from 'express';
import { RESULTS } from '../../src/protocol/result-codes.js';
import type { Carrier } from '../carrier.js';
import { quote } from '../schema-problem.js';
import { listAppsIn, type Scope } from '../worlds/apps.js';
import { atlas } from './atlas/atlas.js';
import { SIGNINGS, WAY_NAMES } from './atlas/choices.js';
import { APP_ID_PREFIX, type Target } from './atlas/commands.js';
import type { Wish } from './atlas/plan.js';
import { recipeFor } from './atlas/recipes.js';
import { operationNamed } from './operation-named.js';
import { Problem } from './problem.js';
import { choiceQuery } from './query.js';

// What is put into a shell command, or between the quotes of a program, must not end it.
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

export function resultCodesRoutes(carrier: Carrier, options: AtlasOptions): Router {
  const routes = Router();

  routes.get('/result-codes', async (req, res) => {
    res.json({ codes: atlas(await targetOf(carrier, { options, req })) });
  });

  routes.get('/result-codes/:operation/:code/snippets', async (req, res) => {
    const wish = wishIn(req);
    const { snippetsFor } = await import('./atlas/snippets/snippets.js');
    const snippets = snippetsFor(wish, await targetOf(carrier, { options, req }));
    if (snippets === undefined) throw new Problem(404, notHere(wish));
    res.json({ ...wish, snippets });
  });

  return routes;
}

interface Asked {
  readonly options: AtlasOptions;
  readonly req: Request;
}

async function targetOf(carrier: Carrier, { options, req }: Asked): Promise<Target> {
  const { controlToken, carrierUrl, scope } = options;
  // Those that the commands make are made anew each time.
  const other = (await listAppsIn(carrier, scope)).find(({ settings }) => !settings.appId.startsWith(APP_ID_PREFIX));
  const controlUrl = urlOf(req);
  return {
    url: carrierUrl?.() ?? controlUrl,
    controlUrl,
    controlToken,
    nowMs: carrier.clock.nowMs(),
    subscribers: carrier.settings.subscribers,
    readings: carrier.settings.readings,
    otherApp: other && { appId: other.settings.appId, shortId: other.shortId },
  };
}

function wishIn(req: Request<{ operation: string; code: string }>): Wish {
  const operation = operationNamed(req.params.operation);
  const codes = RESULTS[operation].map(({ code }) => code);
  const { code } = req.params;
  if (!codes.includes(code)) {
    throw new Problem(404, `no result code ${quote(code)} of ${operation}: there are ${codes.join(', ')}`);
  }
  return {
    operation,
    code,
    way: choiceQuery(req, { name: 'way', choices: WAY_NAMES }),
    signing: choiceQuery(req, { name: 'signing', choices: SIGNINGS[operation] }),
  };
}

function notHere({ operation, code }: Wish): string {
  const { persona } = recipeFor(operation, code) ?? {};
  const lacking = persona === undefined ? 'without a persona' : `whose persona is ${quote(persona)}`;
  return `this server cannot answer ${code} the genuine way: it has no subscriber ${lacking}`;
}

/** Where the caller reaches this server: below the path that it is mounted at in an app of somebody's own. */
function urlOf({ protocol, headers, baseUrl }: Request): string {
  const { host = '' } = headers;
  if (!HOST.test(host))
    throw new Problem(400, `commands and programs need the address of this server, found Host ${JSON.stringify(host)}`);
  const mountPath = baseUrl.slice(0, -CONTROL_PATH.length);
  if (!MOUNT_PATH.test(mountPath))
    throw new Problem(400, `commands and programs need the path of this server, found ${JSON.stringify(mountPath)}`);
  return `${protocol}://${host}${mountPath}`;
}
