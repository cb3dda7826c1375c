/** Texts of others made fit for a report: short enough, and unable to steer what shows them. */

/** Control characters, what is not seen or turns the direction of writing, other line ends, and halves of a pair. */
const STEERING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const HEX = 16;
const HEX_LENGTH = 4;
const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** In one line, what could steer a terminal written as escapes. */
export function printable(text: string): string {
  return text.replace(STEERING, (found) => NAMED.get(found) ?? found.split('').map(escaped).join(''));
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(HEX).padStart(HEX_LENGTH, '0')}`;
}

/** The same, with its lines kept. */
export function printableLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map(printable);
}

/**
 * What CI systems take for a command in a job's output, broken by an escape: for GitHub `::error::` at the beginning of a
 * line, white space or not in front of it, and `##[error]` anywhere in one; Azure's `##vso[…]` and TeamCity's likewise.
 */
export function withoutCommands(text: string): string {
  return text
    .replace(/^((?:[^\S\r\n]|\u0085)*):(?=:)/gm, `$1${escaped(':')}`)
    .replace(/##(?=\w*\[)/g, `#${escaped('#')}`);
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
