/** JSON Pointer (RFC 6901), the part of JSON Patch (RFC 6902) that cases need, and texts with value names. Nothing is changed in place. */
import type { Patch } from './case.js';

export function valueAt(document: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce<unknown>(
    (value, segment) =>
      isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined,
    document,
  );
}

/** A copy of the document with the value at the pointer. Missing objects on the path are created. */
export function withValue(document: unknown, pointer: string, value: unknown): unknown {
  return replaced(document, segmentsOf(pointer), value);
}

/** The texts of the patches are filled. */
export function patched(
  document: unknown,
  patches: readonly Patch[] = [],
  values: Values = {},
): unknown {
  return patches.reduce((result, patch) => {
    const value = patch.op === 'remove' ? undefined : filledDeep(patch.value, values);
    return replaced(result, segmentsOf(patch.path), value);
  }, document);
}

function replaced(
  document: unknown,
  [segment, ...rest]: readonly string[],
  value: unknown,
): unknown {
  if (segment === undefined) return value;
  const own = isObject(document) ? document : {};
  const member = replaced(Object.hasOwn(own, segment) ? own[segment] : undefined, rest, value);
  if (member !== undefined) return { ...own, [segment]: member };
  return Object.fromEntries(Object.entries(own).filter(([name]) => name !== segment));
}

/** The name of the field at a pointer. */
export function nameIn(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1);
}

function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type Values = Readonly<Record<string, string>>;

/** Fills a text that has value names in braces: `{token}`. Unknown names stay unchanged, so a text can contain JSON. */
export function filled(text: string, values: Values): string {
  return text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** Fills every text in a value, which keeps its form. */
export function filledDeep<T>(value: T, values: Values): T;
export function filledDeep(value: unknown, values: Values): unknown {
  if (typeof value === 'string') return filled(value, values);
  if (Array.isArray(value)) return value.map((item) => filledDeep(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, filledDeep(member, values)]),
  );
}

/** The pointers to the members that are null. */
export function nullsIn(value: unknown, at = ''): readonly string[] {
  if (value === null) return [at];
  return isObject(value)
    ? Object.entries(value).flatMap(([name, member]) => nullsIn(member, `${at}/${name}`))
    : [];
}

/** A copy without these members. */
export function without(value: unknown, pointers: readonly string[]): unknown {
  return pointers.reduce((rest, at) => withValue(rest, at, undefined), value);
}
