/** The text that had to be signed, and the sign that was expected and received. The document, 1.2 sign and 2.3 sign. */
import { stringToSign } from '../../../src/protocol/fields.js';
import { explainedOperation } from '../operations/operations.js';
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
  const operation = explainedOperation(request.operation);
  const { hash, rsa } = operation;
  if (operation.asksForRsa(request)) {
    return { stringToSign: stringToSign(rsa.fields, request), expectedSign: null, receivedSign };
  }
  const secret = app.settings[operation.signSecret(app.settings)];
  const text = stringToSign(hash.fields, request, hash.secretIn === 'text' ? secret : '');
  return { stringToSign: text, expectedSign: hash.digest(text, secret), receivedSign };
}
