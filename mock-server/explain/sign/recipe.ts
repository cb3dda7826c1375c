/** One way in which a sign may have been made: which values, in which order, how joined, and where the secret went. */

import type { Evidence, Text } from '../finding.js';
import type { Charset } from './charsets.js';

/** A value that was signed in another form than it was sent in, or a secret in another than it has. */
export interface Form {
  readonly kind: 'url' | 'phoneNum' | 'time' | 'msgId' | 'secret' | 'trimmed';
  readonly how: Text;
  /** What else was seen. */
  readonly seen?: Evidence;
}

export interface Part {
  /** The wire name; of a secret, `appKey` or `appSecret`. */
  readonly name: string;
  readonly value: string;
  readonly form?: Form;
  readonly secret?: true;
  /** The name that a secret was joined under: `key` for `key=SECRET`. */
  readonly label?: string;
  /** No separator on either side. */
  readonly glued?: true;
}

export interface Joining {
  readonly between: string;
  /** What stands between a name and its value; undefined where names are not signed. */
  readonly pair: string | undefined;
  /** Around all but the secret: a map as Java writes it. */
  readonly braces?: true | undefined;
}

/** The parts with those of the form in the place of the ones with the same names. */
export function inForm(parts: readonly Part[], form: readonly Part[]): readonly Part[] {
  return parts.map((part) => form.find(({ name }) => name === part.name) ?? part);
}

export const PLAIN: Joining = { between: '', pair: undefined };

export interface Recipe extends Joining {
  readonly parts: readonly Part[];
  /** The key of an HMAC; undefined for a plain digest. */
  readonly key: Part | undefined;
  /** A line break behind the whole text. */
  readonly ending?: string;
  /** What makes bytes of the text, and of the key; UTF-8 if omitted. */
  readonly charset?: Charset;
  readonly keyCharset?: Charset;
}

/** A piece of a string to sign: the value of a field, or what is between two values. */
export interface Segment {
  /** The wire name; of a secret, `appKey` or `appSecret`; null for a separator or a name. */
  readonly field: string | null;
  readonly value: string;
}

export function textOf(recipe: Recipe): string {
  let text = '';
  writePieces(recipe, (value) => {
    text += value;
  });
  return text;
}

/** The same text in pieces, none of them empty, except for a field without a value. */
export function segmentsOf(recipe: Recipe): readonly Segment[] {
  const segments: Segment[] = [];
  writePieces(recipe, (value, field) => {
    if (field !== undefined || value !== '') segments.push({ field: field ?? null, value });
  });
  return segments;
}

type WritePiece = (value: string, field?: string) => void;

function writePieces(recipe: Recipe, write: WritePiece): void {
  if (recipe.braces === true) writeMap(recipe, write);
  else writeJoined(recipe.parts, recipe, write);
  if (recipe.ending !== undefined) write(recipe.ending);
}

/** A secret that has no name stands before or behind the map. */
function writeMap(recipe: Recipe, write: WritePiece): void {
  const isInside = ({ secret, label }: Part) => secret !== true || label !== undefined;
  const from = recipe.parts.findIndex(isInside);
  const to = recipe.parts.findLastIndex(isInside) + 1;
  for (const { value, name } of recipe.parts.slice(0, from)) write(value, name);
  write('{');
  writeJoined(recipe.parts.slice(from, to), recipe, write);
  write('}');
  for (const { value, name } of recipe.parts.slice(to)) write(value, name);
}

function writeJoined(parts: readonly Part[], { between, pair }: Joining, write: WritePiece): void {
  let previous: Part | undefined;
  for (const part of parts) {
    if (previous !== undefined && previous.glued !== true && part.glued !== true) write(between);
    write(prefixOf(part, pair));
    write(part.value, part.name);
    previous = part;
  }
}

function prefixOf({ name, label, secret }: Part, pair: string | undefined): string {
  if (secret === true) return label === undefined ? '' : label + (pair ?? '=');
  return pair === undefined ? '' : name + pair;
}
