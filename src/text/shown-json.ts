/** Received JSON as text, for messages that quote it. Deeply nested parts are left out. */

const LEVELS_MAX = 8;
const LEFT_OUT = '…';

/** JSON.stringify() alone overflows the stack if a body of 64 KiB consists of brackets. */
export function shownJson(value: unknown): string {
  return JSON.stringify(limited(LEVELS_MAX, value));
}

function limited(levels: number, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return LEFT_OUT;
  if (Array.isArray(value)) return value.map((item) => limited(levels - 1, item));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, limited(levels - 1, item)]));
}

const QUOTED_LENGTH_MAX = 120;

/** A value as JSON, shortened if it is long. */
export function quote(value: unknown): string {
  return value === undefined ? 'nothing' : cut(shownJson(value));
}

export function cut(text: string): string {
  return text.length > QUOTED_LENGTH_MAX ? `${text.slice(0, QUOTED_LENGTH_MAX)}…` : text;
}
