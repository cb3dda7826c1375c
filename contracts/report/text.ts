/** Makes foreign texts safe for a report: limits their length and escapes characters that control a terminal or a CI system. */
import { columns, printable } from '../../src/text/printable.js';

export function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).map(printable);
}

/**
 * Escapes the commands that CI systems read from a job's output: GitHub's `::error::` at the beginning of a line, also
 * after white space, and `##[error]` anywhere in a line; also Azure's `##vso[…]` and TeamCity's `##teamcity[…]`.
 */
export function withoutCommands(text: string): string {
  return text
    .replace(/^((?:[^\S\r\n]|\u0085)*):(?=:)/gm, `$1\\u003a`)
    .replace(/##(?=\w*\[)/g, `#\\u0023`);
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
export type Paint = (style: Style, text: string) => string;

// ECMA-48, 8.3.117: select graphic rendition.
const STYLES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };

export function painter(colour: boolean): Paint {
  return colour ? (style, text) => `\x1b[${STYLES[style]}m${text}\x1b[0m` : (_style, text) => text;
}
