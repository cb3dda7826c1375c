/** JSON as Java writes it, which has no literal for it: a format, and what is put into it. */
import type { Field, Json } from '../values.js';
import { repeatedCharacter } from './syntax.js';

interface Format {
  /** With %s where something is put in. */
  readonly text: string;
  readonly arguments: readonly string[];
}

// The format is cut behind a comma where its line gets longer.
const LINE_LENGTH_MAX = 76;
const INDENT = '    ';

export function jsonExpression(fields: readonly Field[]): string {
  const { text, arguments: given } = objectFormat(fields);
  const lines = linesOf(text).map((line) => JSON.stringify(line));
  const line = `String.format(${lines.join('')}, ${given.join(', ')})`;
  if (lines.length === 1 && line.length <= LINE_LENGTH_MAX) return line;
  const format = lines.join(`\n${INDENT}${INDENT}+ `);
  return `String.format(\n${INDENT}${format},\n${INDENT}${given.join(', ')})`;
}

function objectFormat(fields: readonly Field[]): Format {
  const parts = fields.map(({ name, value }) => ({ name, ...valueFormat(value) }));
  return {
    text: `{${parts.map(({ name, text }) => `"${name}":${text}`).join(',')}}`,
    arguments: parts.flatMap((part) => part.arguments),
  };
}

function valueFormat(value: Field['value']): Format {
  if ('fields' in value) return objectFormat(value.fields);
  if ('name' in value) return { text: '"%s"', arguments: [value.name] };
  const { json } = value;
  const character = typeof json === 'string' ? repeatedCharacter(json) : undefined;
  if (character === undefined) return { text: percentFree(json), arguments: [] };
  return { text: '"%s"', arguments: [`"${character}".repeat(${String(json).length})`] };
}

function percentFree(json: Json): string {
  return JSON.stringify(json).replaceAll('%', '%%');
}

function linesOf(format: string): readonly string[] {
  const lines: string[] = [];
  for (const part of format.split(/(?<=,)(?=")/)) {
    const last = lines.at(-1);
    // Each quote gets a backslash in front.
    if (last !== undefined && JSON.stringify(last + part).length <= LINE_LENGTH_MAX) lines.splice(-1, 1, last + part);
    else lines.push(part);
  }
  return lines;
}
