/** The fields of a body, with the document's description of each. */
import type { RequestField } from '../api/schemas.js';

type Documented = Pick<RequestField, 'name' | 'in' | 'meaning'> & Partial<Pick<RequestField, 'required' | 'rule'>>;

export interface FieldRow {
  readonly name: string;
  readonly in: string | null;
  /** The JSON value, texts without quotes; undefined if the field is missing. */
  readonly value: string | undefined;
  /** undefined if the document does not have the field. */
  readonly documented: Documented | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** The documented fields in the document's order, then the others. Empty if the body is not a JSON object. */
export function fieldRows(body: string, documented: readonly Documented[]): readonly FieldRow[] {
  const json = objectOf(parsed(body));
  if (json === undefined) return [];
  const rows = documented.map((field) => ({
    name: field.name,
    in: field.in,
    value: shown(halfOf(json, field.in)?.[field.name]),
    documented: field,
  }));
  const halves = [...new Set(documented.map((field) => field.in))];
  return [...rows, ...halves.flatMap((half) => undocumented(json, half, documented))];
}

function undocumented(json: Json, half: string | null, documented: readonly Documented[]): readonly FieldRow[] {
  const known = documented.filter((field) => field.in === half).map(({ name }) => name);
  return Object.entries(halfOf(json, half) ?? {})
    .filter(([name]) => !known.includes(name))
    .map(([name, value]) => ({ name, in: half, value: shown(value), documented: undefined }));
}

function halfOf(json: Json, half: string | null): Json | undefined {
  return half === null ? json : objectOf(json[half]);
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string | undefined {
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}
