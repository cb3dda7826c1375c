/** loginTokenValidate's request, signed. The document, 1.2 and 1.3. */
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

/** What loginTokenValidate is signed with. */
export type LoginSigningKey =
  /** `secret` is the APPSecret, or the appKey of an app of before 2018-12-26 that was never switched. */
  | { readonly by: 'md5'; readonly secret: string }
  /** The private half of 应用公钥1: PKCS#8, Base64 or PEM. */
  | { readonly by: 'rsa'; readonly appSignPrivateKey: string };

/** What loginTokenValidate's request is made of. */
export interface LoginTokenValidateInput {
  readonly appId: string;
  /** What the phone's SDK got. */
  readonly token: string;
  readonly signing: LoginSigningKey;
  /** 1 to 36 characters, another for each request. */
  readonly msgId: string;
  /** Now, in epoch milliseconds; it is sent as 17 digits of Beijing time. */
  readonly sentAtMs: number;
  /** `'1'` has the server's address checked against 服务器IP白名单; `'0'` unless said. */
  readonly strictCheck?: '0' | '1' | undefined;
  /** expandparams, sent as it is: the document gives it no form at login. */
  readonly expandParams?: string | undefined;
  /** `https://www.cmpassport.com` unless said. */
  readonly baseUrl?: string | undefined;
  /** Refuses a token of a simulated carrier, and an unencrypted connection; true unless said. */
  readonly production?: boolean | undefined;
}

/** loginTokenValidate's signed request. */
export type LoginTokenValidateRequest = SignedRequest<typeof OPERATION, LoginSigning>;

/**
 * Builds loginTokenValidate's signed request (the document, 1.2): a token goes in, and what has to be sent comes out. It
 * sends nothing and reads no clock: the same input gives the same request.
 *
 * Throws an ArgumentError or a ConfigurationError that names the field, and a MockError for a token of the mock in
 * production.
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
