/** Values from a JSON Schema: valid values, mostly at the boundaries, and values just outside them. */
import fc from 'fast-check';
import type { Random } from '../random.js';
import { oddValue, randomText } from './odd-values.js';

export interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

export interface Source {
  readonly random: Random;
  /** The document that `$ref` refers to. */
  readonly root: unknown;
}

const OPTIONAL_PROBABILITY = 0.4;
const UNKNOWN_PROBABILITY = 0.05;
const BEYOND_PROBABILITY = 0.15;
const LENGTH_MAX = 100;
const ITEMS_MAX = 4;
const NUMBER_MAX = 2 ** 31;

export function schemaValue(schema: Schema, source: Source): unknown {
  const { random, root } = source;
  if (schema.$ref !== undefined) return schemaValue(resolved(schema.$ref, root), source);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  if (schema.anyOf !== undefined) return schemaValue(random.pick(schema.anyOf), source);
  return ofType(random.pick([schema.type ?? 'string'].flat()), schema, source);
}

function ofType(type: string, schema: Schema, source: Source): unknown {
  const { random } = source;
  switch (type) {
    case 'object':
      return objectOf(schema, source);
    case 'array':
      return Array.from({ length: random.below(ITEMS_MAX) }, () => schemaValue(schema.items ?? {}, source));
    case 'integer':
    case 'number':
      return numberOf(schema, random);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return textOf(schema, random);
  }
}

function objectOf({ properties = {}, required = [] }: Schema, source: Source): unknown {
  const { random } = source;
  const kept = Object.entries(properties).filter(
    ([name]) => required.includes(name) || random.chance(OPTIONAL_PROBABILITY),
  );
  const fields = Object.fromEntries(kept.map(([name, schema]) => [name, fieldOf(schema, source)]));
  return random.chance(UNKNOWN_PROBABILITY) ? { ...fields, [randomText(random, 5)]: oddValue(random) } : fields;
}

/** A valid value, or sometimes an odd one. */
export function fieldOf(schema: Schema, source: Source): unknown {
  return source.random.chance(BEYOND_PROBABILITY) ? oddValue(source.random) : schemaValue(schema, source);
}

function numberOf({ minimum = 0, maximum = NUMBER_MAX }: Schema, random: Random): number {
  const within = minimum + random.below(maximum - minimum + 1);
  const edges = [minimum, minimum + 1, maximum - 1, maximum];
  if (random.chance(BEYOND_PROBABILITY)) return random.pick([minimum - 1, maximum + 1, within + 0.5]);
  return random.chance(0.5) ? random.pick(edges) : within;
}

function textOf({ pattern, minLength = 0, maxLength = LENGTH_MAX }: Schema, random: Random): string {
  if (pattern !== undefined) return random.pick(textsMatching(pattern));
  const lengths = [minLength, minLength + 1, maxLength - 1, maxLength, maxLength + 1, random.below(maxLength)];
  return randomText(random, Math.max(0, random.pick(lengths)));
}

const TEXTS_OF_A_PATTERN = 40;
const matching = new Map<string, readonly string[]>();

/** Generated once for each pattern, always the same. */
function textsMatching(pattern: string): readonly string[] {
  const known = matching.get(pattern);
  if (known !== undefined) return known;
  const texts = fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: 1, numRuns: TEXTS_OF_A_PATTERN });
  matching.set(pattern, texts);
  return texts;
}

function resolved(ref: string, root: unknown): Schema {
  const found = ref
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], root);
  if (found === undefined) throw new TypeError(`${ref} not found in the document`);
  return found as Schema;
}
