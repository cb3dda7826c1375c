/** A signed request, and the parts that the requests of all operations have. */
import {
  requestBody,
  requestHeaders,
  signingOf,
  stringToSign,
  type Texts,
} from '../protocol/fields.js';
import { type Operation, type OperationRow, operationRow } from '../protocol/operations.js';
import { fromBase64 } from '../protocol/sign.js';
import { encoded, type RequestKey, signatureOf } from '../protocol/signature.js';
import { formatTimestamp } from '../protocol/timestamp.js';
import {
  CARRIER_URL,
  checkCredential,
  checkedBaseUrl,
  checkMsgId,
  checkOneOf,
  checkSentAtMs,
  checkToken,
} from './check.js';
import { ConfigurationError, SecretUnavailableError } from './errors.js';
import { type RsaKeyInput, readKey } from './keys.js';
import { refuseMockToken } from './read-answer.js';
import { scrubbedCause, withHidden } from './redact.js';

/**
 * A signed request, frozen. `inspect` and JSON hide its body, because it contains the token and the signature. Read it from
 * `request.body`.
 */
export interface SignedRequest<
  O extends Operation = Operation,
  S extends string = 'md5' | 'hmac' | 'rsa',
> {
  readonly operation: O;
  readonly url: string;
  readonly method: 'POST';
  /** With the HTTP headers that carry fields. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. Send it unchanged, because the signature covers its values. */
  readonly body: string;
  /** The id that the response must repeat. The carrier can find the request by it. */
  readonly msgId: string;
  /** How the request is signed. With `rsa`, the number in login's response is encrypted. */
  readonly signing: S;
}

export interface CommonInput {
  readonly appId: string;
  readonly token: string;
  readonly msgId: string;
  readonly sentAtMs: number;
  readonly signing: { readonly by: string };
  readonly baseUrl?: string | undefined;
  readonly production?: boolean | undefined;
}

/** The checks and the fields of all operations. */
export function commonParts(operation: Operation, input: CommonInput, signings: readonly string[]) {
  const {
    appId,
    token,
    msgId,
    sentAtMs,
    signing,
    baseUrl = CARRIER_URL,
    production = true,
  } = input;
  checkCredential('appId', appId);
  checkToken(token);
  checkMsgId(msgId);
  checkSentAtMs(sentAtMs);
  checkOneOf('signing.by', signing.by, signings);
  const { version, path } = operationRow(operation);
  const { origin, pathname } = checkedBaseUrl(baseUrl, production);
  if (production) refuseMockToken({ operation, msgId, token });
  const texts = { version, msgId, sentAt: formatTimestamp(sentAtMs), appId, token };
  return { url: origin + pathname.replace(/\/+$/, '') + path, texts };
}

export function privateKeyOf(appSignPrivateKey: RsaKeyInput): RequestKey {
  return { privateKey: readKey('signing.appSignPrivateKey', 'private', appSignPrivateKey) };
}

/**
 * Signs a text with the private key of 应用公钥1, for example in a key service, and returns the signature in Base64. RSA with
 * PKCS#1 v1.5 padding: SHA256withRSA at login (the document, 1.2), MD5withRSA at verify (2.3).
 */
export type Signer = (text: string, algorithm: SignerAlgorithm) => Promise<string>;
type SignerAlgorithm = Extract<
  OperationRow['signings'][number],
  { readonly name: 'rsa' }
>['algorithm'];

/** A request without its signature. */
export interface UnsignedRequest<O extends Operation, S extends string> {
  readonly operation: O;
  readonly url: string;
  readonly signing: S;
  readonly texts: Texts & { readonly msgId: string };
}

// The document, 1.1 and 2.3: "发送时请设置content type为 application/json".
const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

export function signedRequest<O extends Operation, S extends string>(
  unsigned: UnsignedRequest<O, S>,
  key: RequestKey,
): SignedRequest<O, S> {
  return withSignature(unsigned, signatureOf(unsigned.operation, unsigned.texts, key).sign);
}

/** With the signature of the caller's signer. @throws SecretUnavailableError, ConfigurationError */
export async function signedBy<O extends Operation, S extends string>(
  unsigned: UnsignedRequest<O, S>,
  sign: Signer,
): Promise<SignedRequest<O, S>> {
  const { joined, algorithm, key } = signingOf(unsigned.operation, 'rsa');
  const text = stringToSign(joined, unsigned.texts);
  let signature: unknown;
  try {
    signature = await sign(text, algorithm as SignerAlgorithm);
  } catch (error) {
    throw new SecretUnavailableError(
      'keys.sign',
      scrubbedCause(error, [text, unsigned.texts.token ?? '']),
    );
  }
  const bytes = typeof signature === 'string' ? fromBase64(signature) : undefined;
  if (bytes === undefined || key.by !== 'rsa')
    throw new ConfigurationError(
      'keys.sign',
      'must return the signature in Base64, and returned something else',
    );
  return withSignature(unsigned, encoded(bytes, key.encoding));
}

function withSignature<O extends Operation, S extends string>(
  { operation, url, signing, texts }: UnsignedRequest<O, S>,
  sign: string,
): SignedRequest<O, S> {
  const complete = { ...texts, sign };
  const headers = Object.freeze({ ...HEADERS, ...requestHeaders(operation, complete) });
  const body = JSON.stringify(requestBody(operation, complete));
  return withHidden(
    { operation, url, method: 'POST', headers, body, msgId: texts.msgId, signing },
    ['body'],
  );
}
