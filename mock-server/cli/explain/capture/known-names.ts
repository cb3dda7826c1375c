/** The names of the operations' fields, as texts write them: in any letter case, with underscores or without. */
import { fieldsOf, PARTS, type Part, type RequestField } from '../../../../src/protocol/fields.js';
import { OPERATIONS, type Operation } from '../../../../src/protocol/operations.js';

/** `systemTime`, `SystemTime` and `system_time` are one name. */
export function plainName(name: string): string {
  return name.replace(/[_$@-]/g, '').toLowerCase();
}

const FIELDS_BY_NAME = new Map(
  OPERATIONS.map(({ operation }) => [
    operation,
    new Map(fieldsOf(operation).map((field) => [plainName(field.name), field] as const)),
  ]),
);

/** The field of an operation that a text means with a name. */
export function fieldMeant(operation: Operation, name: string): RequestField | undefined {
  return FIELDS_BY_NAME.get(operation)?.get(plainName(name));
}

const KNOWN = new Set([...FIELDS_BY_NAME.values()].flatMap((fields) => [...fields.keys()]));

export function isKnown(name: string): boolean {
  return KNOWN.has(plainName(name));
}

/** For an expression that finds a known name. The longest first: `appid` is the start of no other, but names of the carrier may change. */
export const KNOWN_NAMES = [...KNOWN].toSorted((a, b) => b.length - a.length).join('|');

export function partNamed(name: string | undefined): Part | undefined {
  return PARTS.find((part) => part === name?.toLowerCase());
}
