/** Who may make which call of the control API. A route without a row is for whoever may do everything. */
import type { Request } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import type { AppRecord } from '../state-store.js';
import { findApp } from '../worlds/apps.js';
import { appOfRequest } from '../worlds/journal.js';
import { textQuery } from './query.js';

/**
 * `anyone`: probes, and machines that are set up, know no token. `server`: asks for the server's control token, where
 * it has one. The others are about one app: the server's token will do, and so will the app's own. An app that has one
 * asks for it on a server that has none, too. Where no app is named, they are as `server`.
 */
export type Who = 'anyone' | 'server' | AppNamedBy;
export type AppNamedBy = 'path' | 'query' | 'body' | 'request';

export interface AccessRow {
  readonly method: 'get' | 'put' | 'post' | 'patch' | 'delete';
  /** Below `/_mock`, as Express has it. */
  readonly path: string;
  readonly who: Who;
}

const APP = '/apps/:appId';

export const ACCESS: readonly AccessRow[] = [
  { method: 'get', path: '/health', who: 'anyone' },
  { method: 'get', path: '/health/live', who: 'anyone' },
  { method: 'get', path: '/ca.pem', who: 'anyone' },
  { method: 'get', path: '/metrics', who: 'server' },
  { method: 'get', path: '/openapi.json', who: 'server' },
  { method: 'get', path: '/result-codes', who: 'server' },
  { method: 'get', path: '/result-codes/:operation/:code/snippets', who: 'server' },
  { method: 'post', path: '/reset', who: 'server' },
  { method: 'post', path: '/apps', who: 'server' },
  { method: 'get', path: '/apps', who: 'server' },
  { method: 'get', path: APP, who: 'path' },
  { method: 'patch', path: APP, who: 'path' },
  { method: 'delete', path: APP, who: 'path' },
  { method: 'post', path: `${APP}/reset`, who: 'path' },
  { method: 'post', path: `${APP}/tokens`, who: 'path' },
  { method: 'get', path: `${APP}/tokens/:token`, who: 'path' },
  { method: 'get', path: `${APP}/access-tokens/:accessToken`, who: 'path' },
  { method: 'post', path: `${APP}/access-tokens/:accessToken/redeem`, who: 'path' },
  { method: 'get', path: `${APP}/clock`, who: 'path' },
  { method: 'put', path: `${APP}/clock`, who: 'path' },
  { method: 'post', path: `${APP}/clock/advance`, who: 'path' },
  { method: 'get', path: `${APP}/outcomes/:operation`, who: 'path' },
  { method: 'put', path: `${APP}/outcomes/:operation`, who: 'path' },
  { method: 'delete', path: `${APP}/outcomes/:operation`, who: 'path' },
  { method: 'get', path: `${APP}/snapshots`, who: 'path' },
  { method: 'post', path: `${APP}/snapshots`, who: 'path' },
  { method: 'post', path: `${APP}/snapshots/:id/restore`, who: 'path' },
  { method: 'get', path: `${APP}/ledger`, who: 'path' },
  { method: 'post', path: `${APP}/signed-requests`, who: 'path' },
  { method: 'get', path: '/operations', who: 'server' },
  { method: 'get', path: '/readings', who: 'server' },
  { method: 'get', path: '/subscribers', who: 'server' },
  { method: 'post', path: '/key-pairs', who: 'server' },
  { method: 'post', path: '/ip-whitelist/check', who: 'server' },
  { method: 'get', path: '/requests', who: 'query' },
  { method: 'delete', path: '/requests', who: 'query' },
  { method: 'get', path: '/events', who: 'query' },
  { method: 'post', path: '/requests/count', who: 'body' },
  { method: 'get', path: '/requests/:id', who: 'request' },
  { method: 'get', path: '/requests/:id/explanation', who: 'request' },
];

/** The app that a call is about; undefined where it names none, or one that is not there. */
export async function appNamed(
  carrier: Carrier,
  { by, req }: { readonly by: AppNamedBy; readonly req: Request },
): Promise<AppRecord | undefined> {
  const appId = by === 'request' ? await appOfRequest(carrier, idIn(req)) : appIdIn(req, by);
  return appId === undefined ? undefined : (await findApp(carrier, appId))?.value;
}

function idIn({ params: { id } }: Request): string {
  return typeof id === 'string' ? id : '';
}

function appIdIn(req: Request, by: Exclude<AppNamedBy, 'request'>): string | undefined {
  switch (by) {
    case 'path':
      return textIn(req.params, 'appId');
    case 'query':
      return textQuery(req, 'appId');
    case 'body':
      return textIn(req.body, 'appId');
    default:
      return by satisfies never;
  }
}

function textIn(object: unknown, name: string): string | undefined {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return undefined;
  const value: unknown = (object as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}
