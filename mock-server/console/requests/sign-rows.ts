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

/** An expected field next to a signed field. */
export interface SignRow {
  readonly kind: 'same' | 'value' | 'replaced' | 'missing' | 'extra' | 'moved';
  readonly expected?: SignedField | undefined;
  readonly received?: SignedField | undefined;
  /** The position of a moved field on the other side. */
  readonly movedTo?: number;
}

/** The rows, and the text that was signed after the last value. */
export function signRows(expected: readonly Segment[], received: readonly Segment[]) {
  const [left, right] = [fieldsOf(expected), fieldsOf(received)];
  const rows: SignRow[] = [];
  let [leftAt, rightAt, firstOfDifference] = [0, 0, 0];
  const comparator = (one: SignedField, other: SignedField) => one.field === other.field;
  for (const { count, added, removed } of diffArrays(left.fields, right.fields, { comparator })) {
    const leftFields = added ? [] : left.fields.slice(leftAt, leftAt + count);
    const rightFields = removed ? [] : right.fields.slice(rightAt, rightAt + count);
    leftAt += leftFields.length;
    rightAt += rightFields.length;
    if (added || removed) {
      rows.push(...leftFields.map((one) => aloneRow('expected', one, right.fields)));
      for (const one of rightFields)
        addReceived(rows, aloneRow('received', one, left.fields), firstOfDifference);
    } else {
      rows.push(...leftFields.map((one, at) => pairOf(one, rightFields[at])));
      firstOfDifference = rows.length;
    }
  }
  return { rows, after: right.after };
}

/** The part of a text that differs from the other text, and the equal parts around it. */
export function splitAtDifference(
  text: string,
  other: string,
): readonly [before: string, different: string, after: string] {
  const shorter = Math.min(text.length, other.length);
  let [start, end] = [0, 0];
  while (start < shorter && text[start] === other[start]) start += 1;
  while (end < shorter - start && text.at(-1 - end) === other.at(-1 - end)) end += 1;
  return [
    text.slice(0, start),
    text.slice(start, text.length - end),
    text.slice(text.length - end),
  ];
}

/** Text between values belongs to the value after it. */
function fieldsOf(segments: readonly Segment[]) {
  const fields: SignedField[] = [];
  let before = '';
  for (const { field, value } of segments) {
    if (field !== null) fields.push({ field, value, before, position: fields.length + 1 });
    before = field === null ? before + value : '';
  }
  return { fields, after: before };
}

function pairOf(expected: SignedField, received: SignedField | undefined): SignRow {
  const isSame = expected.value === received?.value && received.before === '';
  return { kind: isSame ? 'same' : 'value', expected, received };
}

/** A field without a partner at its place. */
function aloneRow(
  side: 'expected' | 'received',
  one: SignedField,
  others: readonly SignedField[],
): SignRow {
  const elsewhere = others.find(({ field }) => field === one.field);
  if (elsewhere !== undefined) return { kind: 'moved', [side]: one, movedTo: elsewhere.position };
  return { kind: side === 'expected' ? 'missing' : 'extra', [side]: one };
}

/** An extra field replaces a missing one of the same difference. */
function addReceived(rows: SignRow[], row: SignRow, firstOfDifference: number): void {
  const missing = rows.findIndex(({ kind }, at) => at >= firstOfDifference && kind === 'missing');
  if (row.kind !== 'extra' || missing === -1) rows.push(row);
  else rows[missing] = { ...rows[missing], kind: 'replaced', received: row.received };
}
