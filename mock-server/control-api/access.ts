/** Checks access: web pages of another origin are refused, and calls need the token that their row requires. */
import type { Who } from '../../src/control/calls/calls.js';
import { isObject } from '../../src/protocol/json.js';
import { findApp, isTeam, type Scope } from '../carrier/apps/apps.js';
import { appOfRequest } from '../carrier/apps/journal.js';
import { lockOf, opens, teamScope } from '../carrier/apps/locks.js';
import type { Carrier } from '../carrier/carrier.js';
import type { Lock, Teams } from '../carrier/engine/app-settings.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import { crossOriginPage } from '../http/cross-origin-page.js';
import type { ControlRequest } from './control-exchange.js';
import { type Problem, problem } from './problem.js';
import { textQuery } from './query.js';
import type { ControlOptions } from './route.js';

/** Throws a Problem for a page that may not call the control API. */
export type PageCheck = (request: ControlRequest, who: Who) => void;

/**
 * A web page must not control the server on its visitor's machine. Browsers send the page's origin in Origin and
 * Sec-Fetch-Site. DNS rebinding hides it from both, but not from the Host. A page does not have the control token, so a
 * server with one accepts any Host. So do the calls for anyone, because probes use any name.
 */
export function pageCheck({
  controlToken,
  hosts,
}: Pick<ControlOptions, 'controlToken' | 'hosts'>): PageCheck {
  const isKnown =
    hosts === undefined || controlToken !== undefined ? () => true : knownHosts(hosts);
  return ({ base, method, headers }, who) => {
    const [, , host = ''] = base.split('/');
    // Browsers always send a Host.
    if (who !== 'anyone' && host !== '' && !isKnown(host)) throw problem('access.host', { host });
    const page = crossOriginPage(headers, { mayVisit: method === 'GET' });
    if (page !== undefined) throw problem('access.page', { page });
  };
}

/** The parts of a call that name its app, except its body. */
export interface AppReference {
  readonly request: ControlRequest;
  /** The parameters of the path, by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

type Guarded = Exclude<Who, 'anyone'>;

/**
 * Checks the token of a call. Resolves to the app that the call names, or undefined if it names none or an unknown one; and
 * to what a call about all apps covers. Rejects with a Problem if the token is missing or wrong.
 */
export type TokenCheck = (
  who: Guarded,
  reference: AppReference,
  readBody: () => unknown,
) => Promise<Access>;

export interface Access {
  readonly app: AppRecord | undefined;
  readonly scope: Scope;
}

const BEARER = /^Bearer +(\S+)$/i;

const NO_TEAMS: Teams = new Map();

/** On a locked server, a call without a token is refused before its app is looked up or its body is read. */
export function tokenCheck(carrier: Carrier, controlToken: string | undefined): TokenCheck {
  const serverLock = controlToken === undefined ? null : lockOf(controlToken, NO_TEAMS);
  return async (who, reference, readBody) => {
    const presented = presentedToken(reference.request);
    if (presented === undefined && serverLock !== null) throw tokenRefusal(who);
    const app = await namedApp(carrier, who, { readBody, ...reference });
    const scope = scopeOf(carrier, presented, serverLock);
    const isOfTeam = isTeam(scope) && app === undefined;
    const locks = [serverLock, app?.settings.lock ?? null];
    if (!isOfTeam && !isAdmitted(presented, locks, carrier.settings.teams)) throw tokenRefusal(who);
    return { app, scope };
  };
}

function presentedToken({ headers }: AppReference['request']): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1];
}

function scopeOf(
  { settings }: Carrier,
  presented: string | undefined,
  serverLock: string | null,
): Scope {
  const team = presented === undefined ? undefined : teamScope(settings.teams, presented);
  return team ?? (serverLock === null ? 'unlocked' : 'all');
}

function tokenRefusal(who: Guarded): Problem {
  return problem(who === 'server' ? 'access.server-token' : 'access.app-token');
}

/** Whether nothing is locked, or the token opens one of the locks. */
function isAdmitted(presented: string | undefined, locks: readonly Lock[], teams: Teams): boolean {
  const closed = locks.filter((lock) => lock !== null);
  if (closed.length === 0) return true;
  return presented !== undefined && closed.some((lock) => opens(presented, lock, teams));
}

interface CallParts extends AppReference {
  readonly readBody: () => unknown;
}

async function namedApp(
  carrier: Carrier,
  who: Guarded,
  parts: CallParts,
): Promise<AppRecord | undefined> {
  const appId = await appIdIn(carrier, who, parts);
  return appId === undefined ? undefined : (await findApp(carrier, appId))?.value;
}

async function appIdIn(
  carrier: Carrier,
  who: Guarded,
  { params, query, readBody }: CallParts,
): Promise<string | undefined> {
  switch (who) {
    case 'server':
      return undefined;
    case 'path':
      return params['appId'];
    case 'query':
      return textQuery(query, 'appId');
    case 'body': {
      const body = await readBody();
      return isObject(body) && typeof body['appId'] === 'string' ? body['appId'] : undefined;
    }
    case 'request':
      return appOfRequest(carrier, params['id'] ?? '');
    default:
      return who satisfies never;
  }
}

/** Names that cannot be registered in public DNS: RFC 6761, 6.2 and 6.3; ICANN's .internal; Kubernetes services. */
const SAFE_ENDINGS: readonly string[] = [
  '.localhost',
  '.test',
  '.internal',
  '.svc',
  '.svc.cluster.local',
];
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
// Without user, path, query or white space, which URL would parse as other parts of an address.
const AUTHORITY = /^[^\s/?#@\\]+$/;

/** Accepts a Host (with or without port) that is an address, a local name, or one of `names`. */
export function knownHosts(names: readonly string[]): (authority: string) => boolean {
  const known = new Set(
    names.map((name) => hostNameOf(name.includes(':') ? `[${name}]` : name) ?? name),
  );
  return (authority) => {
    const name = hostNameOf(authority);
    if (name === undefined) return false;
    // DNS rebinding needs a name, so addresses are safe.
    if (name.startsWith('[') || IPV4.test(name)) return true;
    // Public DNS has no names of a single label. Containers and machines of a local network have such names.
    if (!name.includes('.') || SAFE_ENDINGS.some((ending) => name.endsWith(ending))) return true;
    // A certificate writes `*.example.com` for `mock.example.com`.
    return known.has(name) || known.has(name.replace(/^[^.]*/, '*'));
  };
}

/** Normalized by URL: lower case, canonical addresses, without the port and the final dot. */
function hostNameOf(authority: string): string | undefined {
  if (!AUTHORITY.test(authority) || !URL.canParse(`http://${authority}`)) return undefined;
  return new URL(`http://${authority}`).hostname.replace(/\.$/, '');
}
