/** What the calls of one app share. */
import type { AppCallFunction } from './calls/calls.js';
import type { Transport } from './transport.js';

export interface AppCalls {
  readonly transport: Transport;
  readonly appId: string;
  readonly own: AppCallFunction;
}
