/** An app of the mock in a test's hands: what can be done with it. */
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
  SigningWish,
  SubscriberOutcomes,
  Token,
} from './api.js';
import type { RequestStream } from './events.js';
import type { Language } from './transport.js';

/** A duration such as `90s` or `1.5h`; for a number of milliseconds, `${ms}ms`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** Which calls are meant: those that have all of these. A result code may be an undocumented one. */
export interface CallFilter {
  readonly operation?: Operation;
  readonly resultCode?: ResultCode | (string & NonNullable<unknown>);
  /** The token that was sent. */
  readonly token?: string;
}

/** Which records of the journal are meant. A result code may be an undocumented one. */
export interface RequestFilter {
  readonly operation?: Operation;
  readonly resultCode?: ResultCode | (string & NonNullable<unknown>);
  /** At most so many; all that the journal has unless said. */
  readonly limit?: number;
}

/** A script for each operation; what is omitted has none. */
export type NumberOutcomes = Partial<Readonly<Record<Operation, string>>>;

/** The state of an app, saved. */
export interface Snapshot {
  readonly id: string;
  /** Puts it back, as often as wanted. Rejects with a 404 where ten later ones were taken. */
  restore(): Promise<void>;
}

/** The token that the phone's SDK is to get. */
export interface TokenWish extends Omit<Mint, 'count'> {}

/** A snapshot that is kept, and when it was taken. */
export interface SavedSnapshot extends Snapshot {
  /** Epoch milliseconds, by the app's clock. */
  readonly atMs: number;
}

