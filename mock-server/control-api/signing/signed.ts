/** A request that was signed, and what every one is made with. */
import type { Signature } from '../../../src/protocol/signature.js';
import type { App } from '../../carrier/engine/app-settings.js';

export interface Maker {
  readonly app: App;
  readonly msgId: string;
  /** By the app's clock, 17 digits. */
  readonly sentAt: string;
}

export interface Signed extends Signature {
  readonly body: object;
}
