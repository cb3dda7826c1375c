/** Bounds for captures: the nesting of JSON, because recursive functions would overflow the stack, and the length of a quote. */

// A HAR file has about ten levels.
const LEVELS_MAX = 100;

export function isNestedDeep(value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === LEVELS_MAX) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const SHOWN_LENGTH_MAX = 80;

/** Quotes a part of a capture in an error: truncated, and as JSON, so that it cannot control a terminal. */
export function shortQuote(text: string): string {
  return JSON.stringify(text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text);
}
