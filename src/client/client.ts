/** The client: one method per operation. A method builds the request, sends it, and processes the response. */
import type { PhoneNumberAnswer, VerificationAnswer } from './answers.js';
import {
  type LoginSigner,
  signedLogin,
  signedVerification,
  type VerificationHints,
  type VerifySigner,
} from './build-requests.js';
import { checkMsgId, checkObject, checkPhoneNumber, checkSignal, checkTimeout, checkToken } from './check.js';
import {
  type CalledOperation,
  type CmpassportClientConfig,
  checkedSettings,
  checkNeeds,
  type Settings,
} from './config.js';
import { type LoadedSecrets, loadSecrets, needed } from './credentials.js';
import {
  type H5Answer,
  type H5Signer,
  type H5TokenValidateInput,
  processH5TokenValidateResponse,
  signedH5Login,
} from './h5.js';
import { type ClientAnswer, type Exchange, reported } from './hooks.js';
import { processLoginTokenValidateResponse, processTokenValidateResponse } from './process-responses.js';
import { send, withinLimits } from './send.js';
import type { SignedRequest } from './signed-request.js';

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

/** The input of h5TokenValidate. */
export interface H5Login extends Pick<H5TokenValidateInput, 'token' | 'userInformation' | 'version'>, CallOptions {}

/**
 * A client of the carrier. Calls may run concurrently. Each call sends one request, with its own msgid and time.
 *
 * @example
 * import type { CmpassportClient } from 'cmpassport-mock';
 *
 * declare const client: CmpassportClient;
 * declare const token: string; // from the phone
 *
 * const answer = await client.verifyPhoneNumber({ token, phoneNumber: '13800138000', operator: 'mobile' });
 * if (answer.kind === 'ownNumber') console.log('verified', answer.taskId);
 * else console.log(answer.resultCode, answer.next);
 */
export interface CmpassportClient {
  /**
   * loginTokenValidate (获取手机号码; the document, 1): exchanges a token for the phone number. A token is valid for one call
   * and two minutes.
   *
   * Resolves to an answer; a refusal is an answer too. Rejects with an ArgumentError, a ConfigurationError, a
   * SecretUnavailableError or an ExchangeError. `maybeSent` of an ExchangeError is true if the token may be used up.
   */
  getPhoneNumber(token: string, options?: GetPhoneNumberOptions): Promise<PhoneNumberAnswer>;
  /**
   * tokenValidate (本机号码校验; the document, 2): verifies that a number belongs to the phone.
   *
   * Resolves and rejects like getPhoneNumber.
   */
  verifyPhoneNumber(verification: Verification): Promise<VerificationAnswer>;
  /**
   * h5TokenValidate, the login of pages and mini-programs: exchanges a token for the phone number. From public material: the
   * document does not describe it. Needs the appKey and the private key of 应用公钥1.
   *
   * Resolves and rejects like getPhoneNumber.
   */
  h5TokenValidate(login: H5Login): Promise<H5Answer>;
}

/**
 * Creates a client of the carrier (the document, 1 and 2) from the app's credentials. It sends nothing
 * until a method is called. No error contains a secret, a token or a number, and inspecting the client or a request shows
 * none.
 *
 * Throws a ConfigurationError that names the field, for example for a key of the wrong kind, two swapped keys, white space
 * around a secret, or missing credentials.
 *
 * @example
 * import { createCmpassportClient } from 'cmpassport-mock';
 *
 * declare const appKey: string;
 * declare const appSecret: string;
 * declare const token: string; // from the phone
 *
 * const client = createCmpassportClient({ appId: '300011223344', appKey, appSecret });
 *
 * const answer = await client.getPhoneNumber(token);
 * switch (answer.kind) {
 *   case 'phoneNumber':
 *     console.log('signed in', answer.phoneNumber.slice(-4));
 *     break;
 *   case 'refused':
 *     console.log(answer.resultCode, answer.name, answer.next);
 *     break;
 *   case 'unknownCode':
 *     console.log(answer.resultCode, answer.next);
 *     break;
 * }
 */
export function createCmpassportClient(config: CmpassportClientConfig): CmpassportClient {
  const settings = checkedSettings(config);
  return Object.freeze({
    getPhoneNumber: (token: string, options: GetPhoneNumberOptions = {}) => getPhoneNumber(settings, token, options),
    verifyPhoneNumber: (verification: Verification) => verifyPhoneNumber(settings, verification),
    h5TokenValidate: (login: H5Login) => h5TokenValidate(settings, login),
  });
}

