/** Received JSON as text, for messages that quote it. Deeply nested parts are left out. */

const LEVELS_MAX = 8;
const LEFT_OUT = '…';

/** JSON.stringify() alone overflows the stack if a body of 64 KiB consists of brackets. */
export function shownJson(value: unknown): string {
  return JSON.stringify(upTo(LEVELS_MAX, value));
}

function upTo(levels: number, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return LEFT_OUT;
  if (Array.isArray(value)) return value.map((one) => upTo(levels - 1, one));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, upTo(levels - 1, one)]));
}