/**
 * An app: a world of its own, so that tests which each make one run side by side against one mock. Every call rejects
 * with a ControlError where the mock refuses it or does not answer; an assertion that does not hold, with a
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
  /** What verify signs with. */
  readonly appKey: string;
  /** APPSecret: what login signs with. */
  readonly appSecret: string;
  /** 平台公钥: Base64 of the SPKI. */
  readonly platformPublicKey: string;
  /** The private half of 应用公钥1 (PKCS#8, Base64); undefined unless the app was made with generateKeys. */
  readonly appSignPrivateKey: string | undefined;
  /** The private half of 应用公钥2, likewise. */
  readonly appDecryptPrivateKey: string | undefined;
  /** The app's own control token, as far as this object was told or drew one. */
  readonly controlToken: string | undefined;
  /** All settings, as they were when this object last read or changed them. */
  readonly settings: App;

  /** Reads the settings anew. */
  read(): Promise<App>;
  /** Changes settings: what is left out stays, null goes back to the default. */
  update(settings: Omit<AppSettings, 'appId'>): Promise<App>;

  /** A token, as the SDK in the phone would get it. Rejects with a 409 where the text that is wished for is there already. */
  mint(wish?: TokenWish): Promise<MintedToken>;
  /** So many tokens, up to 100 000, all of them for the same wish. */
  mintMany(count: number, wish?: Omit<TokenWish, 'token'>): Promise<readonly MintedToken[]>;
  /** What became of a token. Rejects with a 404 where the app has none of this text. */
  token(token: string): Promise<Token>;
  /** What became of an accessToken (短验辅助凭证). */
  accessToken(accessToken: string): Promise<AccessToken>;
  /** Redeems an accessToken; rejects with a 409 the second time, and when it is too old. */
  redeem(accessToken: string): Promise<AccessToken>;

  /**
   * A rightly signed request, made with the app's secrets and not sent. Rejects with a 400 for what cannot be signed: a
   * field that is none, a private key that is not that of 应用公钥1, a token whose number is not known.
   */
  signedRequest(wish: SigningWish): Promise<SignedRequest>;

  /** The app's clock, which rules lifetimes, the daily quota and the times in answers. */
  clock(): Promise<Clock>;
  /** Sets the clock to a moment (`atMs`, epoch milliseconds), stops it, or lets it go on from where it stands. */
  setClock(setting: ClockSetting): Promise<Clock>;
  /** Moves the clock on, also while it is frozen: `advance('2m')`. */
  advance(by: Duration): Promise<Clock>;
  /** Stops the clock where it stands, or at a moment (epoch milliseconds). */
  freeze(atMs?: number): Promise<Clock>;
  /** Lets the clock go on from where it stands. */
  unfreeze(): Promise<Clock>;

  /**
   * Scripts the next answers of an operation: `script('tokenValidate', '999*2, delay(3s) 000, reset')`. Takes the place
   * of the script before. Rejects with a 400 that quotes the step that is wrong.
   */
  script(operation: Operation, script: string): Promise<Outcomes>;
  /** The script of an operation and the steps not yet used; both empty where there is none. */
  outcomes(operation: Operation): Promise<Outcomes>;
  /** Forgets the script: answers are genuine again. */
  clearScript(operation: Operation): Promise<void>;

  /**
   * Scripts the answers to calls with a token of a number, whatever client sends it:
   * `scriptNumber('13800138000', { loginTokenValidate: '105312' })`. Takes the place of the app's scripts for the number.
   */
  scriptNumber(phoneNumber: string, outcomes: NumberOutcomes): Promise<SubscriberOutcomes>;
  /** The scripts of a number and their steps not yet used, those of the configuration file included. */
  numberOutcomes(phoneNumber: string): Promise<SubscriberOutcomes>;
  /** The numbers that the app has scripts for. */
  scriptedNumbers(): Promise<readonly SubscriberOutcomes[]>;
  /** Forgets the app's scripts for a number. */
  clearNumber(phoneNumber: string): Promise<void>;

  /** The app's requests, newest first, as far as the journal still has them. */
  requests(filter?: RequestFilter): Promise<readonly JournalRecord[]>;
  /** How many requests there were; rejects with ERR_CONTROL_INCOMPLETE where dropped records could be among them. */
  count(filter?: CallFilter): Promise<number>;
  /** Why a request was answered as it was; its id stands in the record, and in the answer's header X-Mock-Request-Id. */
  explain(requestId: string, language?: Language): Promise<Explanation>;
  /** The app's requests from now on; it listens when the promise resolves. */
  events(): Promise<RequestStream>;
  /** Forgets the app's requests, so that assertions count anew. */
  forget(): Promise<void>;
  /** 话单: what was charged, newest first, the latest 100 records unless said (at most 1000). */
  ledger(options?: { readonly limit?: number }): Promise<Ledger>;

  /** Exactly one such call was made. Its message lists the app's requests, each with the reason of its answer. */
  assertCalledOnce(filter?: CallFilter): Promise<void>;
  /** No such call was made. */
  assertNeverCalled(filter?: CallFilter): Promise<void>;
  /** Exactly so many such calls were made. */
  assertCalled(times: number, filter?: CallFilter): Promise<void>;
  /** Exactly so many calls were charged (计费). */
  assertCharged(times: number): Promise<void>;
  /** Every step of the operation's script was used; without a script it does not hold. */
  assertScriptUsedUp(operation: Operation): Promise<void>;

  /** Saves tokens, clock, counters, ledger and scripts; rejects with a 501 where the mock's store cannot. */
  snapshot(): Promise<Snapshot>;
  /** The snapshots that are kept, newest first; rejects with a 501 where the mock's store keeps none. */
  snapshots(): Promise<readonly SavedSnapshot[]>;
  /** Back to how it was made: settings, and nothing that has happened since. */
  reset(): Promise<void>;
  /** Removes the app; one that is gone already is no error, and one got by `mock.app()` stays. `await using` calls it. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** An app as it was made or read. */
export type KnownApp = App &
  Partial<Pick<CreatedApp, 'appSignPrivateKey' | 'appDecryptPrivateKey'>> & {
    readonly controlToken?: string | undefined;
  };