async function getPhoneNumber(
  settings: Settings,
  token: string,
  allOptions: GetPhoneNumberOptions,
): Promise<PhoneNumberAnswer> {
  const { appId, baseUrl, production, nowMs } = settings;
  checkToken(token);
  checkObject('options', allOptions);
  const { signal, timeoutMs, msgId, ...options } = allOptions;
  const limits = { signal, timeoutMs, msgId };
  return call(settings, 'loginTokenValidate', limits, async ({ secrets, msgId, exchange }) => {
    const signing = loginSigning(settings, secrets);
    const sentAtMs = nowMs();
    const input = { ...options, appId, token, signing, msgId, sentAtMs, baseUrl, production };
    const request = await signedLogin(input);
    return processLoginTokenValidateResponse({
      request,
      response: await exchange(request),
      appDecryptPrivateKey: secrets['keys.appDecryptPrivateKey'],
      appSignPrivateKey: secrets['keys.appSignPrivateKey'],
      production,
    });
  });
}

async function verifyPhoneNumber(settings: Settings, input: Verification): Promise<VerificationAnswer> {
  const { appId, baseUrl, production, nowMs } = settings;
  checkObject('verification', input);
  const { signal, timeoutMs, msgId, ...verification } = input;
  const limits = { signal, timeoutMs, msgId };
  checkToken(verification.token);
  checkPhoneNumber(verification.phoneNumber);
  return call(settings, 'tokenValidate', limits, async ({ secrets, msgId, exchange }) => {
    const appKey = needed(secrets, 'appKey');
    const signing = verifySigning(settings, secrets);
    const sentAtMs = nowMs();
    const request = await signedVerification({
      ...verification,
      appId,
      appKey,
      signing,
      msgId,
      sentAtMs,
      baseUrl,
      production,
    });
    return processTokenValidateResponse({ request, response: await exchange(request), production });
  });
}

async function h5TokenValidate(settings: Settings, input: H5Login): Promise<H5Answer> {
  const { appId, baseUrl, production, nowMs } = settings;
  checkObject('login', input);
  const { signal, timeoutMs, msgId, ...login } = input;
  checkToken(login.token);
  return call(settings, 'h5TokenValidate', { signal, timeoutMs, msgId }, async ({ secrets, msgId, exchange }) => {
    const signing = h5Signing(settings, secrets);
    const request = await signedH5Login({ ...login, appId, signing, msgId, sentAtMs: nowMs(), baseUrl, production });
    const appKey = needed(secrets, 'appKey');
    return processH5TokenValidateResponse({ request, response: await exchange(request), appKey, production });
  });
}

interface Call {
  readonly secrets: LoadedSecrets;
  readonly msgId: string;
  readonly exchange: (request: SignedRequest) => ReturnType<typeof send>;
}

/** Runs one call within its limits, with its loaded secrets, its msgid and a function that sends. */
async function call<T extends ClientAnswer>(
  settings: Settings,
  operation: CalledOperation,
  { signal, timeoutMs = settings.timeoutMs, msgId = settings.newMsgId() }: CallOptions,
  run: (parts: Call) => Promise<T>,
): Promise<T> {
  const { secrets, modes, onResponse } = settings;
  checkSignal(signal);
  checkTimeout(timeoutMs);
  checkNeeds(operation, modes, secrets);
  checkMsgId(msgId);
  const exchange: Exchange = { operation, msgId, maybeSent: false, attempt: 0, startedMs: undefined };
  const runWithin = async (limit: AbortSignal) => {
    const loaded = await loadSecrets(secrets, modes[operation].needs);
    // Loading a secret may take longer than the limits allow. Nothing is sent then.
    limit.throwIfAborted();
    return run({
      secrets: loaded,
      msgId,
      exchange: (request) => send(request, { ...settings, exchange, signal: limit }),
    });
  };
  return reported(onResponse, exchange, () => withinLimits({ timeoutMs, signal }, exchange, runWithin));
}

function loginSigning({ modes, sign }: Settings, secrets: LoadedSecrets): LoginSigner {
  const { by } = modes.loginTokenValidate;
  if (by === 'md5') return { by, secret: needed(secrets, modes.loginSecret) };
  return sign === undefined ? { by, appSignPrivateKey: needed(secrets, 'keys.appSignPrivateKey') } : { by, sign };
}

function verifySigning({ modes, sign }: Settings, secrets: LoadedSecrets): VerifySigner {
  const { by } = modes.tokenValidate;
  if (by === 'hmac') return { by };
  const platformPublicKey = needed(secrets, 'keys.platformPublicKey');
  if (sign !== undefined) return { by, sign, platformPublicKey };
  return { by, appSignPrivateKey: needed(secrets, 'keys.appSignPrivateKey'), platformPublicKey };
}

function h5Signing({ sign }: Settings, secrets: LoadedSecrets): H5Signer {
  if (sign !== undefined) return { by: 'rsa', sign };
  return { by: 'rsa', appSignPrivateKey: needed(secrets, 'keys.appSignPrivateKey') };
}
