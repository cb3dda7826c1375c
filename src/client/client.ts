/** The client: both operations in one call each, built on the pairs that build a request and process a response. */
import type { PhoneNumberAnswer, VerificationAnswer } from './answers.js';
import { buildLoginTokenValidateRequest, type LoginSigningKey } from './build-login-token-validate-request.js';
import {
  buildTokenValidateRequest,
  type VerificationHints,
  type VerifySigningKey,
} from './build-token-validate-request.js';
import type { SignedRequest } from './built-request.js';
import { checkMsgId, checkObject, checkPhoneNumber, checkSignal, checkToken } from './check.js';
import { type CmpassportClientConfig, checkedSettings, type Settings } from './config.js';
import { type Asked, askSecrets, textOf } from './credentials.js';
import { type Exchange, withinLimits } from './deadline.js';
import { processLoginTokenValidateResponse } from './process-login-token-validate-response.js';
import { processTokenValidateResponse } from './process-token-validate-response.js';
import { send } from './send.js';
import { checkNeeds } from './signing-modes.js';

/** What getPhoneNumber may be told beside the token. */
export interface GetPhoneNumberOptions {
  /** `'1'` has the server's address checked against 服务器IP白名单; `'0'` unless said. */
  readonly strictCheck?: '0' | '1' | undefined;
  /** expandparams, sent as it is: the document gives it no form at login. */
  readonly expandParams?: string | undefined;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

/** What is to be verified. */
export interface Verification extends VerificationHints {
  /** What the phone's SDK got, for number verification. */
  readonly token: string;
  /** The number that may be the phone's own: eleven digits, without +86, spaces or dashes. */
  readonly phoneNumber: string;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A client of the carrier. Its methods may be called at once and as often as you like; each call sends one request, with
 * a msgid and a time of its own.
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
   * loginTokenValidate (获取手机号码; the document, 1): the phone number behind a token.
   *
   * Resolves to an answer, which may be a "no". Rejects with an ArgumentError, a ConfigurationError, a
   * SecretUnavailableError, or an ExchangeError that says whether the token may be used. A token is good for one call
   * and two minutes.
   */
  getPhoneNumber(token: string, options?: GetPhoneNumberOptions): Promise<PhoneNumberAnswer>;
  /**
   * tokenValidate (本机号码校验; the document, 2): whether a number is the phone's own.
   *
   * Resolves to an answer and rejects like getPhoneNumber.
   */
  verifyPhoneNumber(verification: Verification): Promise<VerificationAnswer>;
}

/**
 * Makes a client of the carrier's two operations (the document, 1 and 2). It takes the app's credentials; nothing is sent
 * until a method is called. Secrets, tokens and numbers appear in no error, and not where the client or a request is
 * inspected.
 *
 * Throws a ConfigurationError that names the field: a key of the wrong kind, two keys in each other's place, white space
 * around a secret, nothing to sign with.
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
  });
}

async function getPhoneNumber(
  settings: Settings,
  token: string,
  given: GetPhoneNumberOptions,
): Promise<PhoneNumberAnswer> {
  const { appId, baseUrl, production, nowMs } = settings;
  checkToken(token);
  checkObject('options', given);
  const { signal, ...options } = given;
  return call(settings, { operation: 'loginTokenValidate', signal }, async ({ asked, msgId, exchange }) => {
    const signing = loginSigning(settings, asked);
    const sentAtMs = nowMs();
    const input = { ...options, appId, token, signing, msgId, sentAtMs, baseUrl, production };
    const request = buildLoginTokenValidateRequest(input);
    return processLoginTokenValidateResponse({
      request,
      response: await exchange(request),
      appDecryptPrivateKey: asked['keys.appDecryptPrivateKey'],
      appSignPrivateKey: asked['keys.appSignPrivateKey'],
      production,
    });
  });
}

async function verifyPhoneNumber(settings: Settings, given: Verification): Promise<VerificationAnswer> {
  const { appId, baseUrl, production, nowMs } = settings;
  checkObject('verification', given);
  const { signal, ...verification } = given;
  checkToken(verification.token);
  checkPhoneNumber(verification.phoneNumber);
  return call(settings, { operation: 'tokenValidate', signal }, async ({ asked, msgId, exchange }) => {
    const appKey = textOf(asked, 'appKey');
    const signing = verifySigning(settings, asked);
    const sentAtMs = nowMs();
    const input = { ...verification, appId, appKey, signing, msgId, sentAtMs, baseUrl, production };
    const request = buildTokenValidateRequest(input);
    return processTokenValidateResponse({ request, response: await exchange(request), production });
  });
}

interface Call {
  readonly asked: Asked;
  readonly msgId: string;
  readonly exchange: (request: SignedRequest) => ReturnType<typeof send>;
}

/** One call within its limits: its secrets asked for, a msgid of its own, and a way to send. */
async function call<T>(
  settings: Settings,
  { operation, signal }: Pick<Exchange, 'operation'> & { readonly signal: AbortSignal | undefined },
  run: (parts: Call) => Promise<T>,
): Promise<T> {
  const { secrets, modes, timeoutMs, newMsgId } = settings;
  checkSignal(signal);
  checkNeeds(operation, modes, secrets);
  const msgId = newMsgId();
  checkMsgId(msgId);
  const exchange: Exchange = { operation, msgId, maybeSent: false };
  return withinLimits({ timeoutMs, signal }, exchange, async (limit) => {
    const asked = await askSecrets(secrets, modes[operation].needs);
    // A secret may have been waited for: what has been given up by then is not sent.
    limit.throwIfAborted();
    return run({ asked, msgId, exchange: (request) => send(request, { ...settings, exchange, signal: limit }) });
  });
}

function loginSigning({ modes }: Settings, asked: Asked): LoginSigningKey {
  const { by } = modes.loginTokenValidate;
  switch (by) {
    case 'md5':
      return { by, secret: textOf(asked, modes.loginSecret) };
    case 'rsa':
      return { by, appSignPrivateKey: textOf(asked, 'keys.appSignPrivateKey') };
    default:
      return by satisfies never;
  }
}

function verifySigning({ modes }: Settings, asked: Asked): VerifySigningKey {
  const { by } = modes.tokenValidate;
  switch (by) {
    case 'hmac':
      return { by };
    case 'rsa':
      return {
        by,
        appSignPrivateKey: textOf(asked, 'keys.appSignPrivateKey'),
        platformPublicKey: textOf(asked, 'keys.platformPublicKey'),
      };
    default:
      return by satisfies never;
  }
}
