/** Turns the responses of loginTokenValidate and tokenValidate into answers. The document, 1.2 to 1.4 and 2.3 to 2.5. */
import { isObject } from '../protocol/json.js';
import { isPhoneNumber } from '../protocol/phone-num.js';
import { decryptPkcs1 } from '../protocol/rsa-pkcs1.js';
import { fromHex } from '../protocol/sign.js';
import type {
  Echo,
  NotOwnNumber,
  ObtainedNumber,
  OwnNumber,
  PhoneNumberAnswer,
  VerificationAnswer,
} from './answers.js';
import type { LoginTokenValidateRequest, TokenValidateRequest } from './build-requests.js';
import { ConfigurationError, DecryptionError, type ExchangeIdentity } from './errors.js';
import { decodeExpandParams, decodeText } from './expand-params.js';
import { type RsaKeyInput, readKey } from './keys.js';
import { formatError, type Json, objectIn, optionalText, requiredText } from './read-answer.js';
import { answerOf, processed, type ReadResponse, responsesOf } from './read-result.js';
import type { ReceivedResponse } from './received.js';
import { shownText } from './redact.js';

const LOGIN = responsesOf('loginTokenValidate', ['103211', '103412', '103414', '105313']);
const VERIFY = responsesOf('tokenValidate', ['102', '303', '999']);

/** The request's fields against which its response is checked. */
export type LoginExpectation = Pick<LoginTokenValidateRequest, 'operation' | 'msgId' | 'signing'>;

