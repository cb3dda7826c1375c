/** A wrong client: base-client.mjs with one mistake. */
import type { Operation } from '../../../contracts/index.js';

export interface WrongClient {
  readonly id: string;
  /** Completes "a client that …". */
  readonly does: string;
  readonly operation: Operation;
  /** MD5 or HMAC by default. */
  readonly mode?: 'rsa';
  /** A replacement in the source of the base client. `from` must occur exactly once. */
  readonly change: { readonly from: string; readonly to: string };
  /** Scenarios to run in addition to COMMON_SCENARIOS. */
  readonly scenarios?: readonly string[];
}
