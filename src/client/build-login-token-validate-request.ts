/** Builds loginTokenValidate's signed request. The document, 1.2 and 1.3. */
import { requestBody } from '../protocol/fields.js';
import { type RequestKey, signatureOf } from '../protocol/signature.js';
import { formatTimestamp } from '../protocol/timestamp.js';
import { CARRIER_URL, urlOf } from './base-url.js';
import { type LoginSigning, type SignedRequest, signedRequest } from './built-request.js';
import { checkCredential, checkMsgId, checkOneOf, checkSentAtMs, checkToken } from './check.js';
import { encodeText } from './expand-params.js';
import { readKey } from './keys.js';
import { refuseMockToken } from './mock-mark.js';

const OPERATION = 'loginTokenValidate';
const VERSION = '2.0';

/** The key that signs loginTokenValidate. */
export type LoginSigningKey =
  /** `secret` is the APPSecret, or the appKey for an app from before 2018-12-26 that never switched. */
  | { readonly by: 'md5'; readonly secret: string }
  /** The private key of 应用公钥1: PKCS#8, Base64 or PEM. */
  | { readonly by: 'rsa'; readonly appSignPrivateKey: string };

/** The input of a loginTokenValidate request. */
export interface LoginTokenValidateInput {
  readonly appId: string;
  /** The token from the phone's SDK. */
  readonly token: string;
  readonly signing: LoginSigningKey;
  /** 1 to 36 characters, new for each request. */
  readonly msgId: string;
  /** The current time in epoch milliseconds. It is sent as 17 digits of Beijing time. */
  readonly sentAtMs: number;
  /** `'1'`: the carrier checks the server's address against 服务器IP白名单. Default: `'0'`. */
  readonly strictCheck?: '0' | '1' | undefined;
  /** expandparams, sent unchanged: the document defines no format for it at login. */
  readonly expandParams?: string | undefined;
  /** Default: `https://www.cmpassport.com`. */
  readonly baseUrl?: string | undefined;
  /** Refuses a mock's token, and plain HTTP to another machine. Default: true. */
  readonly production?: boolean | undefined;
}

/** A signed loginTokenValidate request. */
export type LoginTokenValidateRequest = SignedRequest<typeof OPERATION, LoginSigning>;

/**
 * Builds the signed request of loginTokenValidate (the document, 1.2) from a token. The function is pure: it sends nothing
 * and reads no clock, and the same input returns the same request.
 *
 * Throws an ArgumentError or a ConfigurationError that names the field. In production, throws a MockError for a mock's token.
 *
 * @example
 * import { buildLoginTokenValidateRequest, processLoginTokenValidateResponse } from 'cmpassport-mock';
 *
 * declare const token: string; // from the phone
 * declare const secret: string; // APPSecret
 *
 * const request = buildLoginTokenValidateRequest({
 *   appId: '300011223344',
 *   token,
 *   signing: { by: 'md5', secret },
 *   msgId: crypto.randomUUID(),
 *   sentAtMs: Date.now(),
 * });
 * const { url, method, headers, body } = request;
 * const response = await fetch(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(5000) });
 * const { status, headers: received } = response;
 * const answer = processLoginTokenValidateResponse({
 *   request,
 *   response: { status, headers: received, text: await response.text() },
 * });
 * console.log(answer.kind);
 */
export function buildLoginTokenValidateRequest(input: LoginTokenValidateInput): LoginTokenValidateRequest {
  const { appId, token, msgId, sentAtMs, strictCheck = '0', expandParams } = input;
  const { baseUrl = CARRIER_URL, production = true, signing } = input;
  checkCredential('appId', appId);
  checkToken(token);
  checkMsgId(msgId);
  checkSentAtMs(sentAtMs);
  checkOneOf('signing.by', signing.by, ['md5', 'rsa']);
  checkOneOf('strictCheck', strictCheck, ['0', '1']);
  if (expandParams !== undefined) encodeText('expandParams', expandParams);
  const url = urlOf(OPERATION, { baseUrl, production });
  if (production) refuseMockToken({ operation: OPERATION, msgId, token });
  const texts = {
    version: VERSION,
    msgId,
    sentAt: formatTimestamp(sentAtMs),
    strictCheck,
    appId,
    expandParams,
    token,
    encryptionAlgorithm: signing.by === 'rsa' ? 'RSA' : undefined,
  };
  const { sign } = signatureOf(OPERATION, texts, keyOf(signing));
  const fields = requestBody(OPERATION, { ...texts, sign });
  return signedRequest({ operation: OPERATION, url, msgId, signing: signing.by, fields });
}

function keyOf(signing: LoginSigningKey): RequestKey {
  switch (signing.by) {
    case 'md5':
      checkCredential('signing.secret', signing.secret);
      return { secret: signing.secret };
    case 'rsa':
      return { privateKey: readKey('signing.appSignPrivateKey', 'private', signing.appSignPrivateKey) };
    default:
      return signing satisfies never;
  }
}
