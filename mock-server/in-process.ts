/** A carrier put together without a port: its state, its listener, and the client of its control API that calls the listener directly. */
import type { RequestListener, ServerResponse } from 'node:http';
import type { Express, Router } from 'express';
import type { MockConnection } from '../src/control/transport.js';
import {
  type ListenerOptions as CarrierListenerOptions,
  type ClientIpOf,
  carrierListener,
} from './adapters/carrier-listener.js';
import { forwardedAddress } from './adapters/forwarded-address.js';
import { gatherBody } from './adapters/gathered-body.js';
import { holdAnswers } from './adapters/held-answers.js';
import { inProcessFetch } from './adapters/in-process-fetch.js';
import { writePlainProblem } from './adapters/plain-problem.js';
import { createAnswer } from './carrier/answer.js';
import type { Carrier, Log } from './carrier/carrier.js';
import type { Configuration } from './config.js';
import type { ControlOptions } from './control/control-app.js';
import { ENGINE, type Engine } from './engine/engine.js';
import { lazily, NOT_LOADED, NotLoadedError } from './lazily.js';
import { createTallies, type Tallies } from './metrics/tallies.js';
import { createRandom, systemClock } from './sources.js';
import type { StateStore } from './state-store.js';
import { measured } from './stores/measured.js';
import { createMemoryStore } from './stores/memory.js';
import { UsageError } from './usage-error.js';

/** Whom the control API's client is taken to call from. */
const LOOPBACK = '127.0.0.1';

export interface CarrierInputs {
  readonly configuration: Configuration;
  readonly seed: string | undefined;
  readonly log: Log;
  /** Memory unless given. */
  readonly store?: StateStore;
  /** The right one by default; tests of the contract's cases pass a wrong one. */
  readonly engine?: Engine;
  /** Where something is counted before there is a carrier. */
  readonly tallies?: Tallies | undefined;
}

/** A carrier without its apps yet. */
export function createCarrier(inputs: CarrierInputs): Carrier {
  const { configuration, seed, log, store, engine = ENGINE, tallies = createTallies() } = inputs;
  const { elapsedMs } = systemClock;
  const meter = { elapsedMs, durationsOf: (call: string) => tallies.store.durationsOf(call) };
  return {
    engine,
    store: measured(store ?? createMemoryStore(configuration.limits), meter),
    clock: systemClock,
    random: createRandom(seed),
    log,
    tallies,
    settings: configuration.settings,
  };
}

type CreateControlApp = (carrier: Carrier, options: ControlOptions) => Express;

export interface ListenerOptions extends ControlOptions, Omit<CarrierListenerOptions, 'held'> {
  /** What makes the control API; unless given, it is loaded with Express by the first request that needs it. */
  readonly createControlApp?: CreateControlApp;
}

/** The carrier's paths first, the control API behind it. */
export function requestListener(carrier: Carrier, options: ListenerOptions): RequestListener {
  const { clientIpOf, closing, refusesPages = false } = options;
  const ofCarrier = { clientIpOf, held: holdAnswers(closing), refusesPages };
  return carrierAndControl(controlListener(carrier, options), carrier, ofCarrier);
}

/**
 * Below it the carrier answers as well, and closes the connection. A browser repeats a call by itself when a connection
 * that it used before is reset: a page that calls here meets a reset as it is, and uses up one step of a script by it.
 */
const ONE_CALL_A_CONNECTION = '/_mock/carrier';

/** As `carrierBefore`, where the others are the control API. */
export function carrierAndControl(
  control: RequestListener,
  carrier: Carrier,
  options: CarrierListenerOptions,
): RequestListener {
  const listener: RequestListener = carrierBefore(
    (req, res) => {
      const { url = '' } = req;
      if (!url.startsWith(`${ONE_CALL_A_CONNECTION}/`)) {
        gatherBody(req, { held: false });
        return control(req, res);
      }
      req.url = url.slice(ONE_CALL_A_CONNECTION.length);
      res.setHeader('Connection', 'close');
      return listener(req, res);
    },
    carrier,
    options,
  );
  return listener;
}

/** The carrier's paths, and somebody else for all others. */
export function carrierBefore(
  others: RequestListener,
  carrier: Carrier,
  options: CarrierListenerOptions,
): RequestListener {
  const answerCarrier = carrierListener(createAnswer(carrier), options);
  return (req, res) => answerCarrier(req, res, () => others(req, res));
}

/** The control API alone, made by the first request that needs it. */
export function controlListener(carrier: Carrier, options: ListenerOptions): RequestListener {
  const { clientIpOf: _, createControlApp, ...control } = options;
  let made: RequestListener | undefined;
  const make = async () => {
    const create = createControlApp ?? (await loadControlApp()).createControlApp;
    made ??= handingErrorsOn(create(carrier, control));
    return made;
  };
  return (req, res) =>
    void make().then(
      (app) => app(req, res),
      (error: unknown) => answerNotLoaded(res, error, carrier.log),
    );
}

const loadControlApp = lazily('the control API', () => import('./control/control-app.js'));
const UNAVAILABLE = 503;

function answerNotLoaded(res: ServerResponse, error: unknown, log: Log): void {
  const failure = error instanceof NotLoadedError ? error : new NotLoadedError('the control API', error);
  failure.logTo(log);
  writePlainProblem(res, { status: UNAVAILABLE, title: 'Unavailable', detail: NOT_LOADED });
}

const NO_PATH = /(?!)/;

/**
 * An error of a router's last route goes on by way of setImmediate, which a test may have replaced by one that stands
 * still; that of a route with another behind it goes on at once. So each router gets one behind, for no path.
 */
function handingErrorsOn(app: Express): Express {
  for (const { handle } of app.router.stack) if (isRouter(handle)) handle.all(NO_PATH, (_req, _res, next) => next());
  return app;
}

function isRouter(handle: object): handle is Router {
  return 'stack' in handle;
}

/** The address behind proxies that are trusted; `name` is what the mistake of whoever named them is called by. */
export async function clientIpBehind(
  trustProxy: readonly string[],
  { name }: { readonly name: string },
): Promise<ClientIpOf | undefined> {
  if (trustProxy.length === 0) return undefined;
  try {
    return await forwardedAddress(trustProxy);
  } catch (error) {
    throw new UsageError(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}

export interface ControlPlace {
  /** Where the carrier is for the code under test. */
  readonly url: string;
  readonly controlToken: string | undefined;
  /** The listener, once it can answer. */
  readonly listener: () => Promise<RequestListener>;
}

/** How the client of the control API reaches a listener of the same process: past ports, and past whoever intercepts requests. */
export function inProcessConnection({ url, controlToken, listener }: ControlPlace): MockConnection {
  const basePath = basePathOf(url);
  return {
    url,
    controlToken,
    fetch: inProcessFetch(async () => ({ listener: await listener(), basePath, clientIp: LOOPBACK })),
  };
}

/** The path of a base address, without a slash at its end. */
export function basePathOf(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, '');
}
