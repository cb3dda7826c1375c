/** One call of the control API: fetch, and errors that say what to do. */
import type { Problem } from './api.js';
import { ControlError, type ControlErrorCode } from './errors.js';

/** Where a mock listens, and how it is spoken to. */
export interface MockConnection {
  /** `http://127.0.0.1:10086`; a path behind it is kept, `/_mock` and slashes at its end are dropped. */
  readonly url: string;
  /** Where the control API is, on a server that was given `--control-port`: `http://127.0.0.1:10087`. */
  readonly controlUrl?: string | undefined;
  /** What the server was given as `--control-token`. */
  readonly controlToken?: string | undefined;
  /** How long a call may take, in milliseconds; 10 000 unless said. */
  readonly timeoutMs?: number | undefined;
  /** The language of explanations, also in the messages of assertions; `en` unless said. */
  readonly language?: Language | undefined;
  /** In the place of the global fetch, as it was when this was called. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** The language of explanations: English or Chinese. */
export type Language = 'en' | 'zh';

export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/_mock`. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string | number | undefined };
  readonly body?: unknown;
}

export interface Transport {
  readonly url: string;
  readonly language: Language;
  readonly timeoutMs: number;
  /** The JSON of the answer; undefined where it has none. */
  call<T>(call: Call): Promise<T>;
  text(call: Call): Promise<string>;
  /** The answer itself, once it begins, until the signal aborts it. */
  open(call: Call, signal: AbortSignal): Promise<Response>;
  /** Shows an app's own control token from now on; where the connection has the server's, that one goes on. */
  show(controlToken: string | undefined): void;
}

const TIMEOUT_MS = 10_000;
const NO_CONTENT = 204;
const SHOWN_LENGTH_MAX = 200;

export function createTransport(connection: MockConnection): Transport {
  const { timeoutMs = TIMEOUT_MS, language = 'en', fetch = globalThis.fetch } = connection;
  const url = baseOf(connection.url);
  const controlUrl = baseOf(connection.controlUrl ?? connection.url);
  let shown = connection.controlToken;
  const open = async (call: Call, signal: AbortSignal): Promise<Response> => {
    const target = urlOf(controlUrl, call);
    const { method, body } = call;
    checkPath(call.path, `${method} ${target}`);
    try {
      const response = await fetch(target, {
        method,
        headers: headersWith(shown),
        signal,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw await refused(response, `${method} ${target}`);
      return response;
    } catch (error) {
      throw broken(error, { call: `${method} ${target}`, url: controlUrl, timeoutMs });
    }
  };
  const text = async (call: Call): Promise<string> => {
    const response = await open(call, AbortSignal.timeout(timeoutMs));
    try {
      return response.status === NO_CONTENT ? '' : await response.text();
    } catch (error) {
      throw broken(error, { call: `${call.method} ${urlOf(controlUrl, call)}`, url: controlUrl, timeoutMs });
    }
  };
  return {
    url,
    language,
    timeoutMs,
    open,
    text,
    call: async <T>(call: Call) => {
      const received = await text(call);
      return (received === '' ? undefined : parsed(received, `${call.method} ${urlOf(controlUrl, call)}`)) as T;
    },
    show: (controlToken) => {
      if (connection.controlToken === undefined) shown = controlToken;
    },
  };
}

function baseOf(url: string): string {
  return url.replace(/\/+$/, '').replace(/\/_mock$/, '');
}

function headersWith(controlToken: string | undefined): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json',
    ...(controlToken !== undefined && { authorization: `Bearer ${controlToken}` }),
  };
}

/** A path of parts that may hold any character. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}

/** A URL takes both for steps, even encoded: it would be another call that is made. @throws ControlError */
function checkPath(path: string, call: string): void {
  const step = path.split('/').find((part) => part === '.' || part === '..');
  if (step === undefined) return;
  const detail = `${JSON.stringify(step)} cannot stand in a path, and names nothing that the mock has`;
  throw new ControlError({ code: 'ERR_CONTROL_REFUSED', call, detail });
}

function urlOf(url: string, { path, query = {} }: Call): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return `${url}/_mock${path}${given.size === 0 ? '' : `?${given}`}`;
}

function parsed(text: string, call: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ControlError({ code: 'ERR_CONTROL_UNEXPECTED', call, detail: `not JSON: ${shown(text)}`, cause });
  }
}

async function refused(response: Response, call: string): Promise<ControlError> {
  const { status } = response;
  const text = await response.text();
  const problem = response.headers.get('content-type')?.startsWith('application/problem+json')
    ? tryJson(text)
    : undefined;
  if (problem === undefined) {
    const detail = `not an answer of the control API; is this the mock? ${shown(text)}`;
    return new ControlError({ code: 'ERR_CONTROL_UNEXPECTED', call, detail, status });
  }
  return new ControlError({
    code: 'ERR_CONTROL_REFUSED',
    call,
    detail: problem.detail,
    status,
    pointer: problem.pointer,
  });
}

function tryJson(text: string): Problem | undefined {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return undefined;
  }
}

interface Attempt {
  readonly call: string;
  readonly url: string;
  readonly timeoutMs: number;
}

function broken(error: unknown, { call, url, timeoutMs }: Attempt): unknown {
  if (error instanceof ControlError || isNamed(error, 'AbortError')) return error;
  const failed = (code: ControlErrorCode, detail: string) => new ControlError({ code, call, detail, cause: error });
  if (isNamed(error, 'TimeoutError')) return failed('ERR_CONTROL_TIMEOUT', `no answer in ${timeoutMs} ms`);
  return failed('ERR_CONTROL_UNREACHABLE', `no mock answers at ${url} (${reasonOf(error)}): is it started?`);
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name;
}

/** fetch says only that it failed; why stands in the cause, and in its code where there are several. */
function reasonOf(error: unknown): string {
  const { message = String(error), cause } = error as Partial<Error>;
  const { code, message: why } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return (code ?? why ?? '') || message;
}

function shown(text: string): string {
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;
}
