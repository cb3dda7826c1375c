/** The state that a decision needs, loaded from the store before. */
import type { Operator, TokenCapability } from '../../../src/protocol/portal.js';
import type { Readings } from '../../../src/protocol/readings.js';
import type { RsaKey } from '../../../src/protocol/rsa-keys.js';
import type { App } from './app-settings.js';
import type { CallLimit } from './quota.js';

export interface TokenRecord {
  readonly phoneNumber: string;
  readonly capability: TokenCapability;
  readonly operator: Operator;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  /** What the SDK of a page returned with it, if it is of h5TokenValidate. */
  readonly userInformation?: string | undefined;
  /** The id of the request that used it up. */
  readonly usedBy: string | undefined;
}

/** A token of another app. `nowMs` is by that app's clock. */
export interface ForeignToken {
  readonly appId: string;
  readonly record: TokenRecord;
  readonly nowMs: number;
}

export interface State {
  /** False if the store cannot be reached; then nothing from the store is known. */
  readonly storeUp: boolean;
  readonly app: App | undefined;
  /** The presented token, if it belongs to the calling app. */
  readonly token: TokenRecord | undefined;
  /** The presented token, if it belongs to another app, which the token's text identifies. */
  readonly foreignToken: ForeignToken | undefined;
  /** The requirements that the test number of the token fails. */
  readonly unmetByNumber: readonly string[];
  /** The limit that applies to this call; undefined without an app, and if the readings exempt the operation. */
  readonly callLimit: CallLimit | undefined;
  /** The calls counted against the limit so far. */
  readonly callsUsed: number;
  readonly msgIdSeen: boolean;
  /** The readings for a request whose app is unknown. */
  readonly carrierReadings: Readings;
  /** The private half of 平台公钥. */
  readonly platformKey: RsaKey;
}

/** Half-open: live from `issuedAtMs` until just before `expiresAtMs`. */
export function isTokenLive({ issuedAtMs, expiresAtMs }: TokenRecord, nowMs: number): boolean {
  return nowMs >= issuedAtMs && nowMs < expiresAtMs;
}

/** The presented token, of whichever app. */
export function presentedToken({ token, foreignToken }: State): TokenRecord | undefined {
  return token ?? foreignToken?.record;
}
