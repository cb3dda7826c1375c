/** The methods of a client, and which of them its credentials allow. */
import type { PhoneNumberAnswer, VerificationAnswer } from './answers.js';
import type { VerificationHints } from './build-requests.js';
import type { CmpassportKeys, Secret } from './credentials.js';
import type { H5Answer, H5TokenValidateInput } from './h5.js';

/** The options of one call. */
export interface CallOptions {
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
  /** Replaces the client's `timeoutMs` for this call. */
  readonly timeoutMs?: number | undefined;
  /** The id of this request, 1 to 36 characters, new for each request, for example the id of a trace. */
  readonly msgId?: string | undefined;
}

/** The options of getPhoneNumber. */
export interface GetPhoneNumberOptions extends CallOptions {
  /** `'1'`: the carrier checks the server's address against 服务器IP白名单. Default: `'0'`. */
  readonly strictCheck?: '0' | '1' | undefined;
  /** expandparams, sent unchanged: the document defines no format for it at login. */
  readonly expandParams?: string | undefined;
}

/** The input of verifyPhoneNumber. */
export interface Verification extends VerificationHints, CallOptions {
  /** The token from the phone's SDK, for number verification. */
  readonly token: string;
  /** The number to check: eleven digits, without +86, spaces or dashes. */
  readonly phoneNumber: string;
}

/** The input of getH5PhoneNumber. */
export interface H5Login
  extends Pick<H5TokenValidateInput, 'token' | 'userInformation' | 'version'>,
    CallOptions {}

/** Every method. The comments are published. */
export interface ClientMethods {
  /**
   * loginTokenValidate (获取手机号码; the document, 1): exchanges a token for the phone number. A token is valid for one call
   * and two minutes.
   *
   * Resolves to an answer; a refusal is an answer too. Rejects with an ArgumentError, a ConfigurationError, a
   * SecretUnavailableError or an ExchangeError. `maybeSent` of an ExchangeError is true if the token may be used up.
   */
  getPhoneNumber(token: string, options?: GetPhoneNumberOptions): Promise<PhoneNumberAnswer>;
  /**
   * tokenValidate (本机号码校验; the document, 2): verifies that a number belongs to the phone. Needs the appKey.
   *
   * Resolves and rejects like getPhoneNumber.
   */
  verifyPhoneNumber(verification: Verification): Promise<VerificationAnswer>;
  /**
   * h5TokenValidate, the login of H5 pages and mini-programs: exchanges a token for the phone number. From public material:
   * the document does not describe it. Needs the appKey and the private key of 应用公钥1.
   *
   * Resolves and rejects like getPhoneNumber.
   */
  getH5PhoneNumber(login: H5Login): Promise<H5Answer>;
  /** @deprecated The name until 0.1.0. Use getH5PhoneNumber. */
  h5TokenValidate(login: H5Login): Promise<H5Answer>;
}

/** Whether the type of a configuration has the field. One that may be undefined is there, and checked when it runs. */
type Has<Config, Field extends PropertyKey> = Field extends keyof Config
  ? [Config[Field]] extends [undefined]
    ? false
    : true
  : false;

type KeysOf<Config> = 'keys' extends keyof Config
  ? NonNullable<Config['keys' & keyof Config]>
  : object;

/** A private key, or the signer that replaces it. */
type CanSign<Config> = true extends
  | Has<KeysOf<Config>, 'appSignPrivateKey'>
  | Has<KeysOf<Config>, 'sign'>
  ? true
  : false;

/** With the APPSecret, with the appKey of an app from before 2018-12-26, or with both private keys. */
type CanLogIn<Config> = true extends
  | Has<Config, 'appSecret'>
  | All<Has<Config, 'appKey'>, Has<Config, 'signSecret'>>
  | All<CanSign<Config>, Has<KeysOf<Config>, 'appDecryptPrivateKey'>>
  ? true
  : false;

type All<A, B> = [A, B] extends [true, true] ? true : false;

type MethodsOf<Config> =
  | (CanLogIn<Config> extends true ? 'getPhoneNumber' : never)
  | (Has<Config, 'appKey'> extends true ? 'verifyPhoneNumber' : never)
  | (All<Has<Config, 'appKey'>, CanSign<Config>> extends true
      ? 'getH5PhoneNumber' | 'h5TokenValidate'
      : never);

/**
 * A client of the carrier. Calls may run concurrently. Each call sends one request, with its own msgid and time.
 *
 * It has the methods that its credentials allow: without an appKey no verifyPhoneNumber, without a private key no
 * getH5PhoneNumber. `CmpassportClient` alone is the client of an app with appKey and appSecret, and
 * `CmpassportClient<CmpassportClientConfig>` has every method.
 *
 * @example
 * import type { CmpassportClient } from 'cmpassport-client';
 *
 * declare const client: CmpassportClient;
 * declare const token: string; // from the phone
 *
 * const answer = await client.verifyPhoneNumber({ token, phoneNumber: '13800138000', operator: 'mobile' });
 * if (answer.kind === 'ownNumber') console.log('verified', answer.taskId);
 * else console.log(answer.resultCode, answer.next);
 */
export type CmpassportClient<Config = { readonly appKey: Secret; readonly appSecret: Secret }> =
  Pick<ClientMethods, MethodsOf<Config>>;

/** Refuses the names that `Known` lacks: the type of a generic argument accepts additional ones. */
type Unknown<Given, Known> = { readonly [Name in Exclude<keyof Given, keyof Known>]: never };
/** Refuses misspelt settings and keys. */
export type OnlyKnown<Config, Known> = Unknown<Config, Known> & {
  readonly keys?: Unknown<KeysOf<Config>, CmpassportKeys> | undefined;
};
