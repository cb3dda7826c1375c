/** Assembles a carrier without a port: its state, its listener, and its control API, which is loaded later. */

import type { RequestListener } from 'node:http';
import { createAnswer } from '../carrier/answer.js';
import type { Carrier } from '../carrier/carrier.js';
import { ENGINE, type Engine } from '../carrier/engine/engine.js';
import type { Log } from '../carrier/log.js';
import type { Reply } from '../carrier/reply.js';
import { createRandom, systemClock } from '../carrier/sources.js';
import { BoundedMap } from '../carrier/store/bounded.js';
import { measured } from '../carrier/store/measured.js';
import { createMemoryStore } from '../carrier/store/memory.js';
import type { StateStore } from '../carrier/store/state-store.js';
import { createTallies, type Tallies } from '../carrier/tallies.js';
import type { ControlApi } from '../control-api/control-api.js';
import { type ControlAnswer, PROTECTION } from '../control-api/control-exchange.js';
import type { ControlOptions } from '../control-api/route.js';
import { CARRIER_PATH, carrierListener, type ListenerOptions } from '../http/carrier-listener.js';
import { lateListener, notLoaded, onceLoaded } from '../http/late-listener.js';
import type { Configuration } from '../options/settings.js';

export interface CarrierInputs {
  readonly configuration: Configuration;
  readonly seed: string | undefined;
  readonly log: Log;
  /** By default a memory store. */
  readonly store?: StateStore;
  /** By default the correct engine. Tests of the contract's cases pass wrong ones. */
  readonly engine?: Engine;
  /** For events that are counted before the carrier exists. */
  readonly tallies?: Tallies | undefined;
}

// As many as all journals keep.
const EXPECTED_MAX = 100_000;

/** Creates a carrier, without the configured apps. */
export function createCarrier(inputs: CarrierInputs): Carrier {
  const { configuration, seed, log, engine = ENGINE, tallies = createTallies() } = inputs;
  const { store = createMemoryStore(configuration.limits) } = inputs;
  return {
    engine,
    // The calls of a memory store are part of the requests' durations. Those of a shared store wait for the network.
    store: store.shared
      ? measured(store, { tallies: tallies.store, elapsedMs: systemClock.elapsedMs })
      : store,
    clock: systemClock,
    random: createRandom(seed),
    log,
    tallies,
    expected: new BoundedMap(EXPECTED_MAX),
    settings: configuration.settings,
    controlUrl: undefined,
  };
}

/** Handles the carrier's paths, and passes all others to the control API. */
export function carrierAndControl(
  carrier: Carrier,
  control: RequestListener,
  options: Omit<ListenerOptions, 'others'>,
): RequestListener {
  const listener = carrierListener(createAnswer(carrier), {
    ...options,
    others: (req, res) => {
      const { url = '' } = req;
      if (!url.startsWith(`${CARRIER_PATH}/`)) return control(req, res);
      req.url = url.slice(CARRIER_PATH.length);
      res.setHeader('Connection', 'close');
      return listener(req, res);
    },
  });
  return listener;
}

/** The control API, loaded with its first call. */
export function controlApi(carrier: Carrier, options: ControlOptions): ControlApi {
  const load = onceLoaded(async () => {
    const { createControlApi } = await import('../control-api/control-api.js');
    return createControlApi(carrier, options);
  });
  const refuse = (error: unknown) => controlAnswer(notLoaded(carrier.log, error));
  return {
    answer: (request) => load().then(({ answer }) => answer(request), refuse),
    call: (named) => load().then(({ call }) => call(named), refuse),
    listener: (clientIpOf) =>
      lateListener(carrier.log, async () => (await load()).listener(clientIpOf)),
  };
}

function controlAnswer({ status, contentType, body }: Reply): ControlAnswer {
  return { status, headers: { ...PROTECTION, 'Content-Type': contentType }, body };
}
