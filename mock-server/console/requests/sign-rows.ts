/** Two strings to sign side by side: which fields are the same, differ, are missing, too many, or at another place. */
import { diffArrays } from 'diff';
import type { Segment } from '../api/schemas.js';

export interface SignedField {
  readonly field: string;
  readonly value: string;
  /** What was signed in front of the value, and is no value: a separator, a name. */
  readonly before: string;
  /** From 1. */
  readonly position: number;
}

export type SignRowKind = 'same' | 'value' | 'replaced' | 'missing' | 'extra' | 'moved';

/** A field of what is expected next to a field of what was signed. */
export interface SignRow {
  readonly kind: SignRowKind;
  readonly expected: SignedField | undefined;
  readonly received: SignedField | undefined;
  /** Of a field at another place: where the other side has it. */
  readonly movedTo?: number;
}

export interface SignRows {
  readonly rows: readonly SignRow[];
  /** What was signed behind the last value. */
  readonly after: string;
}

export function signRows(expected: readonly Segment[], received: readonly Segment[]): SignRows {
  const [due, signed] = [fieldsOf(expected), fieldsOf(received)];
  const rows: SignRow[] = [];
  let between: Between = { expected: [], received: [] };
  let [dueAt, signedAt] = [0, 0];
  for (const { count, added, removed } of diffArrays(due.fields.map(nameOf), signed.fields.map(nameOf))) {
    const ofDue = due.fields.slice(dueAt, dueAt + count);
    const ofSigned = signed.fields.slice(signedAt, signedAt + count);
    if (!added) dueAt += count;
    if (!removed) signedAt += count;
    if (removed) between = { ...between, expected: ofDue };
    else if (added) between = { ...between, received: ofSigned };
    else {
      rows.push(
        ...unequalRows(between, due.fields, signed.fields),
        ...ofDue.map((one, at) => pairOf(one, ofSigned[at])),
      );
      between = { expected: [], received: [] };
    }
  }
  return { rows: [...rows, ...unequalRows(between, due.fields, signed.fields)], after: signed.after };
}

function nameOf({ field }: SignedField): string {
  return field;
}

function pairOf(expected: SignedField, received: SignedField | undefined): SignRow {
  const isSame = expected.value === received?.value && received.before === '';
  return { kind: isSame ? 'same' : 'value', expected, received };
}

/** What is not the value of a field goes with the value behind it. */
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

interface Between {
  readonly expected: readonly SignedField[];
  readonly received: readonly SignedField[];
}

/** One field in place of another is one row. */
function unequalRows(
  { expected, received }: Between,
  allExpected: readonly SignedField[],
  allReceived: readonly SignedField[],
): readonly SignRow[] {
  const rows: SignRow[] = [];
  const [lost, gained] = [expected.map(toLost(allReceived)), received.map(toGained(allExpected))];
  const missing = lost.filter(({ kind }) => kind === 'missing');
  const extra = gained.filter(({ kind }) => kind === 'extra');
  const replaced = Math.min(missing.length, extra.length);
  for (let at = 0; at < replaced; at += 1)
    rows.push({ kind: 'replaced', expected: missing[at]?.expected, received: extra[at]?.received });
  const isPaired = (row: SignRow) => missing.slice(0, replaced).includes(row) || extra.slice(0, replaced).includes(row);
  return [...rows, ...[...lost, ...gained].filter((row) => !isPaired(row))];
}

function toLost(received: readonly SignedField[]) {
  return (expected: SignedField): SignRow => {
    const elsewhere = received.find(({ field }) => field === expected.field);
    const row = { expected, received: undefined };
    return elsewhere === undefined
      ? { kind: 'missing', ...row }
      : { kind: 'moved', ...row, movedTo: elsewhere.position };
  };
}

function toGained(expected: readonly SignedField[]) {
  return (received: SignedField): SignRow => {
    const elsewhere = expected.find(({ field }) => field === received.field);
    const row = { expected: undefined, received };
    return elsewhere === undefined ? { kind: 'extra', ...row } : { kind: 'moved', ...row, movedTo: elsewhere.position };
  };
}
