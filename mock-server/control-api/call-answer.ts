/** Calls the handler of a checked call, and turns its value into an answer. */
import type { Answer, CallId, Tag } from '../../src/control/calls/calls.js';
import type { Carrier } from '../carrier/carrier.js';
import type { Log } from '../carrier/log.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import { shownIp } from '../telemetry/request-log.js';
import type { AppReference } from './access.js';
import { type ControlAnswer, PROTECTION } from './control-exchange.js';
import { EventStreams } from './event-streams.js';
import type { PendingCall } from './pending-call.js';
import { valuesIn } from './query.js';
import type { CallContext, ControlOptions, RawBody } from './route.js';
import type { Route } from './routes.js';
import { SERVER_HANDLERS } from './server.js';

/** What the calls of a tag change, except those that only read: the clock or the scripts of an app, or several apps or their settings. */
const CHANGES: Readonly<Partial<Record<Tag, 'app' | 'apps'>>> = {
  Server: 'apps',
  Apps: 'apps',
  Clock: 'app',
  Outcomes: 'app',
  Snapshots: 'app',
};

interface AnyCall extends CallContext {
  readonly params: AppReference['params'];
  readonly query: ReturnType<typeof valuesIn>;
  readonly body: unknown;
  readonly app: AppRecord | undefined;
}

type AnyHandler = (call: AnyCall) => unknown;

/** The others are loaded with the first call that needs one, so that a health check does not load explanations. */
async function handlerOf(id: CallId): Promise<AnyHandler> {
  const handlers =
    id in SERVER_HANDLERS ? SERVER_HANDLERS : (await import('./handlers.js')).HANDLERS;
  // The compiler does not see that the parts of a call are those of its row: params, query and body are read from it.
  return (handlers as Readonly<Record<string, unknown>>)[id] as AnyHandler;
}

/** Rejects with a Problem of the handler. */
export type CallAnswer = (call: PendingCall) => Promise<ControlAnswer>;

export function callAnswer(carrier: Carrier, options: ControlOptions): CallAnswer {
  const context: Omit<CallContext, 'request' | 'scope'> = {
    carrier,
    options,
    streams: new EventStreams(carrier, options.closing),
  };
  return async ({ route, request, params, query: sent, body, app, scope }) => {
    const query = valuesIn(sent, route.query ?? []);
    const handler = await handlerOf(route.id);
    const value = await handler({
      ...context,
      scope,
      request,
      params,
      query,
      body,
      app,
    });
    if (route.method !== 'get') reportChange(context.streams, route, params['appId']);
    logCall(carrier.log, route, { appId: app?.settings.appId, clientIp: request.clientIp });
    return answerOf(route.answer, value);
  };
}

function reportChange(streams: EventStreams, { tag }: Route, appId: string | undefined): void {
  const changed = CHANGES[tag];
  if (changed !== undefined) streams.change(changed === 'app' ? appId : undefined);
}

/** The path of the row, because that of the request may contain a token. */
function logCall(
  log: Log,
  { id, method, path, answer: { status } }: Route,
  { appId, clientIp }: CallSubject,
): void {
  const call = `${method.toUpperCase()} ${path}`;
  const text = [call, status, appId && JSON.stringify(appId)].filter(Boolean).join(' ');
  const from = clientIp === undefined ? undefined : shownIp(clientIp);
  const level = id === 'resetAll' ? 'info' : 'debug';
  log[level](
    {
      en: `control ${text}${from === undefined ? '' : ` from ${from}`}`,
      zh: `控制接口 ${text}${from === undefined ? '' : `，来自 ${from}`}`,
    },
    { fields: { call, status, appId, clientIp: from } },
  );
}

interface CallSubject {
  readonly appId: string | undefined;
  /** undefined for a call in the same process. */
  readonly clientIp: string | undefined;
}

const TEXT_HEADERS = { ...PROTECTION, 'Content-Type': 'text/plain; charset=utf-8' };
const JSON_HEADERS = { ...PROTECTION, 'Content-Type': 'application/json; charset=utf-8' };

function answerOf(answer: Answer, value: unknown): ControlAnswer {
  const { status } = answer;
  if (status === 204) return { status, headers: PROTECTION };
  if ('orText' in answer && typeof value === 'string')
    return { status, headers: TEXT_HEADERS, body: value };
  if (!('contentType' in answer))
    return { status, headers: JSON_HEADERS, body: JSON.stringify(value) };
  const { contentType, headers } = answer;
  const body = value as RawBody;
  return { status, headers: { ...PROTECTION, ...headers, 'Content-Type': contentType }, body };
}
