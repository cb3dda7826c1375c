/** Makes text safe to show in a terminal, an editor or a log viewer, and measures its width. */

/**
 * Control characters end lines, move the cursor and change colours. Format characters change the direction of writing or
 * are invisible. An unpaired surrogate is not valid text. V8 computes the ranges of such a class when the expression is
 * created, so it is created on demand.
 */
const unprintable = () => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** The text in one line, with escapes for unprintable characters. JSON in one line stays the same JSON. */
export function printable(text: string): string {
  return text.replace(unprintable(), (found) => NAMED.get(found) ?? unicodeEscaped(found));
}

/** `\u0041`: an escape for each UTF-16 unit, as in JSON. */
export function unicodeEscaped(text: string): string {
  return text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
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
