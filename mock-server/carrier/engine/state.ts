/** What a decision is made from, beside the request: values that the shell has read. */
import type { Operation } from '../../../src/protocol/operations.js';
import type { RsaKey } from '../../../src/protocol/rsa-keys.js';
import type { App, Capability } from './app-settings.js';
import type { CallLimit } from './quota.js';
import type { Readings } from './readings.js';

export const OPERATORS = ['mobile', 'unicom', 'telecom'] as const;
export type Operator = (typeof OPERATORS)[number];

/** The capabilities that a token can be got for. */
export type TokenCapability = Extract<Capability, Operation>;

/** A token as it was minted, and who used it up. */
export interface TokenRecord {
  readonly phoneNumber: string;
  readonly capability: TokenCapability;
  readonly operator: Operator;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  /** The id of the request that used it up. */
  readonly usedBy: string | undefined;
}

/** A token of another app, by that app's clock. */
export interface ForeignToken {
  readonly appId: string;
  readonly record: TokenRecord;
  readonly nowMs: number;
}

export interface State {
  /** False when the store cannot be reached: then nothing else here is known. */
  readonly storeUp: boolean;
  readonly app: App | undefined;
  /** The presented token, in the calling app's own world. */
  readonly token: TokenRecord | undefined;
  /** The presented token, in the world that its text names. */
  readonly foreignToken: ForeignToken | undefined;
  /** The requirements that the story of the token's number leaves unmet. */
  readonly unmetByPersona: readonly string[];
  /** What this call would draw on; undefined without an app, and where the readings leave the operation free. */
  readonly callLimit: CallLimit | undefined;
  /** Calls drawn on it so far. */
  readonly callsUsed: number;
  readonly msgIdSeen: boolean;
  /** The readings for a request whose app is unknown. */
  readonly carrierReadings: Readings;
  /** The private half of 平台公钥. */
  readonly platformKey: RsaKey;
}

/** Half-open: live from the moment of issue up to, and not at, the end of its life. */
export function isTokenLive({ issuedAtMs, expiresAtMs }: TokenRecord, nowMs: number): boolean {
  return nowMs >= issuedAtMs && nowMs < expiresAtMs;
}
