/** An app of the mock, as a test uses it. */
import type {
  AccessToken,
  App,
  AppSettings,
  Clock,
  ClockSetting,
  CreatedApp,
  Explanation,
  JournalRecord,
  Ledger,
  Mint,
  MintedToken,
  Operation,
  Outcomes,
  ResultCode,
  SignedRequest,
  SigningOptions,
  SubscriberOutcomes,
  Token,
} from './api.js';
import type { RequestStream } from './events.js';
import type { Language } from './transport.js';

/** A duration such as `90s` or `1.5h`; for a number of milliseconds, `${ms}ms`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** Selects the calls that have all of these values. A result code may be undocumented. */
export interface CallFilter {
  readonly operation?: Operation;
  readonly resultCode?: ResultCode | (string & NonNullable<unknown>);
  /** The token in the request. */
  readonly token?: string;
}

/** Selects records of the journal. A result code may be undocumented; `103*` means all that begin so. */
export interface RequestFilter {
  readonly operation?: Operation;
  readonly resultCode?: ResultCode | (string & NonNullable<unknown>);
  readonly kind?: 'refused' | 'answered' | 'forced';
  /** The id of a finding that is the first cause of the refusal, or the first remark on an accepted request. */
  readonly cause?: string;
  /** The id of a finding of the explanation; `sign.*` means all whose id begins so. */
  readonly finding?: string;
  /** A text in the request, the response, or the words of its code and findings. */
  readonly text?: string;
  /** The maximum number of records. Default: all records of the journal. */
  readonly limit?: number;
}

/** A script for each operation. An omitted operation has no script. */
export type NumberOutcomes = Partial<Readonly<Record<Operation, string>>>;

/** A saved state of an app. */
export interface Snapshot {
  readonly id: string;
  /** Restores the state, any number of times. Rejects with a 404 if ten later snapshots exist. */
  restore(): Promise<void>;
}

/** The token to issue. */
export interface TokenOptions extends Omit<Mint, 'count'> {}

/** A stored snapshot with its time. */
export interface SavedSnapshot extends Snapshot {
  /** Epoch milliseconds, by the app's clock. */
  readonly atMs: number;
}

/**
 * An app with its own settings and state. Tests that each create an app can run concurrently against one mock. Every call
 * rejects with a ControlError if the mock refuses it or does not respond. A failed assertion rejects with a
 * MockAssertionError.
 *
 * @example
 * import type { Mock } from 'cmpassport-mock/control';
 *
 * declare const mock: Mock;
 * declare function signIn(token: string): Promise<void>; // your code, which calls the carrier
 *
 * await using app = await mock.createApp();
 * const { token } = await app.mint({ phoneNumber: '13800138000' });
 * await app.advance('2m');
 * await signIn(token);
 * await app.assertCalledOnce({ operation: 'loginTokenValidate', resultCode: '104201' });
 */
export interface MockApp {
  readonly appId: string;
  /** APPKEY: signs at verify. */
  readonly appKey: string;
  /** APPSecret: signs at login. */
  readonly appSecret: string;
  /** 平台公钥: Base64 of the SPKI. */
  readonly platformPublicKey: string;
  /** The private key of 应用公钥1 (PKCS#8, Base64), if the app was created with generateKeys. */
  readonly appSignPrivateKey: string | undefined;
  /** The private key of 应用公钥2 (PKCS#8, Base64), if the app was created with generateKeys. */
  readonly appDecryptPrivateKey: string | undefined;
  /** The app's own control token, if this object received or generated one. */
  readonly controlToken: string | undefined;
  /** All settings, as of the last read or change by this object. */
  readonly settings: App;

  /** Reads the settings again. */
  read(): Promise<App>;
  /** Changes settings. An omitted setting keeps its value; null restores the default. */
  update(settings: Omit<AppSettings, 'appId'>): Promise<App>;

  /** Mints a token, as the phone's SDK would receive it. Rejects with a 409 if `token` already exists. */
  mint(options?: TokenOptions): Promise<MintedToken>;
  /** Mints up to 100 000 tokens with the same properties. */
  mintMany(count: number, options?: Omit<TokenOptions, 'token'>): Promise<readonly MintedToken[]>;
  /** A token and its status. Rejects with a 404 if the app does not have it. */
  token(token: string): Promise<Token>;
  /** An accessToken (短验辅助凭证) and its status. */
  accessToken(accessToken: string): Promise<AccessToken>;
  /** Redeems an accessToken. Rejects with a 409 if it is redeemed or expired. */
  redeem(accessToken: string): Promise<AccessToken>;

