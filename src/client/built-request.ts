/** A signed request as a value that any HTTP client can send. */
import type { Operation } from '../protocol/operations.js';
import { withHidden } from './redact.js';

/** How login signs. The document, 1.2. */
export type LoginSigning = 'md5' | 'rsa';
/** How verify signs. The document, 2.3. */
export type VerifySigning = 'hmac' | 'rsa';

/**
 * A signed request, frozen. `inspect` and JSON hide its body, because it contains the token and the signature. Read it from
 * `request.body`.
 */
export interface SignedRequest<O extends Operation = Operation, S extends string = LoginSigning | VerifySigning> {
  readonly operation: O;
  readonly url: string;
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. Send it unchanged, because the signature covers its values. */
  readonly body: string;
  /** The id that the response must repeat. The carrier can find the request by it. */
  readonly msgId: string;
  /** How the request is signed. With `rsa`, the number in login's response is encrypted. */
  readonly signing: S;
}

// The document, 1.1 and 2.3: "发送时请设置content type为 application/json".
const HEADERS = Object.freeze({ 'content-type': 'application/json', accept: 'application/json' });

export function signedRequest<O extends Operation, S extends string>({
  fields,
  ...rest
}: Omit<SignedRequest<O, S>, 'method' | 'headers' | 'body'> & { readonly fields: object }): SignedRequest<O, S> {
  const { operation, url, msgId, signing } = rest;
  return withHidden(
    { operation, url, method: 'POST', headers: HEADERS, body: JSON.stringify(fields), msgId, signing },
    ['body'],
  );
}
