/** A text of others as it may stand in a message or a log: short, in one line, and unable to steer what shows it. */

// The carrier's own texts have some twenty characters.
const LENGTH_MAX = 200;
/** Control characters, what is not seen or turns the direction of writing, other line ends, and halves of a pair. */
const STEERING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const HALF_AT_END = /[\ud800-\udbff]$/;

/** Escaped and not taken out: what is left of an unknown code must not be a known one. */
export function shownText(text: string, lengthMax = LENGTH_MAX): string {
  // One character more than fits; escapes only make it longer.
  const shown = text.slice(0, lengthMax + 1).replace(STEERING, (found) => found.split('').map(escaped).join(''));
  return shown.length <= lengthMax ? shown : `${shown.slice(0, lengthMax - 1).replace(HALF_AT_END, '')}…`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
