/** The text that had to be signed, and the sign that was expected and received. The document, 1.2 sign and 2.3 sign. */
import { SIGNED_FIELDS, stringToSign } from '../../../src/protocol/fields.js';
import { hmacSha256Hex, md5Hex } from '../../../src/protocol/sign.js';
import { asksForRsa } from '../../carrier/engine/facts/login-token-validate.js';
import type { Subject } from '../subject.js';

export interface SignView {
  /** Whole, the secret included; null where the body could not be read or the app is unknown. */
  readonly stringToSign: string | null;
  /** null for RSA as well: only the owner of the private key can make it. */
  readonly expectedSign: string | null;
  readonly receivedSign: string | null;
}

export function signView({ request, state, draft }: Subject): SignView {
  const receivedSign = request.sign ?? null;
  const { app } = state;
  if (draft.json === undefined || app === undefined) return { stringToSign: null, expectedSign: null, receivedSign };
  if (request.operation === 'tokenValidate') {
    const text = stringToSign(SIGNED_FIELDS.tokenValidate.hmac, request);
    const expectedSign = request.keyType === 'rsa' ? null : hmacSha256Hex(text, app.settings.appKey);
    return { stringToSign: text, expectedSign, receivedSign };
  }
  const { md5, rsa } = SIGNED_FIELDS.loginTokenValidate;
  if (asksForRsa(request)) return { stringToSign: stringToSign(rsa, request), expectedSign: null, receivedSign };
  const text = stringToSign(md5, request, app.md5Secret);
  return { stringToSign: text, expectedSign: md5Hex(text), receivedSign };
}
