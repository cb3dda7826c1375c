/** The client: one method per operation. A method builds the request, sends it, and processes the response. */
import type { Operation } from '../protocol/operations.js';
import type { PhoneNumberAnswer, VerificationAnswer } from './answers.js';
import { unsignedLogin, unsignedVerification } from './build-requests.js';
import { checkMsgId, checkTimeout } from './check.js';
import { checkedSettings, type Settings } from './config.js';
import { type LoadedSecrets, loadSecrets, needed } from './credentials.js';
import { type H5Answer, processH5TokenValidateResponse, unsignedH5Login } from './h5.js';
import { type ClientAnswer, type Exchange, reported } from './hooks.js';
import type {
  CallOptions,
  ClientMethods,
  CmpassportClient,
  GetPhoneNumberOptions,
  H5Login,
  OnlyKnown,
  Verification,
} from './methods.js';
import { type CalledOperation, checkNeeds, type Mode, type SigningOf } from './modes.js';
import {
  processLoginTokenValidateResponse,
  processTokenValidateResponse,
} from './process-responses.js';
import type { ReceivedResponse } from './received.js';
import { send, withinLimits } from './send.js';
import type { CmpassportClientConfig } from './settings.js';
import {
  type CommonInput,
  privateKeyOf,
  type SignedRequest,
  signedBy,
  signedRequest,
  type UnsignedRequest,
} from './signed-request.js';

/**
 * Creates a client of the carrier (the document, 1 and 2) from the app's credentials. It sends nothing
 * until a method is called. No error contains a secret, a token or a number, and inspecting the client or a request shows
 * none.
 *
 * Throws a ConfigurationError that names the field, for example for a key of the wrong kind, two swapped keys, white space
 * around a secret, or missing credentials.
 *
 * @example
 * import { createCmpassportClient } from 'cmpassport-client';
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
export function createCmpassportClient<Config extends CmpassportClientConfig>(
  config: Config & OnlyKnown<Config, CmpassportClientConfig>,
): CmpassportClient<Config>;
export function createCmpassportClient(config: CmpassportClientConfig): ClientMethods {
  const settings = checkedSettings(config);
  const getH5PhoneNumber = (login: H5Login) => call(settings, H5_LOGIN, login);
  return Object.freeze({
    getPhoneNumber: (token: string, options: GetPhoneNumberOptions = {}) =>
      call(settings, LOGIN, { ...options, token }),
    verifyPhoneNumber: (verification: Verification) => call(settings, VERIFY, verification),
    getH5PhoneNumber,
    h5TokenValidate: getH5PhoneNumber,
  });
}

/** An operation, from the input of its method to the answer. */
interface Called<
  O extends CalledOperation,
  Input extends CallOptions,
  Answer extends ClientAnswer,
> {
  readonly operation: O;
  readonly unsigned: (
    input: Omit<Input, keyof CallOptions> & Common<O>,
    secrets: LoadedSecrets,
  ) => UnsignedRequest<O, SigningOf<O>>;
  readonly answer: (output: Output<O>, secrets: LoadedSecrets) => Answer;
}

/** What the client adds to the input. */
type Common<O extends CalledOperation> = Omit<CommonInput, 'token' | 'signing'> & {
  readonly signing: { readonly by: SigningOf<O> };
};

interface Output<O extends CalledOperation> {
  readonly request: SignedRequest<O, SigningOf<O>>;
  readonly response: ReceivedResponse;
  readonly production: boolean;
}

const LOGIN: Called<
  'loginTokenValidate',
  GetPhoneNumberOptions & { readonly token: string },
  PhoneNumberAnswer
> = {
  operation: 'loginTokenValidate',
  unsigned: unsignedLogin,
  answer: (output, secrets) =>
    processLoginTokenValidateResponse({
      ...output,
      appDecryptPrivateKey: secrets['keys.appDecryptPrivateKey'],
      appSignPrivateKey: secrets['keys.appSignPrivateKey'],
    }),
};

const VERIFY: Called<'tokenValidate', Verification, VerificationAnswer> = {
  operation: 'tokenValidate',
  unsigned: ({ signing, ...input }, secrets) =>
    unsignedVerification({
      ...input,
      appKey: needed(secrets, 'appKey'),
      signing: { ...signing, platformPublicKey: secrets['keys.platformPublicKey'] },
    }),
  answer: processTokenValidateResponse,
};

const H5_LOGIN: Called<'h5TokenValidate', H5Login, H5Answer> = {
  operation: 'h5TokenValidate',
  unsigned: unsignedH5Login,
  answer: (output, secrets) =>
    processH5TokenValidateResponse({ ...output, appKey: needed(secrets, 'appKey') }),
};

/** Runs one call within its limits. */
async function call<
  O extends CalledOperation,
  Input extends CallOptions,
  Answer extends ClientAnswer,
>(
  settings: Settings,
  { operation, unsigned, answer }: Called<O, Input, Answer>,
  { signal, timeoutMs = settings.timeoutMs, msgId = settings.newMsgId(), ...input }: Input,
): Promise<Answer> {
  const { appId, baseUrl, production, secrets, sign, onResponse } = settings;
  const mode = settings.modes[operation];
  checkTimeout(timeoutMs);
  checkNeeds(operation, mode, secrets);
  checkMsgId(msgId);
  const exchange: Exchange = {
    operation,
    msgId,
    maybeSent: false,
    attempt: 0,
    startedMs: undefined,
  };
  const run = async (limit: AbortSignal) => {
    const loaded = await loadSecrets(secrets, mode.needs);
    const common = { appId, baseUrl, production, msgId, sentAtMs: settings.nowMs(), signing: mode };
    const request = await signed(unsigned({ ...input, ...common }, loaded), { loaded, mode, sign });
    const response = await send(request, { ...settings, exchange, signal: limit });
    return answer({ request, response, production }, loaded);
  };
  return reported(onResponse, exchange, () => withinLimits({ timeoutMs, signal }, exchange, run));
}

interface SignsWith extends Pick<Settings, 'sign'> {
  readonly mode: Mode;
  readonly loaded: LoadedSecrets;
}

/** With the secret, the private key or the caller's signer. */
async function signed<O extends Operation, By extends string>(
  unsigned: UnsignedRequest<O, By>,
  { mode, loaded, sign }: SignsWith,
): Promise<SignedRequest<O, By>> {
  if (mode.by !== 'rsa')
    return signedRequest(unsigned, { secret: String(loaded[mode.needs[0] ?? 'appSecret']) });
  if (sign !== undefined) return signedBy(unsigned, sign);
  return signedRequest(unsigned, privateKeyOf(needed(loaded, 'keys.appSignPrivateKey')));
}
