/** A call on its way to its handler, and the steps that check it. Over HTTP, each step is a middleware. */
import type { Scope } from '../carrier/apps/apps.js';
import type { Carrier } from '../carrier/carrier.js';
import type { MaybePromise } from '../carrier/store/maybe-promise.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import { type AppReference, pageCheck, tokenCheck } from './access.js';
import type { ControlRequest } from './control-exchange.js';
import { CONTROL_BODY_BYTES_MAX, readJson, UNCHECKED_BODY_BYTES_MAX } from './json-body.js';
import { checked, problem } from './problem.js';
import { checkNames } from './query.js';
import type { ControlOptions } from './route.js';
import type { Route } from './routes.js';

export class PendingCall implements AppReference {
  readonly route: Route;
  readonly request: ControlRequest;
  readonly params: AppReference['params'];
  readonly query: URLSearchParams;
  /** The app that the call names, when its token is checked. */
  app: AppRecord | undefined;
  /** What a call about all apps covers, when its token is checked. A call for anyone is about no app. */
  scope: Scope = 'unlocked';
  /** When it is read and checked; undefined for a call without a body. */
  body: unknown;
  #sent: Promise<unknown> | undefined;

  constructor(route: Route, request: ControlRequest, params: AppReference['params']) {
    this.route = route;
    this.request = request;
    this.params = params;
    this.query = queryOf(request.url);
  }

  /** The JSON of the body; undefined for an empty one. */
  sentBody(): Promise<unknown> {
    const bytesMax = this.route.who === 'body' ? UNCHECKED_BODY_BYTES_MAX : CONTROL_BODY_BYTES_MAX;
    this.#sent ??= readJson(this.request, bytesMax);
    return this.#sent;
  }
}

export function queryOf(url: string): URLSearchParams {
  const [, query] = url.split(/\?(.*)/s);
  return new URLSearchParams(query);
}

/** Throws a Problem for a call that it refuses. */
export type Step = (call: PendingCall) => MaybePromise<void>;

export function stepsOf(carrier: Carrier, options: ControlOptions): readonly Step[] {
  const checkPage = pageCheck(options);
  const checkToken = tokenCheck(carrier, options.controlToken);
  return [
    ({ request, route }) => checkPage(request, route.who),
    // Without a valid token the body is not read, except if it names the app.
    async (call) => {
      const { who } = call.route;
      if (who !== 'anyone') Object.assign(call, await checkToken(who, call, () => call.sentBody()));
    },
    checkQuery,
    readBody,
    checkBody,
  ];
}

/** Probes may add any query. */
function checkQuery({ route: { who, query = [] }, query: sent }: PendingCall): void {
  if (who !== 'anyone') checkNames(sent, query);
}

/** A body is read also for a call that has none, because it must be JSON. */
async function readBody(call: PendingCall): Promise<void> {
  if (call.route.who !== 'anyone') await call.sentBody();
}

/** An unknown app is reported first. */
async function checkBody(call: PendingCall): Promise<void> {
  const { route, app, params } = call;
  if (route.who === 'path' && app === undefined) {
    throw problem('app.not-found', { app: params['appId'] });
  }
  if (route.body === undefined) return;
  const sent = (await call.sentBody()) ?? {};
  // Loaded with the first call that has a body: they are a third of the code.
  const { VALIDATORS } = await import('../schemas/validators.js');
  call.body = checked(VALIDATORS[route.body], sent);
}
