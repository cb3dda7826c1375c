/** The string to sign, and the expected and the received signature. The document, 1.2 sign and 2.3 sign. */
import { type Property, stringToSign, type Texts, wireName } from '../../../src/protocol/fields.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { signingsFor } from '../operations.js';
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

export function signView(subject: Subject): SignView {
  const { request, state, draft } = subject;
  const receivedSign = request.sign ?? null;
  const { app } = state;
  if (draft.json === undefined || app === undefined) {
    return { stringToSign: null, stringToSignSegments: null, expectedSign: null, receivedSign };
  }
  const { hash, rsa } = signingsFor(request.operation);
  if (request.signing === 'rsa') {
    const text = stringToSign(rsa.fields, request);
    return {
      stringToSign: text,
      stringToSignSegments: fieldSegments(subject, rsa.fields),
      expectedSign: null,
      receivedSign,
    };
  }
  const name = moduleOf(request.operation).signSecret(app.settings);
  const secret = app.settings[name];
  const isInText = hash.secretIn === 'text';
  const text = stringToSign(hash.fields, request, isInText ? secret : '');
  return {
    stringToSign: text,
    stringToSignSegments: [
      ...fieldSegments(subject, hash.fields),
      ...(isInText ? [{ field: name, value: secret }] : []),
    ],
    expectedSign: hash.digest(text, secret),
    receivedSign,
  };
}

function fieldSegments({ request }: Subject, fields: readonly Property[]): readonly Segment[] {
  const texts: Texts = request;
  return fields.map((property) => ({
    field: wireName(request.operation, property),
    value: texts[property] ?? '',
  }));
}
