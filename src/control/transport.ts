/** Calls of the control API over fetch, and their errors. */
import { readText } from '../text/response-body.js';
import type { Problem } from './api.js';
import type { AppCallFunction, CallFunction, CallName } from './calls/calls.js';
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

/** In the mock's own process, a connection calls the control API by the names of calls, without a URL. */
export interface Connection extends MockConnection {
  readonly send?: ((call: NamedCall, sent: SentCall) => Promise<Received>) | undefined;
}

/** A call by its name and parts, and as HTTP has it. */
export interface NamedCall {
  readonly name: string;
  readonly parts: CallParts;
  readonly method: string;
  readonly url: string;
  /** Method and URL, for errors. */
  readonly shown: string;
}

/** The parameters of the path by their names, the query and the body. */
export interface CallParts {
  readonly query?: object | undefined;
  readonly body?: unknown;
  readonly [parameter: string]: unknown;
}

export interface SentCall {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly body?: string;
}

export type Received = Pick<Response, 'ok' | 'status' | 'headers' | 'body' | 'text'>;

/** The language of explanations: English or Chinese. */
export type Language = 'en' | 'zh';

export interface Transport {
  readonly url: string;
  readonly language: Language;
  readonly timeoutMs: number;
  /** The JSON of the response; undefined if the body is empty. */
  readonly call: CallFunction;
  /** The calls of one app. */
  own(appId: string): AppCallFunction;
  text(name: CallName): Promise<string>;
  /** Resolves when the response begins. The signal aborts the response. */
  open(name: CallName, parts: CallParts, signal: AbortSignal): Promise<Received>;
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
  const { send = ({ url }, sent) => fetch(url, sent) } = connection;
  let { controlToken } = connection;
  const respond = async (call: NamedCall, signal: AbortSignal) => {
    const response = await send(call, sentCall(call, { signal, controlToken }));
    if (!response.ok) throw await refusalError(response, { call: call.shown, signal });
    return response;
  };
  const withErrors = <T>(call: NamedCall, result: Promise<T>) =>
    result.catch((error) => {
      throw connectionError(error, { call: call.shown, url: controlUrl, timeoutMs });
    });
  const textOf = (call: NamedCall) => {
    const signal = AbortSignal.timeout(timeoutMs);
    return withErrors(
      call,
      respond(call, signal).then((response) => boundedText(response, { call: call.shown, signal })),
    );
  };
  /** The types of the calls state the type of the answer. */
  const jsonOf = async (name: string, parts?: CallParts): Promise<never> => {
    const call = namedCall(controlUrl, { name, parts });
    return parsed(await textOf(call), call.shown) as never;
  };
  return {
    url: baseOf(connection.url),
    language,
    timeoutMs,
    open: async (name, parts, signal) => {
      const call = namedCall(controlUrl, { name, parts });
      return withErrors(call, respond(call, signal));
    },
    text: async (name) => textOf(namedCall(controlUrl, { name })),
    call: jsonOf,
    own: (appId) => (name, parts?: CallParts) =>
      jsonOf(name.replace(/ |$/, ' /apps/:appId'), { ...parts, appId }),
    setAppToken: (appToken) => {
      if (connection.controlToken === undefined) controlToken = appToken;
    },
  };
}

interface Sending {
  readonly signal: AbortSignal;
  readonly controlToken: string | undefined;
}

function sentCall(
  { method, parts: { body } }: NamedCall,
  { signal, controlToken }: Sending,
): SentCall {
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

/** The parameters of the path may contain any character. @throws ControlError for `.` and `..` */
function namedCall(
  controlUrl: string,
  { name, parts = {} }: { readonly name: string; readonly parts?: CallParts | undefined },
): NamedCall {
  const filled = name.replace(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(String(parts[key])),
  );
  const [method = '', path = ''] = filled.split(' ');
  const query = queryOf(parts);
  const url = `${controlUrl}/_mock${path}${query.size === 0 ? '' : `?${query}`}`;
  const shown = `${method} ${url}`;
  // A URL resolves them, even if they are encoded, so the request would go to another path.
  const dots = Object.values(parts).find((part) => part === '.' || part === '..');
  if (dots === undefined) return { name, parts, method, url, shown };
  throw new ControlError({
    code: 'ERR_CONTROL_REFUSED',
    call: shown,
    detail: `"${dots}" cannot be part of a path, so the mock has nothing with this name`,
  });
}

export function queryOf({ query = {} }: CallParts): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value));
  return parameters;
}

function baseOf(url: string): string {
  return url.replace(/\/+$/, '').replace(/\/_mock$/, '');
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
