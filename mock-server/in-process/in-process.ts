/** A carrier put together without a port: its state, its listener, its control API, and the client that calls that API directly. */

import type { RequestListener } from 'node:http';
import type { MockConnection } from '../../src/control/transport.js';
import type { Language } from '../../src/protocol/bilingual.js';
import { createAnswer } from '../carrier/answer.js';
import type { Carrier, Log } from '../carrier/carrier.js';
import { ENGINE, type Engine } from '../carrier/engine/engine.js';
import { createRandom, systemClock } from '../carrier/sources.js';
import { measured } from '../carrier/store/measured.js';
import { createMemoryStore } from '../carrier/store/memory.js';
import type { StateStore } from '../carrier/store/state-store.js';
import type { Configuration } from '../cli/config.js';
import { UsageError } from '../cli/usage-error.js';
import type { ControlApi } from '../control-api/control-api.js';
import type { ControlAnswer } from '../control-api/control-exchange.js';
import { languageOf } from '../control-api/language.js';
import { Problem, problemAnswer } from '../control-api/problem.js';
import type { ControlOptions } from '../control-api/route.js';
import {
  type ListenerOptions as CarrierListenerOptions,
  type ClientIpOf,
  carrierListener,
} from '../http/carrier-listener.js';
import { forwardedAddress } from '../http/forwarded-address.js';
import { lazily, NOT_LOADED, NotLoadedError } from '../loading/lazily.js';
import { createTallies, type Tallies } from '../telemetry/metrics/tallies.js';
import { messageOf } from '../text/error-message.js';
import { CARRIER_PATH, controlExchange, inProcessFetch } from './in-process-fetch.js';

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
    controlUrl: undefined,
  };
}

export interface ControlApiOptions extends ControlOptions {
  /** Makes the control API; by default it is loaded by the first call that needs it. */
  readonly createControlApi?: (carrier: Carrier, options: ControlOptions) => ControlApi;
}

/** As `carrierBefore`, where the others are the control API. */
export function carrierAndControl(
  control: RequestListener,
  carrier: Carrier,
  options: CarrierListenerOptions,
): RequestListener {
  const listener: RequestListener = carrierBefore(
    (req, res) => {
      const { url = '' } = req;
      if (!url.startsWith(`${CARRIER_PATH}/`)) return control(req, res);
      req.url = url.slice(CARRIER_PATH.length);
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

/** The control API, loaded by its first call. */
export function controlApi(carrier: Carrier, options: ControlApiOptions): ControlApi {
  const { createControlApi, ...control } = options;
  let made: ControlApi | undefined;
  const make = async () => {
    const create = createControlApi ?? (await loadControlApi()).createControlApi;
    made ??= create(carrier, control);
    return made;
  };
  return async (request) => {
    try {
      return await (await make())(request);
    } catch (error) {
      return notLoaded(error, { log: carrier.log, language: languageOf(request) });
    }
  };
}

const CONTROL_API = { en: 'the control API', zh: '控制 API' };
const loadControlApi = lazily(CONTROL_API, () => import('../control-api/control-api.js'));
const UNAVAILABLE = 503;

function notLoaded(
  error: unknown,
  { log, language }: { readonly log: Log; readonly language: Language },
): ControlAnswer {
  const failure = error instanceof NotLoadedError ? error : new NotLoadedError(CONTROL_API, error);
  failure.logTo(log);
  return problemAnswer(new Problem(UNAVAILABLE, NOT_LOADED), language);
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
    throw new UsageError(`${name}: ${messageOf(error)}`);
  }
}

export interface ControlPlace {
  /** Where the carrier is for the code under test. */
  readonly url: string;
  readonly controlToken: string | undefined;
  readonly control: ControlApi;
}

/** Connects the client of the control API to one of the same process, past ports and interceptors of requests. */
export function inProcessConnection({ url, controlToken, control }: ControlPlace): MockConnection {
  const basePath = basePathOf(url);
  return { url, controlToken, fetch: inProcessFetch((request) => controlExchange(control, request, basePath)) };
}

/** The path of a base address, without a slash at its end. */
export function basePathOf(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, '');
}
