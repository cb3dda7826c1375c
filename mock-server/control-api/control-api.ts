/** The control API without HTTP. It finds the row of a call, checks access, reads the body, and calls the handler. */

import { type Request, type Response, Router } from 'express';
import type { Answer, CallId, Method, Tag } from '../../src/control/calls/calls.js';
import type { Carrier } from '../carrier/carrier.js';
import type { Log } from '../carrier/log.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import { VALIDATORS } from '../schemas/validators.js';
import {
  type AppReference,
  type PageCheck,
  pageCheck,
  type TokenCheck,
  tokenCheck,
} from './access.js';
import { CONSOLE_ROUTES, type ConsoleRoute } from './console.js';
import { type ControlAnswer, type ControlRequest, PROTECTION } from './control-exchange.js';
import { EventStreams } from './event-streams.js';
import { HANDLERS } from './handlers.js';
import { CONTROL_BODY_BYTES_MAX, readJson, UNCHECKED_BODY_BYTES_MAX } from './json-body.js';
import { languageOf } from './language.js';
import { checked, problem, problemAnswer, toProblem } from './problem.js';
import { checkNames, valuesIn } from './query.js';
import type { CallContext, ControlOptions } from './route.js';
import { ROUTES, type Route } from './routes.js';
import { answerUnknownPath, isControlPath, pathOf } from './unknown-path.js';

/** What the calls of a tag change, except those that only read: the clock or the scripts of an app, or several apps or their settings. */
const CHANGES: Readonly<Partial<Record<Tag, 'app' | 'apps'>>> = {
  Server: 'apps',
  Apps: 'apps',
  Clock: 'app',
  Outcomes: 'app',
  Snapshots: 'app',
};

/** Never rejects: an error is a response too. */
export type ControlApi = (request: ControlRequest) => Promise<ControlAnswer>;

const TEXT_HEADERS = { ...PROTECTION, 'Content-Type': 'text/plain; charset=utf-8' };
const JSON_HEADERS = { ...PROTECTION, 'Content-Type': 'application/json; charset=utf-8' };

export function createControlApi(carrier: Carrier, options: ControlOptions): ControlApi {
  const calls = new ControlCalls(carrier, options);
  return async (request) => {
    try {
      return await calls.answer(request);
    } catch (error) {
      return problemAnswer(toProblem(error, carrier.log), languageOf(request, carrier.log));
    }
  };
}

interface AnyCall extends CallContext {
  readonly params: AppReference['params'];
  readonly query: ReturnType<typeof valuesIn>;
  readonly body: unknown;
  readonly app: AppRecord | undefined;
}

/** The compiler does not see that the parts of a call are those of its row: params, query and body are read from it. */
const HANDLERS_BY_ID = HANDLERS as unknown as Readonly<Record<CallId, (call: AnyCall) => unknown>>;

interface Admitted {
  /** The app that the call names. */
  readonly app?: AppRecord | undefined;
  /** undefined for an empty body, or if the call has none. */
  readonly body?: unknown;
}

/** The methods throw a Problem for a call that is refused. */
class ControlCalls {
  readonly #common: Omit<CallContext, 'request'>;
  readonly #find: RouteFinder<Route | ConsoleRoute>;
  readonly #checkPage: PageCheck;
  readonly #checkToken: TokenCheck;

