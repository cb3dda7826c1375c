/**
 * The kit's description of the operations, made from the document: a second opinion on the server's. Everything in
 * contracts/ that depends on an operation follows from this table and the published data with its name.
 */
import type { Operation } from '../index.js';
import type { Recipe, Signing } from './case.js';
import type { OperationFacts, SigningScheme } from './operations/facts.js';
import { H5_FACTS } from './operations/h5-token-validate.js';
import { LOGIN_FACTS } from './operations/login-token-validate.js';
import { VERIFY_FACTS } from './operations/token-validate.js';
import { valueAt } from './pointer.js';

export type { Credential, OperationFacts, SigningScheme } from './operations/facts.js';

/** In the order of the document; then those that it does not contain. */
export const FACTS: Readonly<Record<Operation, OperationFacts>> = {
  loginTokenValidate: LOGIN_FACTS,
  tokenValidate: VERIFY_FACTS,
  h5TokenValidate: H5_FACTS,
};

export const OPERATIONS = Object.keys(FACTS) as readonly Operation[];

export function isOperation(name: string): name is Operation {
  return Object.hasOwn(FACTS, name);
}

/** A client of the document has no others. */
export const OF_THE_DOCUMENT = OPERATIONS.filter(
  (operation) => FACTS[operation].basis === 'documented',
);

/** A valid request of an operation with a signing scheme. */
interface Template {
  readonly signing: Signing;
  readonly path: string;
  readonly fields: unknown;
  readonly derived: readonly { readonly at: string; readonly recipe: Recipe }[];
}

export function templateOf(
  operation: Operation,
  signing: Signing = schemeOf(operation).signing,
): Template {
  const found = (FACTS[operation].requests as readonly Template[]).find(
    (template) => template.signing === signing,
  );
  if (found === undefined) throw new TypeError(`${operation} has no signing mode ${signing}`);
  return found;
}

/** The scheme that a request selects; the default without a request. */
export function schemeOf(operation: Operation, fields?: unknown): SigningScheme {
  const { signing } = FACTS[operation];
  const [byDefault] = signing;
  const selected = signing.find(
    ({ selector }) => selector && String(valueAt(fields, selector.at)) === selector.text,
  );
  return selected ?? byDefault;
}

export function resultCodeIn(operation: Operation, json: unknown): string | undefined {
  const code = valueAt(json, FACTS[operation].response.resultCode);
  return typeof code === 'string' ? code : undefined;
}

const MSG_ID_LENGTH_MAX = 36;

/** The msgid that a response must echo; undefined if the request has no readable one. */
export function readableMsgId(operation: Operation, sent: unknown): string | undefined {
  const msgId = valueAt(sent, FACTS[operation].request.msgId);
  return typeof msgId === 'string' && msgId.length >= 1 && msgId.length <= MSG_ID_LENGTH_MAX
    ? msgId
    : undefined;
}