  /**
   * A correctly signed request, not sent. Rejects with a 400 if it cannot be signed: for an unknown field, a private key that
   * is not the one of 应用公钥1, or a token whose number is unknown.
   */
  signedRequest(options: SigningOptions): Promise<SignedRequest>;

  /** The app's clock. Lifetimes, the daily quota and the times in responses depend on it. */
  clock(): Promise<Clock>;
  /** Sets the clock to `atMs` (epoch milliseconds), stops it, or resumes it. */
  setClock(setting: ClockSetting): Promise<Clock>;
  /** Moves the clock forward, even if it is stopped: `advance('2m')`. */
  advance(by: Duration): Promise<Clock>;
  /** Stops the clock at `atMs` (epoch milliseconds). Default: its current time. */
  freeze(atMs?: number): Promise<Clock>;
  /** Resumes the clock from its current time. */
  unfreeze(): Promise<Clock>;

  /**
   * Scripts the next results of an operation: `script('tokenValidate', '999*2, delay(3s) 000, reset')`. Replaces its
   * previous script. Rejects with a 400 that quotes the invalid step.
   */
  script(operation: Operation, script: string): Promise<Outcomes>;
  /** The script of an operation and its remaining steps. Both are empty without a script. */
  outcomes(operation: Operation): Promise<Outcomes>;
  /** Removes the script of an operation. Calls then get their real outcome. */
  clearScript(operation: Operation): Promise<void>;

  /**
   * Scripts the results of calls with a token of a number, from any client:
   * `scriptNumber('13800138000', { loginTokenValidate: '105312' })`. Replaces the app's previous scripts for the number.
   */
  scriptNumber(phoneNumber: string, outcomes: NumberOutcomes): Promise<SubscriberOutcomes>;
  /** The scripts of a number and their remaining steps: those of the app, else those of the configuration file. */
  numberOutcomes(phoneNumber: string): Promise<SubscriberOutcomes>;
  /** The numbers that the app has scripts for. */
  scriptedNumbers(): Promise<readonly SubscriberOutcomes[]>;
  /** Removes the app's scripts for a number. */
  clearNumber(phoneNumber: string): Promise<void>;

  /** The app's requests in the journal, newest first. */
  requests(filter?: RequestFilter): Promise<readonly JournalRecord[]>;
  /** The number of matching requests. Rejects with ERR_CONTROL_INCOMPLETE if dropped records could match. */
  count(filter?: CallFilter): Promise<number>;
  /** Explains the result of a request. Its id is in the record, and in the response's header X-Mock-Request-Id. */
  explain(requestId: string, language?: Language): Promise<Explanation>;
  /** Marks the result of a request as expected, so that the summary of `exec` is silent about it. Assertions with a result code do so. */
  expectRequest(requestId: string): Promise<JournalRecord>;
  /** A stream of the app's new requests. It is connected when the promise resolves. */
  events(): Promise<RequestStream>;
  /** Deletes the app's requests, so that assertions count from zero, or only those that `requests` lists with the filter. */
  forget(filter?: Omit<RequestFilter, 'limit'>): Promise<void>;
  /** 话单: the charged calls, newest first. `limit`: at most 1000 records; default 100. */
  ledger(options?: { readonly limit?: number }): Promise<Ledger>;

  /** Asserts exactly one matching call. The error lists the app's requests, each with the reason for its result. */
  assertCalledOnce(filter?: CallFilter): Promise<void>;
  /** Asserts that there was no matching call. */
  assertNeverCalled(filter?: CallFilter): Promise<void>;
  /** Asserts the exact number of matching calls. */
  assertCalled(times: number, filter?: CallFilter): Promise<void>;
  /** Asserts the exact number of charged calls (计费). */
  assertCharged(times: number): Promise<void>;
  /** Asserts that the operation has a script and that every step is used. */
  assertScriptUsedUp(operation: Operation): Promise<void>;

  /** Saves tokens, clock, counts, ledger and scripts. Rejects with a 501 if the mock's store does not support it. */
  snapshot(): Promise<Snapshot>;
  /** The stored snapshots, newest first. Rejects with a 501 if the mock's store does not support them. */
  snapshots(): Promise<readonly SavedSnapshot[]>;
  /** Resets the app to the state in which it was created. */
  reset(): Promise<void>;
  /** Removes the app, if it still exists. An app from `mock.app()` is not removed. `await using` calls it. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** An app as it was created or read. */
export type KnownApp = App &
  Partial<Pick<CreatedApp, 'appSignPrivateKey' | 'appDecryptPrivateKey'>> & {
    readonly controlToken?: string | undefined;
  };
