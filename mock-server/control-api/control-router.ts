/** The control API over HTTP: an Express Router with a route for each row. */
import type { RequestListener } from 'node:http';
// Express's Router with types of its own: those of Express promise what only an application adds, such as `res.json()`.
import Router from 'router';
import { type ClientIpOf, socketAddress } from '../http/carrier-listener.js';
import type { CallAnswer } from './call-answer.js';
import type { ConsoleRoute } from './console.js';
import type { ControlAnswer, ControlRequest } from './control-exchange.js';
import { httpRequest, send } from './control-listener.js';
import { textsIn } from './find-route.js';
import { PendingCall, type Step } from './pending-call.js';
import { ROUTES, type Route } from './routes.js';

declare module 'router' {
  interface Request {
    /** For all routes. */
    control: ControlRequest;
    /** For the route of a call. */
    call: PendingCall;
  }
}

export interface RouterParts {
  /** Before the handler of a call, in this order. */
  readonly steps: readonly Step[];
  readonly handle: CallAnswer;
  readonly consoleRoutes: readonly ConsoleRoute[];
  readonly refuseUnknown: (request: ControlRequest) => Promise<ControlAnswer>;
  readonly refuse: (error: unknown, request: ControlRequest) => ControlAnswer;
}

export function controlRouter(parts: RouterParts): (clientIpOf?: ClientIpOf) => RequestListener {
  const { steps, handle, consoleRoutes, refuseUnknown, refuse } = parts;
  return (clientIpOf = socketAddress) => {
    const router = Router();
    router.use((req, res, next) => {
      req.control = httpRequest(req, res, clientIpOf(req));
      next();
    });
    for (const { path, handle: answerFile } of consoleRoutes)
      router.get(path, async (req, res) =>
        send(req, res, await answerFile(req.control, textsIn(req.params))),
      );
    for (const route of ROUTES) {
      router[route.method](route.path, callOf(route), ...steps.map(middleware), async (req, res) =>
        send(req, res, await handle(req.call)),
      );
    }
    // It answers every request: otherwise the Router would answer OPTIONS.
    router.use(async (req, res) => send(req, res, await refuseUnknown(req.control)));
    router.use(
      (error: unknown, req: Router.Request, res: Router.Response, _next: Router.NextFunction) =>
        send(req, res, refuse(error, req.control)),
    );
    return (req, res) => router(req, res, () => res.destroy());
  };
}

function callOf(route: Route): Router.RequestHandler {
  return (req, _res, next) => {
    req.call = new PendingCall(route, req.control, textsIn(req.params));
    next();
  };
}

function middleware(step: Step): Router.RequestHandler {
  return async (req, _res, next) => {
    await step(req.call);
    next();
  };
}
