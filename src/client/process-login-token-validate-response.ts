/** loginTokenValidate's response made into an answer. The document, 1.2 响应参数, 1.3 and 1.4. */

import { LOGIN_NEXT_STEPS } from '../protocol/next-steps.js';
import { isPhoneNumber } from '../protocol/phone-num.js';
import { LOGIN_TOKEN_VALIDATE_RESULTS } from '../protocol/result-codes.js';
import { decryptPkcs1 } from '../protocol/rsa-pkcs1.js';
import { fromHex } from '../protocol/sign.js';
import type { ObtainedNumber, PhoneNumberAnswer, PhoneNumberRefusal } from './answers.js';
import type { LoginTokenValidateRequest } from './build-login-token-validate-request.js';
import { ConfigurationError, DecryptionError, type ExchangeIdentity } from './errors.js';
import { readKey } from './keys.js';
import { checkEchoedId, decidingText, formatError, type Json, own, readAnswer, shownIn } from './read-answer.js';
import type { ReceivedResponse } from './received.js';
import { withHidden } from './redact.js';
import { refusalsOf, unknownCode } from './refusals.js';
import { shownText } from './shown-text.js';

const SUCCESS = '103000';
const REFUSALS = refusalsOf(LOGIN_NEXT_STEPS, LOGIN_TOKEN_VALIDATE_RESULTS);

/** The codes of a request that could not be read, or went to a wrong address: its msgid may not have been read either. */
const UNREAD = ['103211', '103412', '103414', '105313'];

/** What of the request its answer is judged by. */
export type LoginExpectation = Pick<LoginTokenValidateRequest, 'operation' | 'msgId' | 'signing'>;

/** loginTokenValidate's response, and what it is judged by. */
export interface LoginTokenValidateOutput {
  readonly request: LoginExpectation;
  readonly response: ReceivedResponse;
  /** The private half of 应用公钥2, for a request that was signed with `rsa`: PKCS#8, Base64 or PEM. */
  readonly appDecryptPrivateKey?: string | undefined;
  /** The private half of 应用公钥1, only to tell whether the two are swapped where decryption fails. */
  readonly appSignPrivateKey?: string | undefined;
  /** Refuses an answer of a simulated carrier; true unless said. */
  readonly production?: boolean | undefined;
}

/**
 * Makes loginTokenValidate's response into an answer (the document, 1.2 and 1.4). It does no I/O. The number is believed
 * only with 103000, of an answer to this very request; after RSA it is decrypted.
 *
 * Throws an ExchangeError for what is no answer of the carrier's to this request: HttpStatusError, ResponseNotJsonError,
 * ResponseFormatError, ResponseMismatchError, DecryptionError, and in production MockError. A ConfigurationError where a
 * key is missing or none; an ArgumentError for a request without a msgId.
 *
 * @example
 * import { processLoginTokenValidateResponse } from 'cmpassport-mock';
 *
 * const answer = processLoginTokenValidateResponse({
 *   request: { operation: 'loginTokenValidate', msgId: 'bed1dc7f6cd645b9be9006ae08040c93', signing: 'md5' },
 *   response: {
 *     status: 200,
 *     headers: {},
 *     text: '{"inresponseto":"bed1dc7f6cd645b9be9006ae08040c93","resultCode":"104201"}',
 *   },
 * });
 * if (answer.kind === 'refused') console.log(answer.name, answer.next); // TOKEN_DEAD getNewToken
 */
export function processLoginTokenValidateResponse(output: LoginTokenValidateOutput): PhoneNumberAnswer {
  const { request, response, production = true } = output;
  const answer = readAnswer(request, response, production);
  const resultCode = decidingText(request, { in: answer, name: 'resultCode' });
  const refusal = REFUSALS.get(resultCode);
  checkEchoedId(request, {
    field: 'inresponseto',
    echoed: own(answer, 'inresponseto'),
    mayBeEmpty: UNREAD.includes(resultCode) || (refusal === undefined && resultCode !== SUCCESS),
  });
  if (resultCode === SUCCESS) return obtained(output, answer);
  const taskId = shownIn(answer, 'taskId');
  if (refusal !== undefined) return Object.freeze({ ...refusal, taskId }) as PhoneNumberRefusal;
  return Object.freeze(unknownCode({ resultCode, carrierText: shownIn(answer, 'desc'), taskId }));
}

function obtained(output: LoginTokenValidateOutput, answer: Json): ObtainedNumber {
  const { request } = output;
  const msisdn = decidingText(request, { in: answer, name: 'msisdn' });
  const taskId = shownText(decidingText(request, { in: answer, name: 'taskId' }));
  const phoneNumber = request.signing === 'rsa' ? decrypted(output, msisdn) : plain(request, msisdn);
  return withHidden({ kind: 'phoneNumber', resultCode: SUCCESS, phoneNumber, charged: true, taskId }, ['phoneNumber']);
}

function plain(request: ExchangeIdentity, msisdn: string): string {
  if (isPhoneNumber(msisdn)) return msisdn;
  const looks = fromHex(msisdn) === undefined ? '' : ', which look like a ciphertext';
  const found = `msisdn must be a phone number, found ${msisdn.length} characters${looks}`;
  throw formatError(request, 'msisdn', found);
}

function decrypted(
  { request, appDecryptPrivateKey, appSignPrivateKey }: LoginTokenValidateOutput,
  msisdn: string,
): string {
  if (appDecryptPrivateKey === undefined)
    throw new ConfigurationError('appDecryptPrivateKey', 'is missing, and the number came for 应用公钥2');
  const phoneNumber = decrypt('appDecryptPrivateKey', appDecryptPrivateKey, msisdn);
  if (phoneNumber !== undefined) return phoneNumber;
  const swapped =
    appSignPrivateKey !== undefined && decrypt('appSignPrivateKey', appSignPrivateKey, msisdn) !== undefined;
  const { operation, msgId } = request;
  throw new DecryptionError({ operation, msgId, maybeSent: true, detail: whyNot({ msisdn, swapped }) });
}

function whyNot({ msisdn, swapped }: { readonly msisdn: string; readonly swapped: boolean }): string {
  if (swapped)
    return 'msisdn was encrypted for the pair of appSignPrivateKey: the two private keys are swapped, or 应用公钥1 stands in the place of 应用公钥2 at the portal';
  if (isPhoneNumber(msisdn)) return 'msisdn came unencrypted, although RSA was asked for';
  return fromHex(msisdn) === undefined
    ? 'msisdn must be the hex of a ciphertext, and is no hex'
    : 'msisdn does not decrypt to a phone number: appDecryptPrivateKey is not the private half of 应用公钥2 at the portal';
}

/** The number; undefined where it is none, or the ciphertext is not for this key. Hex of either case. */
function decrypt(field: string, privateKey: string, msisdn: string): string | undefined {
  const ciphertext = fromHex(msisdn);
  const text = ciphertext && decryptPkcs1(ciphertext, readKey(field, 'private', privateKey));
  return text !== undefined && isPhoneNumber(text) ? text : undefined;
}
