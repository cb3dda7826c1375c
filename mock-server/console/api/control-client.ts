/** Calls of the control API, typed by its OpenAPI document. Errors are those of `problem.ts`. */
import createClient from 'openapi-fetch';
import { authorization, requireToken } from '../state/control-token.js';
import { language } from '../state/language.js';
import type { paths } from './control-api.js';
import { ControlRefusal, ServerUnreachable, UNAUTHORIZED } from './problem.js';
import type { Problem } from './schemas.js';

/** `answerOf(control.GET('/_mock/apps'))` */
export const control = createClient<paths, 'application/json'>({
  baseUrl: location.origin,
  headers: { 'Content-Type': 'application/json' },
});

control.use({
  onRequest: ({ request }) => {
    for (const [name, value] of Object.entries(authorization())) request.headers.set(name, value);
    request.headers.set('Accept-Language', language.value);
    return request;
  },
});

interface Outcome<T> {
  readonly data?: T | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** @throws ControlRefusal, ServerUnreachable */
export async function answerOf<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await throwIfUnreachable(call);
  if (response.ok) return data as T;
  if (response.status === UNAUTHORIZED) requireToken();
  throw new ControlRefusal(toProblem(error, response));
}

async function throwIfUnreachable<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    throw new ServerUnreachable('unreachable', { cause });
  }
}

function toProblem(error: unknown, { status, statusText }: Response): Pick<Problem, 'status' | 'detail' | 'pointer'> {
  const isProblem = typeof error === 'object' && error !== null && 'detail' in error;
  return isProblem ? (error as Problem) : { status, detail: `${status} ${statusText}` };
}
