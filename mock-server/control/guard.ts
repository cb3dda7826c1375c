/** Who may use the control API: no web page of somebody else's, and whoever has the token that a call asks for. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { equalInConstantTime, sha256Hex } from '../../src/protocol/sign.js';
import { strangePage } from '../adapters/strange-page.js';
import type { Carrier } from '../carrier/carrier.js';
import { quote } from '../schema-problem.js';
import { isControlToken } from '../worlds/control-token.js';
import { ACCESS, type AppNamedBy, appNamed, type Who } from './access.js';
import { knownHosts } from './known-hosts.js';
import { Problem } from './problem.js';

const BEARER = /^Bearer +(\S+)$/i;

export interface GuardOptions {
  /** The server's own; undefined asks for nothing, but where an app has a token. */
  readonly controlToken: string | undefined;
  /** The names that the server is known by, beside addresses and names that are nobody's; undefined lets any Host pass. */
  readonly hosts: readonly string[] | undefined;
}

/** Headers that keep an answer to those who asked for it: no page embeds it, no cache keeps the credentials in it. */
export function protectAnswer(_req: Request, res: Response, next: NextFunction): void {
  res.set({
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  next();
}

/**
 * A page that somebody visits must not drive the server on their machine. Browsers say in Origin and Sec-Fetch-Site
 * whose page a request is of; what a rebound name hides from both shows in the Host. A page does not know the control
 * token, so that a server that has one is called by any name.
 */
export function refuseStrangePages({ controlToken, hosts }: GuardOptions) {
  const isKnown = hosts === undefined || controlToken !== undefined ? () => true : knownHosts(hosts);
  return (req: Request, _res: Response, next: NextFunction): void => {
    const problem = hostProblem(req, isKnown) ?? pageProblem(req);
    if (problem !== undefined) throw problem;
    next();
  };
}

function hostProblem(req: Request, isKnown: (host: string) => boolean): Problem | undefined {
  const { host = [] } = req.headersDistinct ?? {};
  // RFC 9112, 3.2: what stands in two places may be read in two ways.
  if (host.length > 1) return new Problem(400, `there must be one Host, found ${quote(host)}`);
  // Who sends none is no browser. Of an absolute target the address counts, too.
  const strange = [req.headers.host, authorityIn(req.originalUrl)].find((name) => name !== undefined && !isKnown(name));
  if (strange === undefined) return undefined;
  return new Problem(
    403,
    `the control API is not known by the name ${quote(strange)}: call it by an address, or start the server with --allow-host (allowHosts) and that name`,
  );
}

/** `http://host:port/path` goes to a proxy, and a server takes it as well: RFC 9112, 3.2.2. */
function authorityIn(target: string): string | undefined {
  return /^[a-z][a-z0-9+.-]{0,20}:\/\/([^/?#]*)/i.exec(target)?.[1];
}

function pageProblem(req: Request): Problem | undefined {
  const page = strangePage(req, { mayVisit: req.method === 'GET' });
  return page === undefined ? undefined : new Problem(403, `${page} may not use the control API`);
}

/**
 * Asks each call for its token. It is made of the paths of the routes, so that no spelling of a path is one thing to the
 * guard and another to the route. `beforeBody` and `afterBody`: a caller who names the app in the body is not known before.
 */
export function askForTokens(carrier: Carrier, controlToken: string | undefined) {
  const mayPass = passes(carrier, controlToken);
  const [early, late] = [firstOf(), firstOf()];
  const check = (who: Who) => async (req: Request) => {
    if (!(await mayPass(who, req))) throw new Problem(401, TOKEN_NEEDED[who === 'server' ? 'server' : 'app']);
  };
  for (const { method, path, who } of ACCESS) {
    early.router[method](path, early.only(who === 'body' ? async () => undefined : check(who)));
    if (who === 'body') late.router[method](path, late.only(check(who)));
  }
  early.router.use(early.only(check('server')));
  return { beforeBody: early.router, afterBody: late.router };
}

/**
 * A router of which the first path that fits does something, and the others nothing. Not by next('router'): that goes
 * on by way of setImmediate, which a test may have replaced by one that stands still.
 */
function firstOf() {
  const done = new WeakSet<Request>();
  const only = (act: (req: Request) => Promise<void>) => async (req: Request, _res: Response, next: NextFunction) => {
    if (!done.has(req)) await act(req);
    done.add(req);
    next();
  };
  return { router: Router(), only };
}

/** Whether a request may pass. */
function passes(carrier: Carrier, controlToken: string | undefined) {
  const serverHash = controlToken === undefined ? undefined : sha256Hex(controlToken);
  const isServers = (presented: string) =>
    serverHash !== undefined && equalInConstantTime(sha256Hex(presented), serverHash);
  const lockOf = async (by: AppNamedBy, req: Request) =>
    (await appNamed(carrier, { by, req }))?.settings.controlTokenHash;
  return async (who: Who, req: Request): Promise<boolean> => {
    if (who === 'anyone') return true;
    const presented = bearerOf(req);
    if (presented !== undefined && isServers(presented)) return true;
    const lock = who === 'server' ? undefined : await lockOf(who, req);
    if (lock === undefined || lock === null) return serverHash === undefined;
    return presented !== undefined && isControlToken(presented, lock);
  };
}

const HOW = 'send it as "Authorization: Bearer <token>"';
const TOKEN_NEEDED = {
  server: `this call asks for the server's control token: ${HOW}`,
  app: `this call asks for the server's control token, or for that of the app which it names: ${HOW}`,
} as const;

function bearerOf({ headers }: Request): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1];
}
