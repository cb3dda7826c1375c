/** The calls below the path of one app. */
import type { Call, Transport } from './transport.js';

export interface AppCalls {
  readonly transport: Transport;
  readonly appId: string;
  readonly own: <T>(
    method: Call['method'],
    parts?: readonly string[],
    rest?: Pick<Call, 'body' | 'query'>,
  ) => Promise<T>;
}
