/** One way to make a signature: the values, their order, how they are joined, and the place of the secret. */
import type { Evidence, Text } from '../finding.js';
import type { SignMistakeId } from './mistake-rows.js';

export interface Charset {
  readonly name: Text;
  readonly encode: (text: string) => Buffer;
}

/** Describes a value that was signed in another form than the sent one, or a secret in another form. */
export interface Form {
  /** undefined for a token without the white space that was sent around it: that is no mistake of the signature. */
  readonly mistake: SignMistakeId | undefined;
  readonly description: Text;
  /** Further evidence. */
  readonly evidence?: Evidence;
}

export interface Part {
  /** The wire name; for a secret, `appKey` or `appSecret`. */
  readonly name: string;
  readonly value: string;
  readonly form?: Form;
  readonly secret?: true;
  /** The name before a secret: `key` for `key=SECRET`. */
  readonly label?: string;
  /** No separator on either side. */
  readonly unseparated?: true;
}

export interface Joining {
  readonly between: string;
  /** The text between a name and its value; undefined if names are not signed. */
  readonly pair: string | undefined;
}

/** The parts, with those in `form` replacing the ones with the same names. */
export function inForm(parts: readonly Part[], form: readonly Part[]): readonly Part[] {
  return parts.map((part) => form.find(({ name }) => name === part.name) ?? part);
}

export const PLAIN: Joining = { between: '', pair: undefined };

export interface Recipe extends Joining {
  readonly parts: readonly Part[];
  /** The key of an HMAC; undefined for a plain digest. */
  readonly key: Part | undefined;
  /** A line break after the whole text. */
  readonly ending?: string;
  /** The encoding of the text, and of the key; UTF-8 if omitted. */
  readonly charset?: Charset;
  readonly keyCharset?: Charset;
}

/** A piece of a string to sign: a field's value, or the text between two values. */
export interface Segment {
  /** The wire name; for a secret, `appKey` or `appSecret`; null for a separator or a name. */
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

/** The same text in pieces. Only a field without a value is an empty piece. */
export function segmentsOf(recipe: Recipe): readonly Segment[] {
  const segments: Segment[] = [];
  writePieces(recipe, (value, field) => {
    if (field !== undefined || value !== '') segments.push({ field: field ?? null, value });
  });
  return segments;
}

type WritePiece = (value: string, field?: string) => void;

function writePieces(recipe: Recipe, write: WritePiece): void {
  const { parts, between, pair } = recipe;
  let previous: Part | undefined;
  for (const part of parts) {
    const isSeparated = between !== '' && previous !== undefined;
    if (isSeparated && previous?.unseparated !== true && part.unseparated !== true) write(between);
    if (pair !== undefined || part.label !== undefined) write(prefixOf(part, pair));
    write(part.value, part.name);
    previous = part;
  }
  if (recipe.ending !== undefined) write(recipe.ending);
}

function prefixOf({ name, label, secret }: Part, pair: string | undefined): string {
  if (secret === true) return label === undefined ? '' : label + (pair ?? '=');
  return pair === undefined ? '' : name + pair;
}
