/** The calls of the mock's control API that a case needs, for one app. */
import type { Operation } from '../index.js';
import type { Finding } from '../results/result.js';
import type { Fetch, FetchInit } from './http-fetch.js';
import { type ControlCall, ExchangeError } from './subject.js';

type Fields = Readonly<Record<string, unknown>>;

export interface IssuedToken {
  readonly token: string;
  readonly phoneNumber: string;
}

export interface MadeApp {
  readonly appId: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly platformPublicKey: string;
  readonly readings?: Readonly<Record<string, string>>;
}

/** One app of the mock, as the kit looks at it. */
export interface AppControl {
  mint(operation: Operation, settings?: Fields): Promise<IssuedToken>;
  change(settings: Fields): Promise<void>;
  stopClock(atMs?: number): Promise<void>;
  advance(by: string): Promise<void>;
  /** By the app's clock. */
  nowMs(): Promise<number>;
  /** How many calls were charged so far. */
  charged(): Promise<number>;
  isTokenUsed(token: string): Promise<boolean>;
  redeem(accessToken: string): Promise<'granted' | 'refused'>;
  script(operation: Operation, script: string): Promise<void>;
  remove(): Promise<void>;
}

export async function makeApp(call: ControlCall, settings: Fields): Promise<{ app: MadeApp; control: AppControl }> {
  const app = (await call('POST', '/apps', settings)) as MadeApp;
  return { app, control: appControl(call, `/apps/${encodeURIComponent(app.appId)}`) };
}

function appControl(call: ControlCall, path: string): AppControl {
  return {
    mint: async (operation, settings = {}) =>
      (await call('POST', `${path}/tokens`, { capability: operation, ...settings })) as IssuedToken,
    change: async (settings) => void (await call('PATCH', path, settings)),
    stopClock: async (atMs) =>
      void (await call('PUT', `${path}/clock`, { frozen: true, ...(atMs !== undefined && { atMs }) })),
    advance: async (by) => void (await call('POST', `${path}/clock/advance`, { by })),
    nowMs: async () => numberIn(await call('GET', `${path}/clock`), 'nowMs'),
    charged: async () => numberIn(await call('GET', `${path}/ledger?limit=1`), 'charged'),
    isTokenUsed: async (token) => {
      const { status } = (await call('GET', `${path}/tokens/${encodeURIComponent(token)}`)) as { status: string };
      return status === 'used';
    },
    redeem: (accessToken) => redeemed(call, `${path}/access-tokens/${encodeURIComponent(accessToken)}/redeem`),
    script: async (operation, script) => void (await call('PUT', `${path}/outcomes/${operation}`, { script })),
    remove: async () => void (await call('DELETE', path)),
  };
}

const CONFLICT = 409;
const UNKNOWN = 404;

async function redeemed(call: ControlCall, path: string): Promise<'granted' | 'refused'> {
  try {
    await call('POST', path);
    return 'granted';
  } catch (error) {
    if (error instanceof ControlRefusal && [CONFLICT, UNKNOWN].includes(error.status)) return 'refused';
    throw error;
  }
}

function numberIn(answer: unknown, name: string): number {
  const value = (answer as Fields)[name];
  if (typeof value !== 'number') throw new ExchangeError(`the control API's answer has no number ${name}`);
  return value;
}

/** The first finding of an explanation, or undefined where the mock has none. */
export async function firstFinding(call: ControlCall, requestId: string, lang: string): Promise<Finding | undefined> {
  return (await findingsOf(call, requestId, lang))[0];
}

/** All of them, what explains the most first. */
export async function findingsOf(call: ControlCall, requestId: string, lang: string): Promise<readonly Finding[]> {
  const explanation = await call('GET', `/requests/${encodeURIComponent(requestId)}/explanation?lang=${lang}`);
  return (explanation as { readonly findings?: readonly Finding[] }).findings ?? [];
}

/** The control API refused a call. */
export class ControlRefusal extends ExchangeError {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** How a control API over HTTP is called; `fetch` and the base are the caller's. */
export function controlOver(
  fetch: Fetch,
  {
    url,
    controlToken,
    timeoutMs,
  }: { readonly url: string; readonly controlToken: string | undefined; readonly timeoutMs: number },
): ControlCall {
  const headers = {
    'content-type': 'application/json',
    ...(controlToken !== undefined && { authorization: `Bearer ${controlToken}` }),
  };
  return async (method, path, body) => {
    const target = `${url}/_mock${path}`;
    const answer = await answered(fetch, target, {
      method,
      headers,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status >= 400) throw new ControlRefusal(answer.status, `${method} ${target}: ${detailOf(answer)}`);
    return answer.text === '' ? undefined : jsonIn(answer, `${method} ${target}`);
  };
}

interface ControlAnswer {
  readonly status: number;
  readonly text: string;
}

async function answered(fetch: Fetch, target: string, init: FetchInit): Promise<ControlAnswer> {
  try {
    const response = await fetch(target, init);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ExchangeError(`${init.method} ${target}: no answer (${reason})`, codeOf(cause));
  }
}

/** An abort has a name, other errors of a connection a code. */
function codeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

function jsonIn({ text }: ControlAnswer, call: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ExchangeError(`${call}: no JSON, so this is no mock of ours`);
  }
}

function detailOf({ status, text }: ControlAnswer): string {
  try {
    const { detail, title } = JSON.parse(text) as { readonly detail?: string; readonly title?: string };
    return `HTTP ${status}, ${detail ?? title ?? text}`;
  } catch {
    return `HTTP ${status}`;
  }
}
