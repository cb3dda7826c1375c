/** Values that a log or a page has masked: they are not what was sent, or this cannot be known. */

/** The middle or the end replaced by asterisks or dots, or the whole value by a word in brackets. */
const MASK = /\*{2}|…|\.{3}|^\[[\w *-]*\]$|^<[\w *-]*>$/;

export function isMasked(text: string | undefined): boolean {
  return text !== undefined && MASK.test(text);
}
