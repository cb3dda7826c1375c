/** One request and its random and measured values, which stay the same if it is decided again. */
import type { Draft } from './engine/request.js';

export interface Call {
  readonly draft: Draft;
  readonly realNowMs: number;
  readonly startedMs: number;
  readonly requestNumber: string;
  readonly taskId: string;
}
