/** One way to make a signature: the values, their order, how they are joined, and the use and the place of the secret. */
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

export interface Digested {
  readonly name: string;
  /** In hex. */
  readonly digest: (text: string) => string;
}

export interface RecipePart {
  /** The wire name; for a secret, `appKey` or `appSecret`. */
  readonly name: string;
  readonly value: string;
  readonly form?: Form;
  readonly secret?: true;
  /** The name before a secret: `key` for `key=SECRET`. */
  readonly label?: string;
  /** No separator on either side. */
  readonly unseparated?: true;
  /** The whole JSON text instead of the values. */
  readonly json?: true;
}

/** In order. */
export type RecipeParts = readonly RecipePart[];

export interface Joining {
  readonly between: string;
  /** The text between a name and its value; undefined if names are not signed. */
  readonly pair: string | undefined;
}

/** The parts, with those in `form` replacing the ones with the same names. The same list if there are none. */
export function inForm(parts: RecipeParts, form: RecipeParts): RecipeParts {
  const isFormed = parts.some(({ name }) => form.some((one) => one.name === name));
  if (!isFormed) return parts;
  return parts.map((part) => form.find(({ name }) => name === part.name) ?? part);
}

export const PLAIN: Joining = { between: '', pair: undefined };

export interface Recipe extends Joining {
  readonly parts: RecipeParts;
  /** The key of an HMAC; undefined for a plain digest. */
  readonly key: RecipePart | undefined;
  /** A line break after the whole text. */
  readonly ending?: string | undefined;
  /** The digest that was signed instead of the text. */
  readonly digested?: Digested | undefined;
  /** The encoding of the text, and of the key; UTF-8 if omitted. */
  readonly charset?: Charset | undefined;
  readonly keyCharset?: Charset | undefined;
}

/** A piece of a string to sign: a field's value, or the text between two values. */
export interface Segment {
  /** The wire name; for a secret, `appKey` or `appSecret`; null for a separator or a name. */
  readonly field: string | null;
  readonly value: string;
}

/** Of the recipe, or of other parts in it. */
export function textOf(recipe: Recipe, parts = recipe.parts): string {
  // Most recipes only join values: that takes a third of the time.
  const plain = plainText(recipe, parts);
  if (plain !== undefined) return plain;
  let text = '';
  writePieces({ ...recipe, parts }, (value) => {
    text += value;
  });
  return text;
}

/** undefined if there is more than values. */
function plainText({ between, pair, ending }: Recipe, parts: RecipeParts): string | undefined {
  if (between !== '' || pair !== undefined || ending !== undefined) return undefined;
  let text = '';
  for (const { value, label } of parts) {
    if (label !== undefined) return undefined;
    text += value;
  }
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

/** The text before the value of a field, and the text behind it. */
export function textAround(recipe: Recipe, field: string): readonly [string, string] {
  const segments = segmentsOf(recipe);
  const at = segments.findIndex((segment) => segment.field === field);
  return [joined(segments.slice(0, at)), joined(segments.slice(at + 1))];
}

function joined(segments: readonly Segment[]): string {
  return segments.map(({ value }) => value).join('');
}

type WritePiece = (value: string, field?: string) => void;

function writePieces(recipe: Recipe, write: WritePiece): void {
  const { parts, between, pair } = recipe;
  let previous: RecipePart | undefined;
  for (const part of parts) {
    const isSeparated = between !== '' && previous !== undefined;
    if (isSeparated && previous?.unseparated !== true && part.unseparated !== true) write(between);
    if (pair !== undefined || part.label !== undefined) write(prefixOf(part, pair));
    write(part.value, part.json === true ? undefined : part.name);
    previous = part;
  }
  if (recipe.ending !== undefined) write(recipe.ending);
}

function prefixOf({ name, label, secret }: RecipePart, pair: string | undefined): string {
  if (secret === true) return label === undefined ? '' : label + (pair ?? '=');
  return pair === undefined ? '' : name + pair;
}

/** Neither text nor key: the secret was forgotten, or none is expected. */
export interface SecretUse {
  readonly text?: RecipePart;
  readonly key?: RecipePart;
}

/** A digest or an HMAC; or an RSA signature. */
export type Family = 'hash' | 'rsa';

/** Inserts a secret among the other parts. */
export type SecretPlace = (parts: RecipeParts, secret: RecipePart) => RecipeParts;

/** Before this part, or last if it is not there. */
export function before(name: string): SecretPlace {
  return (parts, secret) => {
    const at = parts.findIndex((part) => part.name === name);
    return parts.toSpliced(at === -1 ? parts.length : at, 0, secret);
  };
}

export const LAST: SecretPlace = (parts, secret) => [...parts, secret];
export const FIRST: SecretPlace = (parts, secret) => [secret, ...parts];
export const BOTH_ENDS: SecretPlace = (parts, secret) => [secret, ...parts, secret];

export function unseparated(place: SecretPlace): SecretPlace {
  return (parts, secret) => place(parts, { ...secret, unseparated: true });
}

/** Names before a secret. `…&key=SECRET` is the convention of a payment API. */
export const LABELS = [
  'key',
  'appSecret',
  'appsecret',
  'APPSecret',
  'appKey',
  'appkey',
  'secret',
] as const;

export function labelled(label: string): SecretPlace {
  return (parts, secret) => [...parts, { ...secret, label }];
}

export function labelledInNaturalOrder(label: string): SecretPlace {
  return (parts, secret) => {
    const after = parts.findIndex(({ name }) => name > label);
    return parts.toSpliced(after === -1 ? parts.length : after, 0, { ...secret, label });
  };
}

/** A recipe in the making: its fields and its secret are still apart. */
export interface Making extends Omit<Recipe, 'parts' | 'key'> {
  readonly fields: RecipeParts;
  readonly use: SecretUse;
  readonly place: SecretPlace;
}

/** Written out, because a rest of properties takes half of the time of the search. */
export function recipeOf(making: Making): Recipe {
  const { fields, use, place, between, pair, ending, digested, charset, keyCharset } = making;
  const { text, key } = use;
  const parts = text === undefined ? fields : place(fields, text);
  return { parts, key, between, pair, ending, digested, charset, keyCharset };
}

/** Drops empty values, which do not change a concatenation. */
export function filled(parts: RecipeParts): RecipeParts {
  return parts.filter(({ value }) => value !== '');
}

/** The parts in an order of names. A name that the order lacks goes last. The same list if nothing moves. */
export function inOrder(parts: RecipeParts, order: readonly string[]): RecipeParts {
  const rank = new Map(order.map((name, at) => [name, at]));
  const rankOf = ({ name }: RecipePart) => rank.get(name) ?? order.length;
  const sorted = parts.toSorted((a, b) => rankOf(a) - rankOf(b));
  return sorted.every((part, at) => part === parts[at]) ? parts : sorted;
}
