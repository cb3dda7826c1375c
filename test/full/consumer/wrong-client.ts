/** A client that is base-client.mjs but for one thing. */
import type { Operation } from '../../../contracts/index.js';

export interface WrongClient {
  readonly id: string;
  /** What it does, in a plain sentence. */
  readonly does: string;
  readonly operation: Operation;
  /** How it signs: MD5 or HMAC unless said. */
  readonly mode?: 'rsa';
  /** In the client's text, this, found once, is that. */
  readonly change: { readonly from: string; readonly to: string };
  /** The scenarios that it is shown in, beside those that every wrong client is run in. */
  readonly scenarios?: readonly string[];
}
