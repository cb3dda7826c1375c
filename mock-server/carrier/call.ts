/** One request and its random and measured values, which stay the same if it is decided again. */
import type { Carrier } from './carrier.js';
import type { Draft, Exchange } from './engine/request.js';
import { parseDraft } from './engine/request.js';
import type { Step } from './outcomes/outcome.js';

export interface CarrierCall {
  readonly draft: Draft;
  readonly realNowMs: number;
  readonly startedMs: number;
  readonly requestNumber: string;
  readonly taskId: string;
  /** The step that a header forces. */
  readonly header: Step | undefined;
}

export function startCall(
  { clock, random }: Carrier,
  exchange: Exchange,
  header?: Step,
): CarrierCall {
  return {
    draft: parseDraft(exchange),
    startedMs: clock.elapsedMs(),
    realNowMs: clock.nowMs(),
    requestNumber: random.hex(16),
    taskId: random.hex(32),
    header,
  };
}

const MICROSECONDS = 1000;

/** Since the start of the call, rounded to a microsecond. */
export function elapsedMs({ clock }: Carrier, { startedMs }: CarrierCall): number {
  return Math.round((clock.elapsedMs() - startedMs) * MICROSECONDS) / MICROSECONDS;
}
