/** Finds the row of a request in this process. Over HTTP, the Router finds it with the same patterns. */
import { match } from 'path-to-regexp';
import type { Method } from '../../src/control/calls/calls.js';
import type { ControlRequest } from './control-exchange.js';
import { problem } from './problem.js';
import { pathOf } from './unknown-path.js';

export interface FoundRoute<Row> {
  readonly row: Row;
  readonly params: Readonly<Record<string, string>>;
}

/** Throws a Problem for a path that cannot be decoded. */
export type RouteFinder<Row> = (
  target: Pick<ControlRequest, 'method' | 'url'>,
) => FoundRoute<Row> | undefined;

/** Letter case and a final slash make no difference, and HEAD is GET, as for the Router. */
export function routeFinder<Row extends { readonly method: Method; readonly path: string }>(
  rows: readonly Row[],
): RouteFinder<Row> {
  const patterns = rows.map((row) => ({ row, match: match(row.path, { decode: decoded }) }));
  return ({ method, url }) => {
    const path = pathOf(url);
    const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
    for (const { row, match: matchPath } of patterns) {
      const found = matchPath(path);
      if (found !== false && row.method === wanted) return { row, params: textsIn(found.params) };
    }
    return undefined;
  };
}

/** No path of a row has a parameter that repeats. */
export function textsIn(
  params: Readonly<Record<string, string | string[] | undefined>>,
): FoundRoute<unknown>['params'] {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}

/** With the Router's words for a part that is not UTF-8. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw problem('request.unreadable', { reason: `Failed to decode param '${part}'` });
  }
}
