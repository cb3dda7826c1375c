/** The control API: over HTTP, and for requests in this process. */
import type { RequestListener } from 'node:http';
import type { Carrier } from '../carrier/carrier.js';
import type { ClientIpOf } from '../http/carrier-listener.js';
import { lateListener, onceLoaded } from '../http/late-listener.js';
import { callAnswer } from './call-answer.js';
import type { ConsoleRoute } from './console.js';
import type { ControlAnswer, ControlRequest, InProcessCall } from './control-exchange.js';
import { answerListener } from './control-listener.js';
import type { RouterParts } from './control-router.js';
import type { RouteFinder } from './find-route.js';
import { languageOf } from './language.js';
import { PendingCall, stepsOf } from './pending-call.js';
import { problemAnswer, toProblem } from './problem.js';
import type { ControlOptions } from './route.js';
import { ROUTES, type Route } from './routes.js';
import { unknownCallAnswer } from './unknown-path.js';

export interface ControlApi {
  /** Never rejects: an error is an answer too. */
  readonly answer: (request: ControlRequest) => Promise<ControlAnswer>;
  /** Calls the handler of a call without a path to match. Never rejects either. */
  readonly call: (call: InProcessCall) => Promise<ControlAnswer>;
  readonly listener: (clientIpOf?: ClientIpOf) => RequestListener;
}

const BY_NAME = new Map(ROUTES.map((route) => [route.call.replace(' /_mock', ' '), route]));
/** The calls for anyone, which probes make, by method and path. */
const OPEN = new Map<string, Route>(
  ROUTES.filter(({ who }) => who === 'anyone').map((route) => [route.call, route]),
);

export function createControlApi(carrier: Carrier, options: ControlOptions): ControlApi {
  const steps = stepsOf(carrier, options);
  const handle = callAnswer(carrier, options);
  const refuseUnknown = unknownCallAnswer(carrier, options);
  const refuse = (error: unknown, request: ControlRequest) =>
    problemAnswer(toProblem(error, carrier.log), languageOf(request, carrier.log));
  const answerCall = async (call: PendingCall) => {
    for (const step of steps) await step(call);
    return handle(call);
  };
  const finder = onceLoaded(() => loadFinder(options));
  const answer = async (request: ControlRequest) => {
    const find = await finder();
    const found = find(request);
    if (found === undefined) return refuseUnknown(request);
    const { row, params } = found;
    if ('handle' in row) return row.handle(request, params);
    return answerCall(new PendingCall(row, request, params));
  };
  const answerOpen = (route: Route) => (request: ControlRequest) =>
    answerCall(new PendingCall(route, request, {})).catch((error) => refuse(error, request));
  return {
    answer: (request) => answer(request).catch((error) => refuse(error, request)),
    call: async (named) => {
      const request = requestOf(named);
      const route = BY_NAME.get(named.name);
      const answered =
        route === undefined
          ? refuseUnknown(request)
          : answerCall(new PendingCall(route, request, named.params));
      return answered.catch((error) => refuse(error, request));
    },
    listener: (clientIpOf) => {
      const parts = { steps, handle, refuseUnknown, refuse };
      const router = lateListener(carrier.log, () => loadRouter(parts, { options, clientIpOf }));
      return (req, res) => {
        const route = OPEN.get(`${req.method} ${req.url}`);
        const listener = route ? answerListener(answerOpen(route), clientIpOf) : router;
        return listener(req, res);
      };
    },
  };
}

function requestOf({ name, query, ...rest }: InProcessCall): ControlRequest {
  const [method = '', path = ''] = name.split(' ');
  return { ...rest, method, url: `/_mock${path}?${query}` };
}

/** For requests in this process. */
async function loadFinder(options: ControlOptions): Promise<RouteFinder<Route | ConsoleRoute>> {
  const { routeFinder } = await import('./find-route.js');
  return routeFinder<Route | ConsoleRoute>([...(await consoleRoutes(options)), ...ROUTES]);
}

/** For HTTP. The calls in `OPEN` do without it: it takes a fifth of the time of a start. */
async function loadRouter(
  parts: Omit<RouterParts, 'consoleRoutes'>,
  { options, clientIpOf }: OfListener,
): Promise<RequestListener> {
  const { controlRouter } = await import('./control-router.js');
  return controlRouter({ ...parts, consoleRoutes: await consoleRoutes(options) })(clientIpOf);
}

interface OfListener {
  readonly options: ControlOptions;
  readonly clientIpOf: ClientIpOf | undefined;
}

async function consoleRoutes(options: ControlOptions): Promise<readonly ConsoleRoute[]> {
  return options.console === false ? [] : (await import('./console.js')).CONSOLE_ROUTES;
}
