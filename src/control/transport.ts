/** Calls of the control API over fetch, and their errors. */
import { readText } from '../text/response-body.js';
import type { Problem } from './api.js';
import { ControlError, type ControlErrorCode } from './errors.js';

/** The addresses of a mock, and the options of its calls. */
export interface MockConnection {
  /** The mock's address: `http://127.0.0.1:10086`. A path is kept; `/_mock` and slashes at its end are removed. */
  readonly url: string;
  /** The address of the control API, for a server with `--control-port`: `http://127.0.0.1:10087`. Default: `url`. */
  readonly controlUrl?: string | undefined;
  /** The `--control-token` of the server. */
  readonly controlToken?: string | undefined;
  /** The maximum duration of a call in milliseconds. Default: 10 000. */
  readonly timeoutMs?: number | undefined;
  /** The language of explanations, also in the messages of assertions. Default: `en`. */
  readonly language?: Language | undefined;
  /** Replaces the global fetch. By default, the client uses the one at the time of `connectMock`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** A connection whose `fetch` only needs what a call uses: the client in the mock's own process has no Response. */
export interface Connection extends Omit<MockConnection, 'fetch'> {
  readonly fetch?: ((target: string, sent: SentCall) => Promise<Received>) | undefined;
}

export interface SentCall {
  readonly method: Call['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly body?: string;
}

export type Received = Pick<Response, 'ok' | 'status' | 'headers' | 'body' | 'text'>;

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
  /** The JSON of the response; undefined if the body is empty. */
  call<T>(call: Call): Promise<T>;
  text(call: Call): Promise<string>;
  /** Resolves when the response begins. The signal aborts the response. */
  open(call: Call, signal: AbortSignal): Promise<Received>;
  /** Sets the app's control token for later calls. A control token of the connection takes precedence. */
  setAppToken(appToken: string | undefined): void;
}

const TIMEOUT_MS = 10_000;
const SHOWN_LENGTH_MAX = 200;
const MIB = 1024 * 1024;
/** The longest response is a page of 1000 records: up to 100 MB if their bodies need escapes. */
const RESPONSE_BYTES_MAX = 128 * MIB;

export function createTransport(connection: Connection): Transport {
  const { timeoutMs = TIMEOUT_MS, language = 'en', fetch = globalThis.fetch } = connection;
  const controlUrl = baseOf(connection.controlUrl ?? connection.url);
  let { controlToken } = connection;
  const nameOf = (call: Call) => `${call.method} ${urlOf(controlUrl, call)}`;
  const respond = async (call: Call, signal: AbortSignal) => {
    const response = await fetch(urlOf(controlUrl, call), sentCall(call, { signal, controlToken }));
    if (!response.ok) throw await refusalError(response, { call: nameOf(call), signal });
    return response;
  };
  const withErrors = <T>(call: Call, result: Promise<T>) =>
    result.catch((error) => {
      throw connectionError(error, { call: nameOf(call), url: controlUrl, timeoutMs });
    });
  const open: Transport['open'] = async (call, signal) => {
    checkPath(call.path, nameOf(call));
    return withErrors(call, respond(call, signal));
  };
  const text = async (call: Call) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await open(call, signal);
    return withErrors(call, boundedText(response, { call: nameOf(call), signal }));
  };
  return {
    url: baseOf(connection.url),
    language,
    timeoutMs,
    open,
    text,
    call: async <T>(call: Call) => parsed(await text(call), nameOf(call)) as T,
    setAppToken: (appToken) => {
      if (connection.controlToken === undefined) controlToken = appToken;
    },
  };
}

interface Sending {
  readonly signal: AbortSignal;
  readonly controlToken: string | undefined;
}

function sentCall({ method, body }: Call, { signal, controlToken }: Sending): SentCall {
  return {
    method,
    headers: {
      'content-type': 'application/json',
      ...(controlToken !== undefined && { authorization: `Bearer ${controlToken}` }),
    },
    signal,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

function baseOf(url: string): string {
  return url.replace(/\/+$/, '').replace(/\/_mock$/, '');
}

/** Builds a path. The parts may contain any character. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}

/** A URL resolves `.` and `..`, even if they are encoded, so the request would go to another path. @throws ControlError */
function checkPath(path: string, call: string): void {
  const dots = path.split('/').find((part) => part === '.' || part === '..');
  if (dots === undefined) return;
  const detail = `${JSON.stringify(dots)} cannot be part of a path, so the mock has nothing with this name`;
  throw new ControlError({ code: 'ERR_CONTROL_REFUSED', call, detail });
}

function urlOf(url: string, { path, query = {} }: Call): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value));
  return `${url}/_mock${path}${parameters.size === 0 ? '' : `?${parameters}`}`;
}

/** undefined for an empty text. @throws ControlError */
function parsed(text: string, call: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ControlError({
      code: 'ERR_CONTROL_UNEXPECTED',
      call,
      detail: `the response must be JSON, found: ${shortened(text)}`,
      cause,
    });
  }
}

interface Reading {
  readonly call: string;
  readonly signal: AbortSignal;
}

/** The signal ends reading too if the fetch ignores it. @throws ControlError */
async function boundedText(response: Received, { call, signal }: Reading): Promise<string> {
  const text = await readText(response, { bytesMax: RESPONSE_BYTES_MAX, signal });
  if (text !== undefined) return text;
  const limit = `the response must have at most ${RESPONSE_BYTES_MAX / MIB} MiB, and has more`;
  const detail = `${limit}. Is this the address of the mock?`;
  throw new ControlError({ code: 'ERR_CONTROL_UNEXPECTED', call, detail, status: response.status });
}

async function refusalError(response: Received, reading: Reading): Promise<ControlError> {
  const { status } = response;
  const { call } = reading;
  const text = await boundedText(response, reading);
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  const problem = isProblem ? tryJson(text) : undefined;
  if (problem === undefined) {
    const detail = `the response is not from the control API. Is this the address of the mock? ${shortened(text)}`;
    return new ControlError({ code: 'ERR_CONTROL_UNEXPECTED', call, detail, status });
  }
  const { detail, pointer, type } = problem;
  const [, id] = type.split('#');
  return new ControlError({
    code: 'ERR_CONTROL_REFUSED',
    call,
    detail,
    status,
    problem: id,
    pointer,
  });
}

function tryJson(text: string): Problem | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function connectionError(
  error: unknown,
  {
    call,
    url,
    timeoutMs,
  }: { readonly call: string; readonly url: string; readonly timeoutMs: number },
): unknown {
  if (error instanceof ControlError || isNamed(error, 'AbortError')) return error;
  const failed = (code: ControlErrorCode, detail: string) =>
    new ControlError({ code, call, detail, cause: error });
  if (isNamed(error, 'TimeoutError'))
    return failed('ERR_CONTROL_TIMEOUT', `no response within ${timeoutMs} ms`);
  return failed(
    'ERR_CONTROL_UNREACHABLE',
    `no mock responds at ${url} (${errorReason(error)}). Is it running?`,
  );
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name;
}

/** The message of fetch has no reason. The reason is the code, or else the message, of the cause. */
function errorReason(error: unknown): string {
  const { message = String(error), cause }: Partial<Error> = error ?? {};
  const { code, message: reason }: { code?: string; message?: string } = cause ?? {};
  return (code ?? reason ?? '') || message;
}

function shortened(text: string): string {
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;
}
