/** Texts of others made fit for a report: short enough, and unable to steer what shows them. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const HEX = 16;
const HEX_LENGTH = 4;
const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** In one line: control characters, and those that turn the direction of writing, as escapes. */
export function printable(text: string): string {
  return text.replace(
    CONTROL,
    (found) => NAMED.get(found) ?? `\\u${found.charCodeAt(0).toString(HEX).padStart(HEX_LENGTH, '0')}`,
  );
}

/** The same, with its lines kept. */
export function printableLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map(printable);
}

const HIGH_SURROGATE_AT_END = /[\ud800-\udbff]$/;

/** The beginning of what is long, and how long it was. */
export function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  return `${text.slice(0, lengthMax).replace(HIGH_SURROGATE_AT_END, '')}… (${text.length})`;
}

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/g;

/** A Chinese character takes two. */
export function columns(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** As much of it as fits. */
export function fitted(text: string, width: number): string {
  if (columns(text) <= width) return text;
  const kept: string[] = [];
  let left = width - 1;
  for (const character of text) {
    left -= columns(character);
    if (left < 0) break;
    kept.push(character);
  }
  return width > 0 ? `${kept.join('')}…` : '';
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
export type Paint = (style: Style, text: string) => string;

// ECMA-48, 8.3.117: select graphic rendition.
const STYLES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };

export function painter(colour: boolean): Paint {
  return colour ? (style, text) => `\x1b[${STYLES[style]}m${text}\x1b[0m` : (_style, text) => text;
}
