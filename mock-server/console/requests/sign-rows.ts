/** Compares two strings to sign by field: same, different, replaced, missing, extra or moved. */
import { diffArrays } from 'diff';
import type { Segment } from '../../../src/control/api.js';

export interface SignedField {
  readonly field: string;
  readonly value: string;
  /** Text that was signed before the value: a separator, a name. */
  readonly before: string;
  /** From 1. */
  readonly position: number;
}

export type SignRowKind = 'same' | 'value' | 'replaced' | 'missing' | 'extra' | 'moved';

/** An expected field next to a signed field. */
export interface SignRow {
  readonly kind: SignRowKind;
  readonly expected: SignedField | undefined;
  readonly received: SignedField | undefined;
  /** The position of a moved field on the other side. */
  readonly movedTo?: number;
}

export interface SignRows {
  readonly rows: readonly SignRow[];
  /** Text that was signed after the last value. */
  readonly after: string;
}

export function signRows(expected: readonly Segment[], received: readonly Segment[]): SignRows {
  const [left, right] = [fieldsOf(expected), fieldsOf(received)];
  const rows: SignRow[] = [];
  let difference: Difference = { expected: [], received: [] };
  let [leftAt, rightAt] = [0, 0];
  for (const { count, added, removed } of diffArrays(left.fields.map(nameOf), right.fields.map(nameOf))) {
    const leftFields = left.fields.slice(leftAt, leftAt + count);
    const rightFields = right.fields.slice(rightAt, rightAt + count);
    if (!added) leftAt += count;
    if (!removed) rightAt += count;
    if (removed) difference = { ...difference, expected: leftFields };
    else if (added) difference = { ...difference, received: rightFields };
    else {
      rows.push(
        ...differentRows(difference, left.fields, right.fields),
        ...leftFields.map((one, at) => pairOf(one, rightFields[at])),
      );
      difference = { expected: [], received: [] };
    }
  }
  return { rows: [...rows, ...differentRows(difference, left.fields, right.fields)], after: right.after };
}

function nameOf({ field }: SignedField): string {
  return field;
}

function pairOf(expected: SignedField, received: SignedField | undefined): SignRow {
  const isSame = expected.value === received?.value && received.before === '';
  return { kind: isSame ? 'same' : 'value', expected, received };
}

/** Text between values belongs to the value after it. */
function fieldsOf(segments: readonly Segment[]): { readonly fields: readonly SignedField[]; readonly after: string } {
  const fields: SignedField[] = [];
  let before = '';
  for (const { field, value } of segments) {
    if (field === null) before += value;
    else {
      fields.push({ field, value, before, position: fields.length + 1 });
      before = '';
    }
  }
  return { fields, after: before };
}

interface Difference {
  readonly expected: readonly SignedField[];
  readonly received: readonly SignedField[];
}

/** A missing and an extra field become one row: `replaced`. */
function differentRows(
  { expected, received }: Difference,
  allExpected: readonly SignedField[],
  allReceived: readonly SignedField[],
): readonly SignRow[] {
  const rows: SignRow[] = [];
  const [onlyExpected, onlyReceived] = [
    expected.map(toExpectedRow(allReceived)),
    received.map(toReceivedRow(allExpected)),
  ];
  const missing = onlyExpected.filter(({ kind }) => kind === 'missing');
  const extra = onlyReceived.filter(({ kind }) => kind === 'extra');
  const replaced = Math.min(missing.length, extra.length);
  for (let at = 0; at < replaced; at += 1)
    rows.push({ kind: 'replaced', expected: missing[at]?.expected, received: extra[at]?.received });
  const isPaired = (row: SignRow) => missing.slice(0, replaced).includes(row) || extra.slice(0, replaced).includes(row);
  return [...rows, ...[...onlyExpected, ...onlyReceived].filter((row) => !isPaired(row))];
}

function toExpectedRow(received: readonly SignedField[]) {
  return (expected: SignedField): SignRow => {
    const elsewhere = received.find(({ field }) => field === expected.field);
    const row = { expected, received: undefined };
    return elsewhere === undefined
      ? { kind: 'missing', ...row }
      : { kind: 'moved', ...row, movedTo: elsewhere.position };
  };
}

function toReceivedRow(expected: readonly SignedField[]) {
  return (received: SignedField): SignRow => {
    const elsewhere = expected.find(({ field }) => field === received.field);
    const row = { expected: undefined, received };
    return elsewhere === undefined ? { kind: 'extra', ...row } : { kind: 'moved', ...row, movedTo: elsewhere.position };
  };
}
