/** A signed request as a value, which any HTTP client can send. */
import type { Operation } from '../protocol/operations.js';
import { withHidden } from './redact.js';

/** How login signs: 1.2 of the document. */
export type LoginSigning = 'md5' | 'rsa';
/** How verify signs: 2.3 of the document. */
export type VerifySigning = 'hmac' | 'rsa';

/**
 * A signed request. It is frozen, and `inspect` and JSON hide its body, which holds the token and the sign: ask for
 * `request.body` by name.
 */
export interface SignedRequest<O extends Operation = Operation, S extends string = LoginSigning | VerifySigning> {
  readonly operation: O;
  readonly url: string;
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. Send it as it is: a sign is over these very characters. */
  readonly body: string;
  /** What the answer has to name, and what the carrier can find the request by. */
  readonly msgId: string;
  /** What it is signed with; login's `rsa` has its number encrypted. */
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
