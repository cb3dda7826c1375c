/** Builds the signed requests of loginTokenValidate and tokenValidate. The document, 1.2, 1.3, 2.3 and 2.4. */
import { encryptPhoneNum, hashPhoneNum } from '../protocol/phone-num.js';
import { checkCredential, checkOneOf, checkPhoneNumber } from './check.js';
import { type ExpandParams, encodeExpandParams, encodeText } from './expand-params.js';
import { type RsaKeyInput, readKey } from './keys.js';
import {
  commonParts,
  privateKeyOf,
  type SignedRequest,
  signedRequest,
  type UnsignedRequest,
} from './signed-request.js';

/** How login signs. The document, 1.2. */
export type LoginSigning = 'md5' | 'rsa';
/** How verify signs. The document, 2.3. */
export type VerifySigning = 'hmac' | 'rsa';

/** The key that signs loginTokenValidate. */
export type LoginSigningKey =
  /** `secret` is the APPSecret, or the appKey for an app from before 2018-12-26 that never switched. */
  | { readonly by: 'md5'; readonly secret: string }
  /** The private key of 应用公钥1: a KeyObject, or PKCS#8 in Base64 or PEM. */
  | { readonly by: 'rsa'; readonly appSignPrivateKey: RsaKeyInput };

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
export type LoginTokenValidateRequest = SignedRequest<'loginTokenValidate', LoginSigning>;

/**
 * Builds the signed request of loginTokenValidate (the document, 1.2) from a token. The function is pure: it sends nothing
 * and reads no clock, and the same input returns the same request.
 *
 * Throws an ArgumentError or a ConfigurationError that names the field. In production, throws a MockError for a mock's token.
 *
 * @example
 * import { buildLoginTokenValidateRequest, processLoginTokenValidateResponse } from 'cmpassport-client';
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
export function buildLoginTokenValidateRequest(
  input: LoginTokenValidateInput,
): LoginTokenValidateRequest {
  const { signing } = input;
  const unsigned = unsignedLogin(input);
  if (signing.by === 'rsa') return signedRequest(unsigned, privateKeyOf(signing.appSignPrivateKey));
  checkCredential('signing.secret', signing.secret);
  return signedRequest(unsigned, { secret: signing.secret });
}

/** The input for a request that is not signed yet: a way to sign instead of a key. */
export type Unsigned<Input extends { readonly signing: { readonly by: string } }> = Omit<
  Input,
  'signing'
> & {
  readonly signing: { readonly by: Input['signing']['by'] };
};

export function unsignedLogin(
  input: Unsigned<LoginTokenValidateInput>,
): UnsignedRequest<'loginTokenValidate', LoginSigning> {
  const { strictCheck = '0', expandParams, signing } = input;
  const { url, texts } = commonParts('loginTokenValidate', input, ['md5', 'rsa']);
  checkOneOf('strictCheck', strictCheck, ['0', '1']);
  if (expandParams !== undefined) encodeText('expandParams', expandParams);
  const encryptionAlgorithm = signing.by === 'rsa' ? 'RSA' : undefined;
  return {
    operation: 'loginTokenValidate',
    url,
    signing: signing.by,
    texts: { ...texts, strictCheck, expandParams, encryptionAlgorithm },
  };
}

/** The document, 2.3 openType. */
const OPEN_TYPES = { unknown: '0', mobile: '1', unicom: '2', telecom: '3' } as const;
/** The document, 2.3 requesterType. */
const REQUESTER_TYPES = { app: '0', wap: '1' } as const;
/** The document, 2.3 keyType. */
const KEY_TYPES = { hmac: '0', rsa: '1' } as const;

/** The operator of the SIM card that the token is from, if known. */
export type SimOperator = keyof typeof OPEN_TYPES;

/** The key that signs tokenValidate. The request also needs the appKey. */
export type VerifySigningKey =
  /** keyType 0: signs by HMACSHA256 with the appKey, and hashes the number. */
  | { readonly by: 'hmac' }
  /** keyType 1: signs by MD5withRSA with the private key of 应用公钥1, and encrypts the number with 平台公钥. KeyObjects, or Base64 or PEM. */
  | {
      readonly by: 'rsa';
      readonly appSignPrivateKey: RsaKeyInput;
      readonly platformPublicKey: RsaKeyInput;
    };

