/** One request on its way: what was drawn and measured for it once, however often it is decided. */
import type { Draft } from './engine/request.js';

export interface Call {
  readonly draft: Draft;
  readonly realNowMs: number;
  readonly startedMs: number;
  readonly requestNumber: string;
  readonly taskId: string;
}
