/** The string to sign, and the expected and the received signature. The document, 1.2 sign and 2.3 sign. */
import { signingOf, type Texts, wireName } from '../../../src/protocol/fields.js';
import { SECRET } from '../../../src/protocol/operations/description.js';
import { secretNameOf, signedWithSecret } from '../../../src/protocol/signature.js';
import type { Subject } from '../subject.js';
import type { Segment } from './recipe.js';

export interface SignView {
  /** Complete, including the secret; null if the body is unreadable or the app is unknown. */
  readonly stringToSign: string | null;
  /** The string in pieces: the value of each field in order, then the secret if it is part of the text. */
  readonly stringToSignSegments: readonly Segment[] | null;
  /** Also null for RSA, because only the private key can make it. */
  readonly expectedSign: string | null;
  readonly receivedSign: string | null;
}

export function signView({ request, state: { app }, draft }: Subject): SignView {
  const receivedSign = request.sign ?? null;
  if (draft.json === undefined || app === undefined) {
    return { stringToSign: null, stringToSignSegments: null, expectedSign: null, receivedSign };
  }
  const { key, joined } = signingOf(request.operation, request.signing);
  const name = key.by === 'rsa' ? undefined : secretNameOf(key, app.settings);
  const secret = name === undefined ? '' : app.settings[name];
  const texts: Texts = request;
  const segments = joined.map((one) =>
    one === SECRET
      ? { field: name ?? null, value: secret }
      : { field: wireName(request.operation, one), value: texts[one] ?? '' },
  );
  const stringToSign = segments.map(({ value }) => value).join('');
  return {
    stringToSign,
    stringToSignSegments: segments,
    expectedSign: key.by === 'rsa' ? null : signedWithSecret(key, stringToSign, secret),
    receivedSign,
  };
}
