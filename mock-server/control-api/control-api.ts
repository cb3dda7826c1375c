/** The control API: over HTTP, and for requests in this process. */
import type { RequestListener } from 'node:http';
import type { Carrier } from '../carrier/carrier.js';
import type { ClientIpOf } from '../http/carrier-listener.js';
import { callAnswer } from './call-answer.js';
import { CONSOLE_ROUTES, type ConsoleRoute } from './console.js';
import type { ControlAnswer, ControlRequest, InProcessCall } from './control-exchange.js';
import { controlRouter } from './control-router.js';
import { routeFinder } from './find-route.js';
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

export function createControlApi(carrier: Carrier, options: ControlOptions): ControlApi {
  const steps = stepsOf(carrier, options);
  const handle = callAnswer(carrier, options);
  const refuseUnknown = unknownCallAnswer(carrier, options);
  const consoleRoutes = options.console === false ? [] : CONSOLE_ROUTES;
  const find = routeFinder<Route | ConsoleRoute>([...consoleRoutes, ...ROUTES]);
  const answer = async (request: ControlRequest) => {
    const found = find(request);
    if (found === undefined) return refuseUnknown(request);
    const { row, params } = found;
    if ('handle' in row) return row.handle(request, params);
    return answerCall(new PendingCall(row, request, params));
  };
  const answerCall = async (call: PendingCall) => {
    for (const step of steps) await step(call);
    return handle(call);
  };
  const refuse = (error: unknown, request: ControlRequest) =>
    problemAnswer(toProblem(error, carrier.log), languageOf(request, carrier.log));
  return {
    answer: (request) => answer(request).catch((error) => refuse(error, request)),
    call: async ({ name, params, query, ...rest }) => {
      const route = BY_NAME.get(name);
      const [method = '', path = ''] = name.split(' ');
      const request = { ...rest, method, url: `/_mock${path}?${query}` };
      const answered =
        route === undefined
          ? refuseUnknown(request)
          : answerCall(new PendingCall(route, request, params));
      return answered.catch((error) => refuse(error, request));
    },
    listener: controlRouter({ steps, handle, consoleRoutes, refuseUnknown, refuse }),
  };
}
