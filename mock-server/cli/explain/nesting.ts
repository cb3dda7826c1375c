/** Limits the nesting of JSON, because recursive functions would overflow the stack. */

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