  constructor(carrier: Carrier, options: ControlOptions) {
    const { controlToken, closing, console = true } = options;
    this.#common = {
      carrier,
      options,
      // The caller of a call about all apps has sent the server's token, if the server has one.
      scope: controlToken === undefined ? 'unlocked' : 'all',
      streams: new EventStreams(carrier, closing),
    };
    this.#find = routeFinder(console ? [...CONSOLE_ROUTES, ...ROUTES] : ROUTES);
    this.#checkPage = pageCheck(options);
    this.#checkToken = tokenCheck(carrier, controlToken);
  }

  async answer(request: ControlRequest): Promise<ControlAnswer> {
    const { row, params } = this.#find(request);
    if (row === undefined) return this.#refuseWithoutRow(request);
    return 'who' in row
      ? this.#answerCall(row, referenceOf(request, params))
      : row.handle(request, params);
  }

  async #answerCall(row: Route, reference: AppReference): Promise<ControlAnswer> {
    this.#checkPage(reference.request, row.who);
    const { app, body = {} } = await this.#admit(row, reference);
    if (row.who === 'path' && app === undefined) {
      throw problem('app.not-found', { app: reference.params['appId'] });
    }
    const input = row.body === undefined ? undefined : checked(VALIDATORS[row.body], body);
    const query = valuesIn(reference.query, row.query ?? []);
    const call = { ...this.#common, ...reference, query, body: input, app };
    const value = await HANDLERS_BY_ID[row.id](call);
    if (row.method !== 'get') this.#reportChange(row, reference);
    logCall(this.#common.carrier.log, row, app?.settings.appId);
    return answerOf(row.answer, value);
  }

  #reportChange({ tag }: Route, { params }: AppReference): void {
    const changed = CHANGES[tag];
    if (changed !== undefined)
      this.#common.streams.change(changed === 'app' ? params['appId'] : undefined);
  }

  /** Without a valid token the body is not read, except if it names the app. */
  async #admit({ who, query = [] }: Route, reference: AppReference): Promise<Admitted> {
    // Probes may add any query.
    if (who === 'anyone') return {};
    const bytesMax = who === 'body' ? UNCHECKED_BODY_BYTES_MAX : CONTROL_BODY_BYTES_MAX;
    let pending: Promise<unknown> | undefined;
    const readBody = () => {
      pending ??= readJson(reference.request, bytesMax);
      return pending;
    };
    const app = await this.#checkToken(who, reference, readBody);
    checkNames(reference.query, query);
    return { app, body: await readBody() };
  }

  async #refuseWithoutRow(request: ControlRequest): Promise<ControlAnswer> {
    const path = pathOf(request.url);
    if (!isControlPath(path)) return answerUnknownPath(this.#common.carrier, request);
    this.#checkPage(request, 'server');
    await this.#checkToken('server', referenceOf(request, {}), () => undefined);
    throw problem('call.not-found', { call: `${request.method} ${path}` });
  }
}

/** The path of the row, because that of the request may contain a token. */
function logCall(log: Log, { id, method, path, answer }: Route, appId: string | undefined): void {
  const { status } = answer;
  const call = `${method.toUpperCase()} ${path}`;
  const text = `${call} ${status}${appId === undefined ? '' : ` ${JSON.stringify(appId)}`}`;
  const level = id === 'resetAll' ? 'info' : 'debug';
  log[level](
    { en: `control ${text}`, zh: `控制接口 ${text}` },
    { fields: { call, status, appId } },
  );
}

function referenceOf(
  request: ControlRequest,
  params: Readonly<Record<string, string>>,
): AppReference {
  const [, query] = request.url.split(/\?(.*)/s);
  return { request, params, query: new URLSearchParams(query) };
}

function answerOf(output: Answer, value: unknown): ControlAnswer {
  const { status } = output;
  if (status === 204) return { status, headers: PROTECTION };
  if ('orText' in output && typeof value === 'string')
    return { status, headers: TEXT_HEADERS, body: value };
  if (!('contentType' in output))
    return { status, headers: JSON_HEADERS, body: JSON.stringify(value) };
  const { contentType, headers } = output;
  const body = value as NonNullable<ControlAnswer['body']>;
  return { status, headers: { ...PROTECTION, ...headers, 'Content-Type': contentType }, body };
}

export interface MatchedRoute<Row> {
  readonly row: Row | undefined;
  readonly params: Readonly<Record<string, string>>;
}

/** Throws an error with `status` 400 for a path that cannot be decoded. */
type RouteFinder<Row> = (target: Pick<Request, 'method' | 'url'>) => MatchedRoute<Row>;

export function routeFinder<Row extends { readonly method: Method; readonly path: string }>(
  rows: readonly Row[],
): RouteFinder<Row> {
  // A router for each method: it tries its rows one after another.
  const routers = new Map<string, Router>();
  const none: MatchedRoute<Row> = { row: undefined, params: {} };
  let found = none;
  for (const row of rows) {
    const name = row.method.toUpperCase();
    const router = routers.get(name) ?? Router();
    routers.set(name, router);
    router[row.method](row.path, ({ params }: Request<MatchedRoute<Row>['params']>) => {
      found = { row, params };
    });
  }
  return ({ method, url }) => {
    let failure: unknown;
    found = none;
    // A router without asynchronous handlers finishes before it returns.
    routers.get(method === 'HEAD' ? 'GET' : method)?.(
      { method, url } as Request,
      {} as Response,
      (error: unknown) => {
        failure = error;
      },
    );
    if (failure !== undefined) throw failure;
    return found;
  };
}
