/** What the control API takes and answers for apps, tokens, clocks and scripts: the same as `/_mock/openapi.json`. */
import type { Capability, Operation, Operator, Readings, SignSecret } from './vocabulary.js';

type OrNull<T> = { readonly [K in keyof T]?: T[K] | null };

/** Settings to give to an app: what is left out stays, null goes back to the default. */
export interface AppSettings {
  /** 1 to 64 letters, digits, dots, dashes and underscores. */
  readonly appId?: string | null;
  /** What verify signs with. */
  readonly appKey?: string | null;
  /** APPSecret: what login signs with, unless signSecret says appKey. */
  readonly appSecret?: string | null;
  readonly signSecret?: SignSecret | null;
  /** 应用公钥1: Base64 of the SPKI, 1024 to 4096 bits. */
  readonly appVerifyKey?: string | null;
  /** 应用公钥2: likewise. */
  readonly appEncryptKey?: string | null;
  readonly capabilities?: readonly Capability[] | null;
  /** 服务器IP白名单, in the portal's syntax; null admits anybody, `''` nobody. */
  readonly ipWhitelist?: { readonly [O in Operation]?: string | null } | null;
  /** A contract ends the daily quota and makes callPackage count. */
  readonly contracted?: boolean | null;
  /** Calls a day without a contract. */
  readonly dailyQuota?: number | null;
  /** Calls under the contract; null has no limit. */
  readonly callPackage?: number | null;
  /** How long a token lives, in milliseconds. */
  readonly tokenTtlMs?: number | null;
  readonly readings?: OrNull<Readings> | null;
  /** Locks the app's calls: from then on they ask for this token, or for the server's. */
  readonly controlToken?: string | null;
}

/** Settings of a new app; what is left out is drawn, or the portal's default. */
export interface NewApp extends AppSettings {
  /** Makes both RSA key pairs; the private halves stand in the answer. */
  readonly generateKeys?: boolean;
  /** Draws a control token for the app; it stands in the answer. */
  readonly generateControlToken?: boolean;
}

/** An app with all its settings. */
export interface App {
  readonly appId: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly signSecret: SignSecret;
  readonly appVerifyKey: string | null;
  readonly appEncryptKey: string | null;
  readonly capabilities: readonly Capability[];
  readonly ipWhitelist: { readonly [O in Operation]: string | null };
  readonly contracted: boolean;
  readonly dailyQuota: number;
  readonly callPackage: number | null;
  /** How long a token lives, in milliseconds. */
  readonly tokenTtlMs: number;
  readonly readings: Readings;
  /** 平台公钥: Base64 of the SPKI, for verify with keyType 1. */
  readonly platformPublicKey: string;
  readonly origin: 'configuration' | 'api';
  /** Whether its calls ask for a control token of its own. */
  readonly hasControlToken: boolean;
}

/** An app as it was made. */
export interface CreatedApp extends App {
  /** The private half of 应用公钥1, PKCS#8 in Base64; where generateKeys was asked for. */
  readonly appSignPrivateKey?: string;
  /** The private half of 应用公钥2, likewise. */
  readonly appDecryptPrivateKey?: string;
  /** The app's own control token; where generateControlToken was asked for. */
  readonly controlToken?: string;
}

/** What the SDK in the phone is asked for. */
export interface TokenWish {
  /** The SIM card's number, eleven digits; the first subscriber's unless said. */
  readonly phoneNumber?: string;
  /** What the token is for; loginTokenValidate unless said. */
  readonly capability?: Operation;
  readonly operator?: Operator;
  /** How long ago it was got, in milliseconds. */
  readonly ageMs?: number;
  /** The text itself, a sample of the document say. */
  readonly token?: string;
}

/** A token as it was minted. */
export interface MintedToken {
  readonly token: string;
  readonly phoneNumber: string;
  readonly capability: Operation;
  readonly operator: Operator;
  /** Epoch milliseconds, by the app's clock. */
  readonly issuedAtMs: number;
  /** Epoch milliseconds: from this moment on it is dead. */
  readonly expiresAtMs: number;
}

/** What became of a token. */
export interface Token extends MintedToken {
  readonly status: 'live' | 'used' | 'expired';
  /** The id of the request that used it up. */
  readonly usedBy: string | null;
}

/** 短验辅助凭证: the credential that comes with 001. */
export interface AccessToken {
  readonly accessToken: string;
  readonly taskId: string;
  readonly status: 'live' | 'redeemed' | 'expired';
  /** Epoch milliseconds, by the app's clock. */
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** The app's clock. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Milliseconds that it is ahead of the machine's clock. */
  readonly offsetMs: number;
  readonly frozen: boolean;
}

/** What to make of the clock: what is left out stays. */
export interface ClockSetting {
  /** Epoch milliseconds. */
  readonly atMs?: number;
  readonly frozen?: boolean;
}

/** A script and how far it has come. */
export interface Outcomes {
  /** Empty where there is none. */
  readonly script: string;
  /** The steps not yet used; empty when it is finished. */
  readonly remaining: string;
}
