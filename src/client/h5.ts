/** h5TokenValidate: builds the signed request, and turns the response into an answer. From public material, not the document. */
import { decryptNumber } from '../protocol/encrypted-number.js';
import { isPhoneNumber } from '../protocol/phone-num.js';
import type { ResultOf } from '../protocol/result-codes.js';
import { checkCredential, checkOneOf } from './check.js';
import { ArgumentError, DecryptionError } from './errors.js';
import type { RsaKeyInput } from './keys.js';
import { objectIn, readAnswer, requiredText, shownField } from './read-answer.js';
import { answerOf, checkedCode, detailsOf, resultTable, unknownCode } from './read-result.js';
import type { ReceivedResponse } from './received.js';
import type { AnswerDetails, RefusalOf, UnknownCode } from './refusal.js';
import {
  commonParts,
  privateKeyOf,
  type SignedRequest,
  type Signer,
  signedBy,
  signedRequest,
  type UnsignedRequest,
} from './signed-request.js';

/** The input of an h5TokenValidate request. */
export interface H5TokenValidateInput {
  readonly appId: string;
  /** The token from the SDK in the page. */
  readonly token: string;
  /** As the SDK returned it. Do not decode it. */
  readonly userInformation: string;
  /** The private key of 应用公钥1: PKCS#8, Base64 or PEM. */
  readonly signing: { readonly by: 'rsa'; readonly appSignPrivateKey: RsaKeyInput };
  /** traceId: 1 to 36 characters, new for each request. */
  readonly msgId: string;
  /** The current time in epoch milliseconds. */
  readonly sentAtMs: number;
  /** interfaceVersion, as the page gave it to its SDK. Default: `'2.0'`. */
  readonly version?: '1.0' | '2.0' | undefined;
  /** Default: `https://www.cmpassport.com`. */
  readonly baseUrl?: string | undefined;
  /** Refuses a mock's token, and plain HTTP to another machine. Default: true. */
  readonly production?: boolean | undefined;
}

/** What signs a login of the client. */
export type H5Signer = H5TokenValidateInput['signing'] | { readonly by: 'rsa'; readonly sign: Signer };

/** A signed h5TokenValidate request. */
export type H5TokenValidateRequest = SignedRequest<'h5TokenValidate', 'rsa'>;

const BUSINESS_TYPE = '8';

/**
 * Builds the signed request of h5TokenValidate. The function is pure: it sends nothing and reads no clock.
 *
 * Throws an ArgumentError or a ConfigurationError that names the field.
 */
export function buildH5TokenValidateRequest(input: H5TokenValidateInput): H5TokenValidateRequest {
  return signedRequest(unsigned(input), privateKeyOf(input.signing));
}

type Unsigned = Omit<H5TokenValidateInput, 'signing'> & { readonly signing: H5Signer };

/** Signs with a key, or with the caller's signer. */
export async function signedH5Login({ signing, ...input }: Unsigned): Promise<H5TokenValidateRequest> {
  if ('sign' in signing) return signedBy(unsigned({ ...input, signing }), signing.sign);
  return buildH5TokenValidateRequest({ ...input, signing });
}

function unsigned(input: Unsigned): UnsignedRequest<'h5TokenValidate', 'rsa'> {
  const { userInformation, signing } = input;
  const { url, texts } = commonParts('h5TokenValidate', input, ['rsa']);
  if (typeof userInformation !== 'string' || userInformation === '')
    throw new ArgumentError('userInformation', 'must be the text that the SDK returned with the token');
  const { version = texts.version } = input;
  checkOneOf('version', version, ['1.0', '2.0']);
  return {
    operation: 'h5TokenValidate',
    url,
    signing: signing.by,
    texts: { ...texts, version, businessType: BUSINESS_TYPE, userInformation },
  };
}

/** 103000. `inspect` and JSON hide the number. Read it from `answer.phoneNumber`. */
export interface H5ObtainedNumber extends AnswerDetails {
  readonly kind: 'phoneNumber';
  readonly resultCode: '103000';
  /** Eleven digits. */
  readonly phoneNumber: string;
  /** The number without its middle four digits, for display. */
  readonly securityPhone: string | undefined;
  /** Inferred. */
  readonly charged: true;
}

/** A refusal of h5TokenValidate. */
export type H5Refusal = RefusalOf<ResultOf<'h5TokenValidate'>>;

/** The answer of h5TokenValidate: the number, a refusal with a published code, or an unknown code. No response has a taskId. */
export type H5Answer = H5ObtainedNumber | H5Refusal | UnknownCode;

/** The input of processH5TokenValidateResponse. */
export interface H5TokenValidateOutput {
  readonly request: Pick<H5TokenValidateRequest, 'operation' | 'msgId'>;
  readonly response: ReceivedResponse;
  /** Decrypts the number. */
  readonly appKey: string;
  /** Refuses a mock's response. Default: true. */
  readonly production?: boolean | undefined;
}

const TABLE = resultTable('h5TokenValidate', ['103002', '103005']);
const SUCCESS = '103000';

/**
 * Turns h5TokenValidate's response into an answer, without I/O: decrypts the number of a success.
 *
 * Throws an ExchangeError for an invalid response or one to another request, and a ConfigurationError without an appKey.
 */
export function processH5TokenValidateResponse(output: H5TokenValidateOutput): H5Answer {
  const { request, response, appKey, production = true } = output;
  checkCredential('appKey', appKey);
  const answer = readAnswer(request, response, production);
  const resultCode = checkedCode(request, { answer, response }, TABLE);
  const details = detailsOf(request, answer, 'h5TokenValidate');
  const refusal = TABLE.refusals.get(resultCode);
  if (refusal !== undefined) return answerOf({ ...refusal, ...details }) as H5Refusal;
  if (resultCode !== SUCCESS) return answerOf({ ...unknownCode(resultCode), ...details });
  const data = objectIn(request, answer, 'data');
  const phoneNumber = decryptNumber(requiredText(request, { in: data, name: 'msisdn', field: 'data.msisdn' }), appKey);
  if (phoneNumber === undefined || !isPhoneNumber(phoneNumber)) {
    const detail = 'data.msisdn does not decrypt to a phone number: appKey is not that of the portal';
    throw new DecryptionError({ ...request, maybeSent: true, detail });
  }
  const securityPhone = shownField(data, 'securityPhone');
  return answerOf({ kind: 'phoneNumber', resultCode, phoneNumber, securityPhone, charged: true, ...details } as const, [
    'phoneNumber',
  ]);
}
