/** /_mock/result-codes: the atlas of every code and the ways to it, and the programs that take one of them. */
import { type Request, Router } from 'express';
import { RESULTS } from '../../src/protocol/result-codes.js';
import type { Carrier } from '../carrier/carrier.js';
import { lazily } from '../lazily.js';
import { quote } from '../schema-problem.js';
import { listAppsIn, type Scope } from '../worlds/apps.js';
import { atlas } from './atlas/atlas.js';
import { SIGNINGS, WAY_NAMES } from './atlas/choices.js';
import { APP_ID_PREFIX, type Target } from './atlas/commands.js';
import type { Wish } from './atlas/plan.js';
import { recipeFor } from './atlas/recipes.js';
import { operationNamed } from './operation-named.js';
import { ownAddress, plainAddress } from './own-address.js';
import { Problem } from './problem.js';
import { choiceQuery } from './query.js';

export interface AtlasOptions {
  readonly controlToken: string | undefined;
  /** undefined where the carrier has the port that the caller reached. */
  readonly carrierUrl: (() => string) | undefined;
  /** Of the plain listener, where that is known. */
  readonly httpPort: (() => number) | undefined;
  /** The apps that the commands may use. */
  readonly scope: Scope;
}

export function resultCodesRoutes(carrier: Carrier, options: AtlasOptions): Router {
  const routes = Router();
  const load = lazily('the programs', () => import('./atlas/snippets/snippets.js'));

  routes.get('/result-codes', async (req, res) => {
    res.json({ codes: atlas(await targetOf(carrier, { options, url: ownAddress(req) })) });
  });

  routes.get('/result-codes/:operation/:code/snippets', async (req, res) => {
    const wish = wishIn(req);
    const { snippetsFor } = await load();
    const url = plainAddress(req, options.httpPort?.());
    const snippets = snippetsFor(wish, await targetOf(carrier, { options, url }));
    if (snippets === undefined) throw new Problem(404, notHere(wish));
    res.json({ ...wish, snippets });
  });

  return routes;
}

interface Asked {
  readonly options: AtlasOptions;
  /** Of the control API. */
  readonly url: string;
}

async function targetOf(carrier: Carrier, { options, url: controlUrl }: Asked): Promise<Target> {
  const { controlToken, carrierUrl, scope } = options;
  // Those that the commands make are made anew each time.
  const other = (await listAppsIn(carrier, scope)).find(({ settings }) => !settings.appId.startsWith(APP_ID_PREFIX));
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
