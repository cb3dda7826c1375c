/** The width of a text in a terminal. */

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/g;

/** A Chinese character takes two columns. */
export function columns(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}
