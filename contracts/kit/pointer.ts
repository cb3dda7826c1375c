/** JSON Pointer (RFC 6901) and the part of JSON Patch (RFC 6902) that cases need. Nothing is changed in place. */
import type { Patch } from './case.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The value at the pointer, or undefined. */
export function valueAt(document: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce<unknown>(
    (value, segment) => (isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined),
    document,
  );
}

/** A copy of the document with the value at the pointer. Missing objects on the path are created. */
export function withValue(document: unknown, pointer: string, value: unknown): unknown {
  return replaced(document, segmentsOf(pointer), value);
}

export function patched(document: unknown, patches: readonly Patch[]): unknown {
  return patches.reduce((result, patch) => {
    if (patch.op === 'remove') return replaced(result, segmentsOf(patch.path), undefined);
    return replaced(result, segmentsOf(patch.path), patch.value);
  }, document);
}

function replaced(document: unknown, [segment, ...rest]: readonly string[], value: unknown): unknown {
  if (segment === undefined) return value;
  const own = isObject(document) ? document : {};
  const member = replaced(Object.hasOwn(own, segment) ? own[segment] : undefined, rest, value);
  if (member !== undefined) return { ...own, [segment]: member };
  return Object.fromEntries(Object.entries(own).filter(([name]) => name !== segment));
}

function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
