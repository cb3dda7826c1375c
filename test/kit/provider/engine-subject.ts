/** A carrier without HTTP as the subject of the kit: no socket, no listener. HTTP takes most of the time of a case. */

import { setTimeout as wait } from 'node:timers/promises';
import { controlOver } from '../../../contracts/kit/control.js';
import type { Provider } from '../../../contracts/kit/provider.js';
import type { Sources } from '../../../contracts/kit/send-case.js';
import type { ControlCall, Subject } from '../../../contracts/kit/wire.js';
import { mockProvider } from '../../../contracts/provider/mock-provider.js';
import { type Answer, createAnswer } from '../../../mock-server/carrier/answer.js';
import type { CarrierSettings } from '../../../mock-server/carrier/carrier.js';
import { ENGINE, type Engine } from '../../../mock-server/carrier/engine/engine.js';
import { type Clock, createRandom, systemClock } from '../../../mock-server/carrier/sources.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type { StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { createControlApi } from '../../../mock-server/control-api/control-api.js';
import { pathOf } from '../../../mock-server/http/carrier-listener.js';
import { toConfiguration } from '../../../mock-server/options/configuration.js';
import { createCarrier } from '../../../mock-server/server/assembly.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { operationUnder } from '../../../src/protocol/operations.js';

export interface Started {
  readonly provider: Provider;
  close(): Promise<void>;
}

/** The parts of a carrier that a test can replace. */
export interface CarrierParts {
  readonly engine?: Partial<Engine>;
  readonly settings?: Partial<CarrierSettings>;
  readonly answer?: (answer: Answer) => Answer;
  readonly store?: (store: StateStore) => StateStore;
}

const LOOPBACK = '127.0.0.1';
const IN_PROCESS = 'http://in-process.test';
/** Without options. Reading its keys takes longer than a case. */
const CONFIGURATION = toConfiguration({}, LOOPBACK);
export const TIMEOUT_MS = 20_000;

export interface DirectCarrier {
  readonly subject: Subject;
  readonly control: ControlCall;
}

/**
 * Never a full second. Without HTTP, the three calls of the case about milliseconds take less than one, and a carrier
 * whose times all end in 000 fails there.
 */
const BETWEEN_SECONDS: Clock = {
  ...systemClock,
  nowMs: () => {
    const nowMs = systemClock.nowMs();
    return nowMs % 1000 === 0 ? nowMs + 1 : nowMs;
  },
};

export async function startEngine(parts: CarrierParts = {}): Promise<Started> {
  const { subject, control } = directCarrier(parts);
  return started(subject, control, IN_PROCESS);
}

export function directCarrier(parts: CarrierParts = {}): DirectCarrier {
  const { settings, limits, ...rest } = CONFIGURATION;
  const configuration = { ...rest, limits, settings: { ...settings, ...parts.settings } };
  const engine = { ...ENGINE, ...parts.engine };
  const memory = createMemoryStore(limits);
  const store = parts.store?.(memory) ?? memory;
  const carrier = {
    ...createCarrier({ configuration, seed: undefined, log: silentLog, engine, store }),
    clock: BETWEEN_SECONDS,
  };
  const own = createAnswer(carrier);
  const answer = parts.answer?.(own) ?? own;
  const { answer: answerControl } = createControlApi(carrier, {
    controlToken: undefined,
    caPem: undefined,
    console: false,
  });
  const { signal } = new AbortController();
  const base = 'http://localhost';
  const controlAnswer = async (request: Parameters<typeof answerControl>[0]) => {
    const { status, body } = await answerControl(request);
    return { status, headers: {}, body: String(body ?? '') };
  };
  const subject: Subject = {
    send: async ({ method, path, headers: sent, body }) => {
      if (path.startsWith('/_mock'))
        return controlAnswer({ method, url: path, base, headers: {}, body: () => body, signal });
      const rawHeaders = sent.flat();
      const bodyBytes = body.length;
      const row = operationUnder(pathOf(path));
      if (row === undefined) throw new Error(`${path} is not a path of the carrier`);
      const reply = await answer({
        row,
        method,
        path: pathOf(path),
        rawHeaders,
        body: body.toString(),
        bodyBytes,
        clientIp: LOOPBACK,
      });
      const { status, body: text, requestId = '', decidedBy = '' } = reply;
      const own = reply.headers.map((name, at) =>
        at % 2 === 0 ? [name.toLowerCase(), reply.headers[at + 1] ?? ''] : [],
      );
      const headers = Object.fromEntries(own.filter((pair) => pair.length > 0));
      return {
        status,
        headers: { ...headers, 'x-mock-request-id': requestId, 'x-mock-decided-by': decidedBy },
        body: text,
      };
    },
  };
  return { subject, control: controlOver(subject, { url: IN_PROCESS }) };
}

export function started(subject: Subject, control: ControlCall, baseUrl: string): Started {
  return {
    provider: mockProvider({ url: baseUrl, subject, control, lang: 'en' }),
    close: async () => undefined,
  };
}

/** The clock and random values. */
export const SOURCES: Sources = {
  nowMs: () => Date.now(),
  hex: createRandom().hex,
  wait,
};
