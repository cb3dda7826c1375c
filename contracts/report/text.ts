/** Makes foreign texts safe for a report: limits their length and escapes characters that control a terminal or a CI system. */

/** Control characters, invisible characters, changes of the writing direction, other line ends, and unpaired surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const HEX = 16;
const HEX_LENGTH = 4;
const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** The text in one line, with unsafe characters as escapes. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (found) => NAMED.get(found) ?? found.split('').map(escaped).join(''));
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(HEX).padStart(HEX_LENGTH, '0')}`;
}

/** Like `printable`, but keeps the lines. */
export function printableLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map(printable);
}

/**
 * Escapes the commands that CI systems read from a job's output: GitHub's `::error::` at the beginning of a line, also
 * after white space, and `##[error]` anywhere in a line; also Azure's `##vso[…]` and TeamCity's `##teamcity[…]`.
 */
export function withoutCommands(text: string): string {
  return text
    .replace(/^((?:[^\S\r\n]|\u0085)*):(?=:)/gm, `$1${escaped(':')}`)
    .replace(/##(?=\w*\[)/g, `#${escaped('#')}`);
}

const HIGH_SURROGATE_AT_END = /[\ud800-\udbff]$/;

/** The beginning of a long text, with its original length. */
export function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  return `${text.slice(0, lengthMax).replace(HIGH_SURROGATE_AT_END, '')}… (${text.length})`;
}

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/g;

/** The width in a terminal. A Chinese character has two columns. */
export function columns(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** The part of the text that fits. */
export function fitted(text: string, width: number): string {
  if (columns(text) <= width) return text;
  const kept: string[] = [];
  let remaining = width - 1;
  for (const character of text) {
    remaining -= columns(character);
    if (remaining < 0) break;
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
