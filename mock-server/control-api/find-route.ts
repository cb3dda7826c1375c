/**
 * Finds the row of a call. Express's router receives plain objects instead of Node's request and response, because it
 * would change their hidden classes and slow down every later request of the process (bench/README.md).
 */
import { type Request, type Response, Router } from 'express';
import type { Method } from './route.js';

interface Target {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

export interface MatchedRoute<Row> {
  readonly row: Row | undefined;
  readonly params: Readonly<Record<string, string>>;
}

/** The plain object that the router receives as the request. */
interface RoutedTarget<Row> extends Target {
  row: Row | undefined;
  params: Readonly<Record<string, string>>;
  error: unknown;
}

const NO_RESPONSE = {} as Response;
const NO_PARAMS = {};
const NONE = { row: undefined, params: NO_PARAMS };

/** The returned function throws an error with `status` 400 for a path that cannot be decoded. */
export function routeFinder<Row extends { readonly method: Method; readonly path: string }>(
  rows: readonly Row[],
): (target: Target) => MatchedRoute<Row> {
  // A router for each method: it tries its rows one after another.
  const routers = new Map<string, Router>();
  for (const row of rows) {
    const name = row.method.toUpperCase();
    const router = routers.get(name) ?? Router();
    routers.set(name, router);
    router[row.method](row.path, (req) => {
      (req as unknown as RoutedTarget<Row>).row = row;
    });
  }
  return ({ method, url }) => {
    const router = routers.get(method === 'HEAD' ? 'GET' : method);
    if (router === undefined) return NONE;
    const routed: RoutedTarget<Row> = { method, url, row: undefined, params: NO_PARAMS, error: undefined };
    router(routed as unknown as Request, NO_RESPONSE, (error: unknown) => {
      routed.error = error;
    });
    if (routed.error !== undefined) throw routed.error;
    return routed;
  };
}
