/** h5TokenValidate: builds the signed request, and turns the response into an answer. From public material, not the document. */
import { decryptNumber, isPhoneNumber } from '../protocol/phone-num.js';
import type { ResultOf } from '../protocol/result-codes.js';
import type { Unsigned } from './build-requests.js';
import { checkCredential, checkOneOf } from './check.js';
import { ArgumentError, DecryptionError } from './errors.js';
import type { RsaKeyInput } from './keys.js';
import { objectIn, requiredText, shownField } from './read-answer.js';
import { answerOf, processed, type ReadResponse, responsesOf } from './read-result.js';
import type { ReceivedResponse } from './received.js';
import type { AnswerDetails, RefusalOf, UnknownCode } from './refusal.js';
import {
  commonParts,
  privateKeyOf,
  type SignedRequest,
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

/** A signed h5TokenValidate request. */
export type H5TokenValidateRequest = SignedRequest<'h5TokenValidate', 'rsa'>;

/**
 * Builds the signed request of h5TokenValidate. The function is pure: it sends nothing and reads no clock.
 *
 * Throws an ArgumentError or a ConfigurationError that names the field.
 *
 * @example
 * import { buildH5TokenValidateRequest } from 'cmpassport-client';
 *
 * declare const token: string; // from the page
 * declare const userInformation: string; // from the page, unchanged
 * declare const appSignPrivateKey: string;
 *
 * const { url, method, headers, body } = buildH5TokenValidateRequest({
 *   appId: '300011223344',
 *   token,
 *   userInformation,
 *   signing: { by: 'rsa', appSignPrivateKey },
 *   msgId: crypto.randomUUID(),
 *   sentAtMs: Date.now(),
 * });
 * const response = await fetch(url, { method, headers, body, redirect: 'manual' });
 * console.log(response.status);
 */
export function buildH5TokenValidateRequest(input: H5TokenValidateInput): H5TokenValidateRequest {
  return signedRequest(unsignedH5Login(input), privateKeyOf(input.signing.appSignPrivateKey));
}

export function unsignedH5Login(
  input: Unsigned<H5TokenValidateInput>,
): UnsignedRequest<'h5TokenValidate', 'rsa'> {
  const { userInformation, signing } = input;
  const { url, texts } = commonParts('h5TokenValidate', input, ['rsa']);
  if (typeof userInformation !== 'string' || userInformation === '')
    throw new ArgumentError(
      'userInformation',
      'must be the text that the SDK returned with the token',
    );
  const { version = texts.version } = input;
  checkOneOf('version', version, ['1.0', '2.0']);
  return {
    operation: 'h5TokenValidate',
    url,
    signing: signing.by,
    texts: { ...texts, version, businessType: '8', userInformation },
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

const RESPONSES = responsesOf('h5TokenValidate', ['103002', '103005']);

/**
 * Turns h5TokenValidate's response into an answer, without I/O: decrypts the number of a success.
 *
 * Throws an ExchangeError for an invalid response or one to another request, and a ConfigurationError without an appKey.
 *
 * @example
 * import { processH5TokenValidateResponse } from 'cmpassport-client';
 *
 * const answer = processH5TokenValidateResponse({
 *   request: { operation: 'h5TokenValidate', msgId: '8adff305c7fcb3e1b1aecc130792fbd1' },
 *   response: {
 *     status: 200,
 *     headers: { traceid: '8adff305c7fcb3e1b1aecc130792fbd1' },
 *     text: '{"resultCode":"104007","desc":"token不存在","serviceTime":"20261125093619762"}',
 *   },
 *   appKey: '5A1E0C9B7D3F4826B1907E6C42D8AF35',
 * });
 * if (answer.kind === 'refused') console.log(answer.name, answer.next); // TOKEN_DEAD getNewToken
 */
export function processH5TokenValidateResponse(output: H5TokenValidateOutput): H5Answer {
  checkCredential('appKey', output.appKey);
  return processed(RESPONSES, output, phoneNumberAnswer);
}

function phoneNumberAnswer(
  { request, appKey }: H5TokenValidateOutput,
  read: ReadResponse,
): H5ObtainedNumber {
  const data = objectIn(request, read.answer, 'data');
  const phoneNumber = decryptNumber(
    requiredText(request, { in: data, name: 'msisdn', field: 'data.msisdn' }),
    appKey,
  );
  if (phoneNumber === undefined || !isPhoneNumber(phoneNumber)) {
    const detail =
      'data.msisdn does not decrypt to a phone number: appKey is not that of the portal';
    throw new DecryptionError({ ...request, maybeSent: true, detail });
  }
  const securityPhone = shownField(data, 'securityPhone');
  const answer = {
    kind: 'phoneNumber',
    resultCode: '103000',
    phoneNumber,
    securityPhone,
    charged: true,
  } as const;
  return answerOf({ ...answer, ...read.details }, ['phoneNumber']);
}
