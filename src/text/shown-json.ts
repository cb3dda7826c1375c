/** Received JSON, and JSON as text for messages that quote it. */

const LEVELS_MAX = 8;

/** Deeply nested parts are left out: JSON.stringify() alone overflows the stack if a body of 64 KiB consists of brackets. */
export function shownJson(value: unknown): string {
  return JSON.stringify(limited(LEVELS_MAX, value));
}

function limited(levels: number, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  if (Array.isArray(value)) return value.map((item) => limited(levels - 1, item));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, limited(levels - 1, item)]),
  );
}

/** The JSON of a text; undefined for a text that is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const QUOTED_LENGTH_MAX = 120;

/** A value as JSON, shortened if it is long. */
export function quote(value: unknown): string {
  return value === undefined ? 'nothing' : cut(shownJson(value));
}

export function cut(text: string): string {
  return text.length > QUOTED_LENGTH_MAX ? `${text.slice(0, QUOTED_LENGTH_MAX)}…` : text;
}
