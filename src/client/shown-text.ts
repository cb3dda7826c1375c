/** Makes a foreign text safe for messages and logs: short, on one line, without control characters. */

// The carrier's texts have about twenty characters.
const LENGTH_MAX = 200;
/** Control characters, invisible characters, characters that change the writing direction, line ends, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const HALF_AT_END = /[\ud800-\udbff]$/;

/** Escapes characters instead of removing them, so that an unknown code cannot become a known one. */
export function shownText(text: string, lengthMax = LENGTH_MAX): string {
  // One character more than fits is enough, because escapes only lengthen the text.
  const shown = text.slice(0, lengthMax + 1).replace(UNSAFE, (found) => found.split('').map(escaped).join(''));
  return shown.length <= lengthMax ? shown : `${shown.slice(0, lengthMax - 1).replace(HALF_AT_END, '')}…`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