/** The input of processLoginTokenValidateResponse. */
export interface LoginTokenValidateOutput {
  readonly request: LoginExpectation;
  readonly response: ReceivedResponse;
  /** The private key of 应用公钥2: a KeyObject, or PKCS#8 in Base64 or PEM. Required for a request that is signed with `rsa`. */
  readonly appDecryptPrivateKey?: RsaKeyInput | undefined;
  /** The private key of 应用公钥1. Optional: if decryption fails, it shows whether the two keys are swapped. */
  readonly appSignPrivateKey?: RsaKeyInput | undefined;
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
 * import { processLoginTokenValidateResponse } from 'cmpassport-client';
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
export function processLoginTokenValidateResponse(
  output: LoginTokenValidateOutput,
): PhoneNumberAnswer {
  return processed(LOGIN, output, phoneNumberAnswer);
}

function phoneNumberAnswer(
  output: LoginTokenValidateOutput,
  { answer, details }: ReadResponse,
): ObtainedNumber {
  const { request } = output;
  const msisdn = requiredText(request, { in: answer, name: 'msisdn' });
  const taskId = shownText(requiredText(request, { in: answer, name: 'taskId' }));
  const phoneNumber =
    request.signing === 'rsa' ? decryptedNumber(output, msisdn) : plainNumber(request, msisdn);
  const obtained = {
    kind: 'phoneNumber',
    resultCode: '103000',
    phoneNumber,
    charged: true,
  } as const;
  return answerOf({ ...obtained, ...details, taskId }, ['phoneNumber']);
}

function plainNumber(request: ExchangeIdentity, msisdn: string): string {
  if (isPhoneNumber(msisdn)) return msisdn;
  const kind = fromHex(msisdn) === undefined ? '' : ' of hex, like a ciphertext';
  throw formatError(
    request,
    'msisdn',
    `msisdn must be a phone number, found ${msisdn.length} characters${kind}`,
  );
}

function decryptedNumber(
  { request, appDecryptPrivateKey, appSignPrivateKey }: LoginTokenValidateOutput,
  msisdn: string,
): string {
  if (appDecryptPrivateKey === undefined)
    throw new ConfigurationError(
      'appDecryptPrivateKey',
      'is missing, but is required to decrypt the number',
    );
  const phoneNumber = decrypt('appDecryptPrivateKey', appDecryptPrivateKey, msisdn);
  if (phoneNumber !== undefined) return phoneNumber;
  const swapped =
    appSignPrivateKey !== undefined &&
    decrypt('appSignPrivateKey', appSignPrivateKey, msisdn) !== undefined;
  throw new DecryptionError({
    ...request,
    maybeSent: true,
    detail: decryptionFailure({ msisdn, swapped }),
  });
}

function decryptionFailure({
  msisdn,
  swapped,
}: {
  readonly msisdn: string;
  readonly swapped: boolean;
}): string {
  if (swapped)
    return 'msisdn is encrypted for appSignPrivateKey: the two private keys are swapped, or the portal has 应用公钥1 as 应用公钥2';
  if (isPhoneNumber(msisdn)) return 'msisdn is not encrypted, although the request uses RSA';
  return fromHex(msisdn) === undefined
    ? 'msisdn must be the hex of a ciphertext, but is not hex'
    : 'msisdn does not decrypt to a phone number: appDecryptPrivateKey is not the private key of 应用公钥2 at the portal';
}

/** Undefined if the key does not decrypt the text to a phone number. Accepts hex in either case. */
function decrypt(field: string, privateKey: RsaKeyInput, msisdn: string): string | undefined {
  const ciphertext = fromHex(msisdn);
  const text = ciphertext && decryptPkcs1(ciphertext, readKey(field, 'private', privateKey));
  return text !== undefined && isPhoneNumber(text) ? text : undefined;
}

/** The request's fields against which its response is checked. */
export type VerifyExpectation = Pick<TokenValidateRequest, 'operation' | 'msgId'>;

/** The input of processTokenValidateResponse. */
export interface TokenValidateOutput {
  readonly request: VerifyExpectation;
  readonly response: ReceivedResponse;
  /** Refuses a mock's response. Default: true. */
  readonly production?: boolean | undefined;
}

/**
 * Turns tokenValidate's response into an answer (the document, 2.3 and 2.5), without I/O. The response must belong to the
 * request. The appId in its header is not compared, because the document's sample masks it.
 *
 * Throws an ExchangeError for an invalid response or one to another request: HttpStatusError, ResponseNotJsonError,
 * ResponseFormatError, ResponseMismatchError, and in production MockError. Throws an ArgumentError if the request has no
 * msgId.
 *
 * @example
 * import { processTokenValidateResponse } from 'cmpassport-client';
 *
 * const answer = processTokenValidateResponse({
 *   request: { operation: 'tokenValidate', msgId: '8ADFF305C7FCB3E1B1AECC130792FBD0' },
 *   response: {
 *     status: 200,
 *     headers: {},
 *     text: '{"header":{"msgId":"8ADFF305C7FCB3E1B1AECC130792FBD0","resultCode":"606"},"body":{}}',
 *   },
 * });
 * if (answer.kind === 'refused') console.log(answer.name, answer.next); // TOKEN_INVALID getNewToken
 */
export function processTokenValidateResponse(output: TokenValidateOutput): VerificationAnswer {
  // The header of a refusal is sufficient: its body may be missing.
  return processed(VERIFY, output, numberAnswer, ({ body }) => echoOf(isObject(body) ? body : {}));
}

function numberAnswer(
  { request }: TokenValidateOutput,
  read: ReadResponse,
): OwnNumber | NotOwnNumber {
  const body = objectIn(request, read.answer, 'body');
  const taskId = shownText(
    requiredText(request, { in: body, name: 'taskId', field: 'body.taskId' }),
  );
  const common = { charged: true, ...read.details, taskId, ...echoOf(body) } as const;
  if (read.resultCode === '000')
    return answerOf({ kind: 'ownNumber', resultCode: '000', ...common });
  const accessToken = optionalText(body, 'accessToken');
  const other = {
    kind: 'notOwnNumber',
    resultCode: '001',
    accessToken,
    next: 'fallBackToSms',
  } as const;
  return answerOf<NotOwnNumber>({ ...other, ...common }, ['accessToken']);
}

function echoOf(body: Json): Echo {
  const [message, expandParams] = [
    optionalText(body, 'message'),
    optionalText(body, 'expandParams'),
  ];
  return {
    message: message && decodeText(message),
    expandParams: expandParams === undefined ? undefined : decodeExpandParams(expandParams),
  };
}
