/** The operations, as the console needs them. Every list of operations in the console comes from here. */
import type { JournalRecord } from '../../../src/control/api.js';
import { fieldsOf, type Signing, signingsOf, wireName } from '../../../src/protocol/fields.js';
import { type Operation, OPERATIONS as ROWS } from '../../../src/protocol/operations.js';
import { resultRow } from '../../../src/protocol/result-codes.js';

export const OPERATIONS: readonly Operation[] = ROWS.map(({ operation }) => operation);
/** Of the first steps: it needs nothing but a token. */
export const FIRST_OPERATION = ROWS[0].operation;

/** Whether a request has the phone number to check. */
export function sendsNumber(operation: Operation): boolean {
  return fieldsOf(operation).some(({ property }) => property === 'phoneNum');
}

/** Whether a page in a browser gets the token, not an app: then requests have the browser's fingerprint. */
export function isOfBrowser(operation: Operation): boolean {
  return fieldsOf(operation).some(({ property }) => property === 'userInformation');
}

/** Whether requests can be signed only with a private key, which the server does not have. */
export function needsPrivateKey(operation: Operation): boolean {
  return signingsOf(operation)[0].name === 'rsa';
}

/** The name of a field, and the part of the body that it is in; null for the top level. */
export function placeOfField(operation: Operation, wanted: 'token' | 'msgId' | 'sign') {
  const field = fieldsOf(operation).find(({ property }) => property === wanted);
  return field && { name: field.name, in: field.location === 'topLevel' ? null : field.location };
}

/** The fields that select a way to sign. The document, 1.2 encryptionalgorithm and 2.3 keyType. */
function selectorsOf(operation: Operation) {
  return signingsOf(operation).flatMap(({ name, selectedBy }) =>
    selectedBy === undefined
      ? []
      : [
          {
            signing: name,
            field: wireName(operation, selectedBy.property),
            value: selectedBy.value,
          },
        ],
  );
}

export function signingOf(
  operation: Operation,
  fields: Readonly<Record<string, unknown>>,
): Signing {
  const selected = selectorsOf(operation).find(
    ({ field, value }) => String(fields[field]) === value,
  );
  return selected?.signing ?? signingsOf(operation)[0].name;
}

/** Optional fields that a fixed request keeps: the signing has its own input. */
export function keptFields(operation: Operation): readonly string[] {
  const selectors = selectorsOf(operation).map(({ field }) => field);
  return fieldsOf(operation).flatMap(({ name, required }) =>
    required === false && !selectors.includes(name) ? [name] : [],
  );
}

/** `info` is for 001, which is charged, but needs a next step: neither a failure nor a success. */
export type Tone = 'good' | 'info' | 'fair' | 'bad' | 'none';

export function toneOf(operation: Operation, code: string | null): Tone {
  if (code === null) return 'none';
  const row = resultRow(operation, code);
  if (row?.charged !== true) return 'bad';
  return row.next === undefined ? 'good' : 'info';
}

export function isSuccess({
  operation,
  resultCode,
}: Pick<JournalRecord, 'operation' | 'resultCode'>): boolean {
  return toneOf(operation, resultCode) === 'good';
}
