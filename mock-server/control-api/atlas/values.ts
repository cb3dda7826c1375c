/** The values of a plan: JSON, and what a program has a name for. */

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A constant (in capitals) or a local variable of the program. */
export interface Named {
  readonly name: string;
}

export type Value = Named | { readonly json: Json };

export interface Field {
  readonly name: string;
  readonly value: Value | { readonly fields: readonly Field[] };
}

export function named(name: string): Named {
  return { name };
}

export function field(name: string, value: Field['value']): Field {
  return { name, value };
}

/** Every name that something made of values needs. */
export function namesIn(part: unknown): ReadonlySet<string> {
  const texts = Array.from(JSON.stringify(part).matchAll(/\{"name":"(\w+)"\}/g), ([, name = '']) => name);
  return new Set(texts);
}
