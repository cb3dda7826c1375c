/** Values of a plan as a language writes them. */
import { type Field, field, type Json, type JsonObject, type Value } from '../values.js';

export interface Syntax {
  readonly text: (text: string) => string;
  /** A text of one character, many times. */
  readonly repeated: (character: string, times: number) => string;
  readonly null: string;
  readonly boolean: (value: boolean) => string;
  readonly list: (items: string) => string;
  /** How an object opens and closes on one line; several lines have no blanks there. */
  readonly object: { readonly open: string; readonly close: string };
  /** What stands in front of a field's value. */
  readonly key: (name: string) => string;
  /** Where a field and the variable in it have one name. */
  readonly shorthand?: true;
  /** A constant or a variable. */
  readonly name: (name: string) => string;
  readonly indent: string;
  /** Whether values that follow each other stand in one column. */
  readonly aligned?: true;
}

// An object that is longer has a line for each field.
const LINE_LENGTH_MAX = 56;
const REPEATED = /^(.)\1{15,}$/;

export function valueText(syntax: Syntax, value: Value): string {
  return 'name' in value ? syntax.name(value.name) : jsonText(syntax, value.json, '');
}

function jsonText(syntax: Syntax, json: Json, indent: string): string {
  if (json === null) return syntax.null;
  if (typeof json === 'boolean') return syntax.boolean(json);
  if (typeof json === 'number') return String(json);
  if (typeof json === 'string') return textOf(syntax, json);
  if (isList(json)) return syntax.list(json.map((item) => jsonText(syntax, item, indent)).join(', '));
  return objectText(
    syntax,
    Object.entries(json).map(([name, value]) => field(name, { json: value })),
    indent,
  );
}

/** The character of a text that is long and has no other: it is shorter to read as what it is. */
export function repeatedCharacter(text: string): string | undefined {
  return REPEATED.exec(text)?.[1];
}

function textOf(syntax: Syntax, text: string): string {
  const character = repeatedCharacter(text);
  return character === undefined ? syntax.text(text) : syntax.repeated(character, text.length);
}

function isList(json: readonly Json[] | JsonObject): json is readonly Json[] {
  return Array.isArray(json);
}

/** An object of fields, on one line where it is short, and below an indent where it is not. */
export function objectText(syntax: Syntax, fields: readonly Field[], indent: string): string {
  const { open, close } = syntax.object;
  const entries = fields.map((one) => entryOf(syntax, one, indent + syntax.indent));
  const line = `${open}${entries.map(({ key, value }) => key + value).join(', ')}${close}`;
  if (line.length <= LINE_LENGTH_MAX && !line.includes('\n')) return line;
  const lines = (syntax.aligned ? inColumns(entries) : entries).map(
    ({ key, value }) => `${indent}${syntax.indent}${key}${value},\n`,
  );
  return `${open.trimEnd()}\n${lines.join('')}${indent}${close.trimStart()}`;
}

interface Entry {
  readonly key: string;
  readonly value: string;
}

function entryOf(syntax: Syntax, { name, value }: Field, indent: string): Entry {
  const text =
    'fields' in value
      ? objectText(syntax, value.fields, indent)
      : 'json' in value
        ? jsonText(syntax, value.json, indent)
        : syntax.name(value.name);
  return { key: syntax.shorthand && text === name ? '' : syntax.key(name), value: text };
}

/** Entries of one line that follow each other, their values below each other; one of several lines parts them. */
function inColumns(entries: readonly Entry[]): readonly Entry[] {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last !== undefined && ![...last, entry].some(({ value }) => value.includes('\n'))) last.push(entry);
    else runs.push([entry]);
  }
  return runs.flatMap((run) => {
    const width = Math.max(...run.map(({ key }) => key.length));
    return run.map(({ key, value }) => ({ key: key.padEnd(width), value }));
  });
}
