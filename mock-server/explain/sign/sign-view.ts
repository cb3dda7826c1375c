/** The string to sign, and the expected and the received signature. The document, 1.2 sign and 2.3 sign. */
import { signingOf, type Texts, wireName } from '../../../src/protocol/fields.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { signSchemesOf } from '../operations.js';
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
  const { hash } = signSchemesOf(request.operation);
  const { key, fields: signed } = signingOf(request.operation, request.signing);
  const isRsa = typeof key === 'object';
  const name = moduleOf(request.operation).signSecret(app.settings);
  const secret = app.settings[name];
  const texts: Texts = request;
  const fields = signed.map((property) => ({
    field: wireName(request.operation, property),
    value: texts[property] ?? '',
  }));
  const segments = key !== 'secretAtEnd' ? fields : [...fields, { field: name, value: secret }];
  const stringToSign = segments.map(({ value }) => value).join('');
  return {
    stringToSign,
    stringToSignSegments: segments,
    expectedSign: isRsa ? null : (hash?.digest(stringToSign, secret) ?? null),
    receivedSign,
  };
}
