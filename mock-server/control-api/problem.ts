/** Errors of the control API as application/problem+json (RFC 9457). */
import type { ValidateFunction } from 'ajv';
import type { Log } from '../carrier/carrier.js';
import { StoreUnavailableError } from '../carrier/store/state-store.js';
import { NOT_LOADED, NotLoadedError } from '../loading/lazily.js';
import { type SchemaProblem, schemaProblem } from '../schemas/schema-problem.js';
import { type ControlAnswer, PROTECTION } from './control-exchange.js';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Invalid request',
  401: 'Control token needed',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported encoding',
  500: 'Internal error',
  501: 'Not implemented',
  503: 'Unavailable',
};

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly pointer: string | undefined;

  constructor(status: number, detail: string, pointer?: string) {
    super(detail);
    this.status = status;
    this.pointer = pointer;
  }
}

/** The body if it fits the schema. */
export function checked(validate: ValidateFunction, body: unknown): unknown {
  const problem = schemaProblem(validate, body);
  if (problem !== undefined) throw invalid(problem);
  return body;
}

export function invalid({ pointer, detail }: SchemaProblem): Problem {
  return new Problem(400, pointer === '' ? `the body ${detail}` : `${pointer} ${detail}`, pointer);
}

/** A request whose body or path cannot be read. */
export function unreadable(status: number, reason: string): Problem {
  return new Problem(status, `the request cannot be read: ${reason}`, '');
}

export function unknownApp(appId: string): Problem {
  return new Problem(404, `no app ${JSON.stringify(appId)}: POST /_mock/apps makes one, GET /_mock/apps lists them`);
}

export function unknownRequest(id: string): Problem {
  return new Problem(404, `no request ${JSON.stringify(id)} in the journal: it was forgotten, or never there`);
}

const WANTS_TOKEN = { 'WWW-Authenticate': 'Bearer' };

export function problemAnswer({ status, message, pointer }: Problem): ControlAnswer {
  return {
    status,
    headers: {
      ...PROTECTION,
      ...(status === 401 && WANTS_TOKEN),
      'Content-Type': 'application/problem+json; charset=utf-8',
    },
    body: JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail: message, pointer }),
  };
}

/** Makes a problem of anything thrown. Only an unforeseen error is a 500, and its stack goes to the log. */
export function toProblem(error: unknown, log: Log): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailableError) return new Problem(503, error.message);
  if (error instanceof NotLoadedError) {
    error.logTo(log);
    return new Problem(503, NOT_LOADED);
  }
  // The router's, for a path that is no UTF-8.
  const { status = 500, message } = error as Partial<Problem>;
  if (status < 500) return unreadable(status, message ?? '');
  log.error(`the control API failed: ${error instanceof Error ? error.stack : String(error)}`);
  return new Problem(500, 'something went wrong on the server; its log has more');
}
