/** The operations, as the console needs them. Every list of operations in the console comes from here. */
import { OPTIONAL_NAMES, REQUEST_FIELDS, SIGNINGS } from '../../../src/protocol/fields.js';
import { type Operation, OPERATIONS as ROWS } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';

export const OPERATIONS: readonly Operation[] = ROWS.map(({ operation }) => operation);

export function byOperation<T>(value: (operation: Operation) => T): Readonly<Record<Operation, T>> {
  return Object.fromEntries(OPERATIONS.map((operation) => [operation, value(operation)])) as Record<Operation, T>;
}

/** Whether a request has the phone number to check. */
export function sendsNumber(operation: Operation): boolean {
  return REQUEST_FIELDS[operation].some(({ property }) => property === 'phoneNum');
}

/** The part of the body that has the token; undefined for the top level. */
export function tokenPart(operation: Operation): string | undefined {
  return REQUEST_FIELDS[operation].find(({ property }) => property === 'token')?.part;
}

/** The field that selects RSA, and its value. The document, 1.2 encryptionalgorithm and 2.3 keyType. */
const RSA_FIELDS: Readonly<Record<Operation, { readonly name: string; readonly value: string }>> = {
  loginTokenValidate: { name: 'encryptionalgorithm', value: 'RSA' },
  tokenValidate: { name: 'keyType', value: '1' },
};

export function signingOf(operation: Operation, fields: Readonly<Record<string, unknown>>) {
  const { name, value } = RSA_FIELDS[operation];
  return String(fields[name]) === value ? 'rsa' : SIGNINGS[operation][0];
}

/** Optional fields that a fixed request does not keep: the signing has its own input, and openType depends on requesterType. */
const NOT_KEPT = [...Object.values(RSA_FIELDS).map(({ name }) => name), 'openType'];

export function keptFields(operation: Operation): readonly string[] {
  return OPTIONAL_NAMES[operation].filter((name) => !NOT_KEPT.includes(name));
}

/** `info` is for 001, which is neither a failure nor a success. */
export type Tone = 'good' | 'info' | 'fair' | 'bad' | 'none';

const CHARGED = Object.values(RESULTS)
  .flat()
  .filter(({ charged }) => charged)
  .map(({ code }) => code);

export function toneOf(code: string | null): Tone {
  if (code === null) return 'none';
  if (code === '001') return 'info';
  return CHARGED.includes(code) ? 'good' : 'bad';
}

export function isSuccess(code: string | null): boolean {
  return toneOf(code) === 'good';
}