/** The optional fields of a verification. */
export interface VerificationHints {
  /**
   * openType, the SIM card's operator: `'mobile'`, `'unicom'`, `'telecom'` or `'unknown'`, which is the default; with `'wap'`
   * it is not sent.
   */
  readonly operator?: SimOperator | undefined;
  /** requesterType: `'app'` or `'wap'`. Default: `'app'`. */
  readonly requesterType?: keyof typeof REQUESTER_TYPES | undefined;
  /**
   * Your own text. The client URL-encodes it. The document passes it on to a notification interface (通知接口); that the
   * response returns it is inferred.
   */
  readonly message?: string | undefined;
  /**
   * Your own names and values, also URL-encoded. Names must not contain `|` or `=`, and values must not contain `|`. That the
   * response returns them is observed.
   */
  readonly expandParams?: ExpandParams | undefined;
}

/** The input of a tokenValidate request. */
export interface TokenValidateInput extends VerificationHints {
  readonly appId: string;
  readonly appKey: string;
  /** The token from the phone's SDK. */
  readonly token: string;
  /** The number to check: eleven digits, without +86, spaces or dashes. */
  readonly phoneNumber: string;
  readonly signing: VerifySigningKey;
  /** 1 to 36 characters, new for each request: a UUID. */
  readonly msgId: string;
  /** The current time in epoch milliseconds. It is sent as 17 digits of Beijing time. */
  readonly sentAtMs: number;
  /** Default: `https://www.cmpassport.com`. */
  readonly baseUrl?: string | undefined;
  /** Refuses a mock's token, and plain HTTP to another machine. Default: true. */
  readonly production?: boolean | undefined;
}

/** A signed tokenValidate request. */
export type TokenValidateRequest = SignedRequest<'tokenValidate', VerifySigning>;

/**
 * Builds the signed request of tokenValidate (the document, 2.3) from a token and a phone number. The request contains the
 * number only hashed or encrypted. The function sends nothing and reads no clock. With `hmac`, the same input returns the
 * same request; with `rsa`, the ciphertext of the number differs each time.
 *
 * Throws an ArgumentError or a ConfigurationError that names the field. In production, throws a MockError for a mock's token.
 *
 * @example
 * import { buildTokenValidateRequest, processTokenValidateResponse } from 'cmpassport-client';
 *
 * declare const token: string; // from the phone
 * declare const appKey: string;
 *
 * const request = buildTokenValidateRequest({
 *   appId: '300011223344',
 *   appKey,
 *   token,
 *   phoneNumber: '13800138000',
 *   signing: { by: 'hmac' },
 *   msgId: crypto.randomUUID(),
 *   sentAtMs: Date.now(),
 * });
 * const { url, method, headers, body } = request;
 * const response = await fetch(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(5000) });
 * const { status, headers: received } = response;
 * const answer = processTokenValidateResponse({
 *   request,
 *   response: { status, headers: received, text: await response.text() },
 * });
 * console.log(answer.kind);
 */
export function buildTokenValidateRequest(input: TokenValidateInput): TokenValidateRequest {
  const { appKey, signing } = input;
  const unsigned = unsignedVerification(input);
  return signedRequest(
    unsigned,
    signing.by === 'hmac' ? { secret: appKey } : privateKeyOf(signing.appSignPrivateKey),
  );
}

export function unsignedVerification(
  input: Unsigned<TokenValidateInput> & {
    readonly signing: { readonly platformPublicKey?: RsaKeyInput | undefined };
  },
): UnsignedRequest<'tokenValidate', VerifySigning> {
  const { appKey, phoneNumber, signing } = input;
  checkCredential('appKey', appKey);
  checkPhoneNumber(phoneNumber);
  const { url, texts } = commonParts('tokenValidate', input, Object.keys(KEY_TYPES));
  const hints = hintFields(input);
  const plain = { phoneNumber, appKey, timestamp: texts.sentAt };
  const { platformPublicKey = '' } = signing;
  const phoneNum =
    signing.by === 'hmac'
      ? hashPhoneNum(plain)
      : encryptPhoneNum(
          plain,
          readKey('signing.platformPublicKey', 'public', platformPublicKey),
        ).toString('base64');
  return {
    operation: 'tokenValidate',
    url,
    signing: signing.by,
    texts: { ...texts, ...hints, keyType: KEY_TYPES[signing.by], phoneNum },
  };
}

function hintFields({ operator, requesterType = 'app', message, expandParams }: VerificationHints) {
  checkOneOf('requesterType', requesterType, Object.keys(REQUESTER_TYPES));
  if (operator !== undefined) checkOneOf('operator', operator, Object.keys(OPEN_TYPES));
  // The document, 2.3 openType: required for an app, optional on the web.
  const openType = operator ?? (requesterType === 'app' ? 'unknown' : undefined);
  return {
    ...(openType !== undefined && { openType: OPEN_TYPES[openType] }),
    requesterType: REQUESTER_TYPES[requesterType],
    ...(message !== undefined && { message: encodeText('message', message) }),
    ...(expandParams !== undefined && { expandParams: encodeExpandParams(expandParams) }),
  };
}
