/**
 * Finds the row of a call. Express's router matches plain objects here and never gets Node's request and response: it
 * would change their hidden classes, and every later request of the process would be slower (bench/README.md).
 */
import { type Request, type Response, Router } from 'express';
import type { Method } from './route.js';

interface Target {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

export interface Found<Row> {
  readonly row: Row | undefined;
  readonly params: Readonly<Record<string, string>>;
}

/** As `find` passes it through the router. */
interface Passing<Row> extends Target {
  row: Row | undefined;
  params: Readonly<Record<string, string>>;
  error: unknown;
}

const NO_RESPONSE = {} as Response;
const NO_PARAMS = {};
const NONE = { row: undefined, params: NO_PARAMS };

/** The function throws what the router throws: an error with `status` 400 for a path that cannot be decoded. */
export function routeFinder<Row extends { readonly method: Method; readonly path: string }>(
  rows: readonly Row[],
): (target: Target) => Found<Row> {
  // One for each method: a router tries its rows one after another.
  const routers = new Map<string, Router>();
  for (const row of rows) {
    const name = row.method.toUpperCase();
    const router = routers.get(name) ?? Router();
    routers.set(name, router);
    router[row.method](row.path, (req) => {
      (req as unknown as Passing<Row>).row = row;
    });
  }
  return ({ method, url }) => {
    const router = routers.get(method === 'HEAD' ? 'GET' : method);
    if (router === undefined) return NONE;
    const passing: Passing<Row> = { method, url, row: undefined, params: NO_PARAMS, error: undefined };
    router(passing as unknown as Request, NO_RESPONSE, (error: unknown) => {
      passing.error = error;
    });
    if (passing.error !== undefined) throw passing.error;
    return passing;
  };
}
