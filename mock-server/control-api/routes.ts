/** The rows of the calls, with what access and routing read from them. */
import {
  CALLS,
  type CallId,
  type CallRow,
  type Method,
  type Who,
} from '../../src/control/calls/calls.js';

export interface Route extends Omit<CallRow, 'who'> {
  readonly id: CallId;
  readonly method: Method;
  /** In the syntax of Express. */
  readonly path: string;
  readonly who: Who;
}

export const ROUTES: readonly Route[] = CALLS.map((row) => routeOf(row.id, row));

function routeOf(id: CallId, row: CallRow): Route {
  const [method, path = ''] = row.call.split(' ');
  return { who: 'path', ...row, id, path, method: method?.toLowerCase() as Method };
}
