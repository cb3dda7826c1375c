/** Text made harmless for what shows it: a terminal, an editor, a viewer of logs. */

/**
 * Control characters end lines, move the cursor and change colours. Format characters turn the direction of writing or
 * are invisible. A surrogate without its other half is no text at all.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
const HEX = 16;
const HEX_LENGTH = 4;

/** In one line, with an escape for each such character. JSON that is one line stays the same JSON. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => NAMED.get(found) ?? escaped(found));
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(HEX).padStart(HEX_LENGTH, '0')}`).join('');
}

/** The same for a text of several lines, which stay as they are. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** As V8 writes them below the message of an error. */
const STACK_FRAME = /\n(?= {4}at )/;

/** An error's stack: its message in one line, and each frame in a line of its own. */
export function printableStack(stack: string): string {
  return stack.split(STACK_FRAME).map(printable).join('\n');
}
