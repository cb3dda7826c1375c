/** Errors of the control API as application/problem+json (RFC 9457). */
import type { ValidateFunction } from 'ajv';
import type { NextFunction, Request, Response } from 'express';
import type { Log } from '../carrier/carrier.js';
import { NOT_LOADED, NotLoadedError } from '../lazily.js';
import { quote, type SchemaProblem, schemaProblem } from '../schema-problem.js';
import { StoreUnavailableError } from '../state-store.js';

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

/** The body once it is what the schema says; a body that was not sent is `{}`. */
export function checked<T>(validate: ValidateFunction, body: unknown): T {
  const value = body === undefined ? {} : body;
  const problem = schemaProblem(validate, value);
  if (problem !== undefined) throw invalid(problem);
  return value as T;
}

export function invalid({ pointer, detail }: SchemaProblem): Problem {
  return new Problem(400, pointer === '' ? `the body ${detail}` : `${pointer} ${detail}`, pointer);
}

export function unknownApp(appId: string): Problem {
  return new Problem(404, `no app ${JSON.stringify(appId)}: POST /_mock/apps makes one, GET /_mock/apps lists them`);
}

export function unknownRequest(id: string): Problem {
  return new Problem(404, `no request ${JSON.stringify(id)} in the journal: it was forgotten, or never there`);
}

export function writeProblem(res: Response, { status, message, pointer }: Problem): void {
  if (status === 401) res.set('WWW-Authenticate', 'Bearer');
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail: message, pointer }));
}

/** Turns whatever was thrown into a problem; only what nobody foresaw is a 500, and its stack goes to the log. */
export function problemHandler(log: Log) {
  return (error: unknown, _req: Request, res: Response, next: NextFunction): void => {
    if (res.headersSent) next(error);
    else writeProblem(res, toProblem(error, log));
  };
}

interface UnreadableError {
  readonly status: number;
  readonly message: string;
  /** The text that is not JSON. */
  readonly body: unknown;
}

function toProblem(error: unknown, log: Log): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailableError) return new Problem(503, error.message);
  if (error instanceof NotLoadedError) {
    error.logTo(log);
    return new Problem(503, NOT_LOADED);
  }
  // What Express and its body parser throw: their status is below 500 where the request is to blame.
  const { status = 500 } = error as Partial<UnreadableError>;
  if (status < 500)
    return new Problem(status, `the request cannot be read: ${unreadable(error as UnreadableError)}`, '');
  log.error(`the control API failed: ${error instanceof Error ? error.stack : String(error)}`);
  return new Problem(500, 'something went wrong on the server; its log has more');
}

/** What is not to be read again in an answer. */
const NOT_QUOTED = ['controlToken', 'privateKey'] as const;

/** The reason quotes the text, and so does its own message: not where a secret may be in it. */
function unreadable({ message = '', body }: Partial<UnreadableError>): string {
  if (typeof body !== 'string') return message;
  const secret = NOT_QUOTED.find((name) => body.includes(name));
  if (secret !== undefined) return `it is not JSON, and not quoted, since a ${secret} may be in it`;
  return `${message}, found ${quote(body)}`;
}
