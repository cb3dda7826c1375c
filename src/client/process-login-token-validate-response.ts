/** Turns loginTokenValidate's response into an answer. The document, 1.2 响应参数, 1.3 and 1.4. */

import { isPhoneNumber } from '../protocol/phone-num.js';
import { LOGIN_TOKEN_VALIDATE_RESULTS } from '../protocol/result-codes.js';
import { decryptPkcs1 } from '../protocol/rsa-pkcs1.js';
import { fromHex } from '../protocol/sign.js';
import type { ObtainedNumber, PhoneNumberAnswer, PhoneNumberRefusal } from './answers.js';
import type { LoginTokenValidateRequest } from './build-login-token-validate-request.js';
import { ConfigurationError, DecryptionError, type ExchangeIdentity } from './errors.js';
import { readKey } from './keys.js';
import {
  checkEchoedId,
  formatError,
  type Json,
  ownValue,
  readAnswer,
  requiredText,
  shownField,
} from './read-answer.js';
import type { ReceivedResponse } from './received.js';
import { withHidden } from './redact.js';
import { refusalsOf, unknownCode } from './refusals.js';
import { shownText } from './shown-text.js';

const SUCCESS = '103000';
const REFUSALS = refusalsOf(LOGIN_TOKEN_VALIDATE_RESULTS);

/** Codes for a request that the carrier could not read, or that went to a wrong address. The response may lack its msgid. */
const UNREAD = ['103211', '103412', '103414', '105313'];

/** The request's fields against which its response is checked. */
export type LoginExpectation = Pick<LoginTokenValidateRequest, 'operation' | 'msgId' | 'signing'>;

/** The input of processLoginTokenValidateResponse. */
export interface LoginTokenValidateOutput {
  readonly request: LoginExpectation;
  readonly response: ReceivedResponse;
  /** The private key of 应用公钥2: PKCS#8, Base64 or PEM. Required for a request that is signed with `rsa`. */
  readonly appDecryptPrivateKey?: string | undefined;
  /** The private key of 应用公钥1. Optional: if decryption fails, it shows whether the two keys are swapped. */
  readonly appSignPrivateKey?: string | undefined;
  /** Refuses a mock's response. Default: true. */
  readonly production?: boolean | undefined;
}

/**
 * Turns loginTokenValidate's response into an answer (the document, 1.2 and 1.4), without I/O. The answer has the number
 * only if the code is 103000 and the response belongs to the request. With `rsa`, the number is decrypted.
 *
 * Throws an ExchangeError for an invalid response or one to another request: HttpStatusError, ResponseNotJsonError,
 * ResponseFormatError, ResponseMismatchError, DecryptionError, and in production MockError. Throws a ConfigurationError if a
 * key is missing or invalid, and an ArgumentError if the request has no msgId.
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
  const resultCode = requiredText(request, { in: answer, name: 'resultCode' });
  const refusal = REFUSALS.get(resultCode);
  checkEchoedId(request, {
    field: 'inresponseto',
    echoed: ownValue(answer, 'inresponseto'),
    mayBeEmpty: UNREAD.includes(resultCode) || (refusal === undefined && resultCode !== SUCCESS),
  });
  if (resultCode === SUCCESS) return phoneNumberAnswer(output, answer);
  const taskId = shownField(answer, 'taskId');
  if (refusal !== undefined) return Object.freeze({ ...refusal, taskId }) as PhoneNumberRefusal;
  return Object.freeze(unknownCode({ resultCode, carrierText: shownField(answer, 'desc'), taskId }));
}

function phoneNumberAnswer(output: LoginTokenValidateOutput, answer: Json): ObtainedNumber {
  const { request } = output;
  const msisdn = requiredText(request, { in: answer, name: 'msisdn' });
  const taskId = shownText(requiredText(request, { in: answer, name: 'taskId' }));
  const phoneNumber = request.signing === 'rsa' ? decryptedNumber(output, msisdn) : plainNumber(request, msisdn);
  return withHidden({ kind: 'phoneNumber', resultCode: SUCCESS, phoneNumber, charged: true, taskId }, ['phoneNumber']);
}

function plainNumber(request: ExchangeIdentity, msisdn: string): string {
  if (isPhoneNumber(msisdn)) return msisdn;
  const kind = fromHex(msisdn) === undefined ? '' : ' of hex, like a ciphertext';
  throw formatError(request, 'msisdn', `msisdn must be a phone number, found ${msisdn.length} characters${kind}`);
}

function decryptedNumber(
  { request, appDecryptPrivateKey, appSignPrivateKey }: LoginTokenValidateOutput,
  msisdn: string,
): string {
  if (appDecryptPrivateKey === undefined)
    throw new ConfigurationError('appDecryptPrivateKey', 'is missing, but is required to decrypt the number');
  const phoneNumber = decrypt('appDecryptPrivateKey', appDecryptPrivateKey, msisdn);
  if (phoneNumber !== undefined) return phoneNumber;
  const swapped =
    appSignPrivateKey !== undefined && decrypt('appSignPrivateKey', appSignPrivateKey, msisdn) !== undefined;
  const { operation, msgId } = request;
  throw new DecryptionError({ operation, msgId, maybeSent: true, detail: decryptionFailure({ msisdn, swapped }) });
}

function decryptionFailure({ msisdn, swapped }: { readonly msisdn: string; readonly swapped: boolean }): string {
  if (swapped)
    return 'msisdn is encrypted for appSignPrivateKey: the two private keys are swapped, or the portal has 应用公钥1 as 应用公钥2';
  if (isPhoneNumber(msisdn)) return 'msisdn is not encrypted, although the request uses RSA';
  return fromHex(msisdn) === undefined
    ? 'msisdn must be the hex of a ciphertext, but is not hex'
    : 'msisdn does not decrypt to a phone number: appDecryptPrivateKey is not the private key of 应用公钥2 at the portal';
}

/** Undefined if the key does not decrypt the text to a phone number. Accepts hex in either case. */
function decrypt(field: string, privateKey: string, msisdn: string): string | undefined {
  const ciphertext = fromHex(msisdn);
  const text = ciphertext && decryptPkcs1(ciphertext, readKey(field, 'private', privateKey));
  return text !== undefined && isPhoneNumber(text) ? text : undefined;
}
