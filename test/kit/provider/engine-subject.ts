/** A carrier without HTTP as the subject of the kit: no socket, no listener. */

import type { Provider } from '../../../contracts/provider/case-app.js';
import { mockProvider } from '../../../contracts/provider/mock-provider.js';
import type { ControlCall, Subject } from '../../../contracts/provider/subject.js';
import { type Answer, createAnswer } from '../../../mock-server/carrier/answer.js';
import type { CarrierSettings } from '../../../mock-server/carrier/carrier.js';
import type { Engine } from '../../../mock-server/carrier/engine/engine.js';
import { ENGINE } from '../../../mock-server/carrier/engine/engine.js';
import { toConfiguration } from '../../../mock-server/cli/config.js';
import { pathOf } from '../../../mock-server/http/carrier-listener.js';
import { createCarrier } from '../../../mock-server/in-process/in-process.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { operationUnder } from '../../../src/protocol/operations.js';
import { directControl } from './direct-control.js';

export interface Started {
  readonly provider: Provider;
  close(): Promise<void>;
}

/** The parts of a carrier that a test can replace. */
export interface CarrierParts {
  readonly engine?: Partial<Engine>;
  readonly settings?: Partial<CarrierSettings>;
  readonly answer?: (answer: Answer) => Answer;
}

const LOOPBACK = '127.0.0.1';
const IN_PROCESS = 'http://in-process.test';
export const TIMEOUT_MS = 20_000;

export interface DirectCarrier {
  readonly subject: Subject;
  readonly control: ControlCall;
}

export async function startEngine(parts: CarrierParts = {}): Promise<Started> {
  const { subject, control } = directCarrier(parts);
  return started(subject, control, IN_PROCESS);
}

export function directCarrier(parts: CarrierParts = {}): DirectCarrier {
  const { settings, limits, ...rest } = toConfiguration({}, LOOPBACK);
  const configuration = { ...rest, limits, settings: { ...settings, ...parts.settings } };
  const engine = { ...ENGINE, ...parts.engine };
  const carrier = createCarrier({ configuration, seed: undefined, log: silentLog, engine });
  const own = createAnswer(carrier);
  const answer = parts.answer?.(own) ?? own;
  const subject: Subject = {
    send: async ({ method, path, headers, body }) => {
      const rawHeaders = headers.flat();
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
      return { status, headers: { 'x-mock-request-id': requestId, 'x-mock-decided-by': decidedBy }, body: text };
    },
  };
  return { subject, control: directControl(carrier) };
}

export function started(subject: Subject, control: ControlCall, baseUrl: string): Started {
  return {
    provider: mockProvider({ name: baseUrl, baseUrl, subject, control, lang: 'en' }),
    close: async () => undefined,
  };
}
