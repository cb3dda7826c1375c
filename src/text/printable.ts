/** Makes text safe to show in a terminal, an editor or a log viewer, and measures its width. */

/**
 * Control characters end lines, move the cursor and change colours. Format characters change the direction of writing or
 * are invisible. An unpaired surrogate is not valid text.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
const HEX = 16;
const HEX_LENGTH = 4;

/** The text in one line, with escapes for unprintable characters. JSON in one line stays the same JSON. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => NAMED.get(found) ?? escaped(found));
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(HEX).padStart(HEX_LENGTH, '0')}`).join('');
}

/** Like printable(), but keeps the line breaks. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** The start of a stack frame in V8's format. */
const STACK_FRAME = /\n(?= {4}at )/;

/** An error's stack, with its message in one line and each frame on its own line. */
export function printableStack(stack: string): string {
  return stack.split(STACK_FRAME).map(printable).join('\n');
}

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/g;

/** A Chinese character takes two columns. */
export function columns(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}
