/**
 * Finds the row of a call. Express's router receives two plain objects instead of Node's request and response: it would
 * change their hidden classes, and slow down the carrier's requests.
 */
import { type Request, type Response, Router } from 'express';
import type { Method } from './route.js';

export interface MatchedRoute<Row> {
  readonly row: Row | undefined;
  readonly params: Readonly<Record<string, string>>;
}

/** The returned function throws an error with `status` 400 for a path that cannot be decoded. */
export function routeFinder<Row extends { readonly method: Method; readonly path: string }>(
  rows: readonly Row[],
): (target: Pick<Request, 'method' | 'url'>) => MatchedRoute<Row> {
  // A router for each method: it tries its rows one after another.
  const routers = new Map<string, Router>();
  const none: MatchedRoute<Row> = { row: undefined, params: {} };
  let found = none;
  for (const row of rows) {
    const name = row.method.toUpperCase();
    const router = routers.get(name) ?? Router();
    routers.set(name, router);
    router[row.method](row.path, ({ params }: Request<MatchedRoute<Row>['params']>) => {
      found = { row, params };
    });
  }
  return ({ method, url }) => {
    let failure: unknown;
    found = none;
    // A router without asynchronous handlers finishes before it returns.
    routers.get(method === 'HEAD' ? 'GET' : method)?.({ method, url } as Request, {} as Response, (error: unknown) => {
      failure = error;
    });
    if (failure !== undefined) throw failure;
    return found;
  };
}
