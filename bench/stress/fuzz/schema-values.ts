/** Values from a JSON Schema: valid values, mostly at the boundaries, and sometimes any other value. */
import fc from 'fast-check';
import { oddValue } from '../../../test/support/mutations.js';

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

const LENGTH_MAX = 100;

/** `root` is the document that `$ref` refers to. */
export function valuesOf(schema: Schema, root: unknown): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valuesOf(resolved(schema.$ref, root), root);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const types = schema.anyOf ?? [schema.type ?? 'string'].flat().map((type) => ({ ...schema, type }));
  const values = types.map((one) => (schema.anyOf === undefined ? ofType(one, root) : valuesOf(one, root)));
  return fc.oneof({ weight: 6, arbitrary: fc.oneof(...values) }, { weight: 1, arbitrary: oddValue });
}

function ofType(
  { type, properties = {}, required = [], items = {}, ...limits }: Schema,
  root: unknown,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'object': {
      const members = Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema, root)] as const);
      return fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
    }
    case 'array':
      return fc.array(valuesOf(items, root), { maxLength: 3 });
    case 'integer':
    case 'number': {
      const { minimum = 0, maximum = 2 ** 31 } = limits;
      return fc.oneof(
        fc.integer({ min: minimum, max: maximum }),
        fc.constantFrom(minimum - 1, minimum, maximum, maximum + 1),
      );
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return textOf(limits);
  }
}

function textOf({ pattern, minLength = 0, maxLength = LENGTH_MAX }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const edges = [minLength, maxLength, maxLength + 1].map((length) => 'x'.repeat(length));
  return fc.oneof(fc.constantFrom(...edges), fc.string({ minLength, maxLength: Math.min(maxLength, LENGTH_MAX) }));
}

function resolved(ref: string, root: unknown): Schema {
  const names = ref.split('/').slice(1);
  return names.reduce<unknown>((value, name) => Object(value)[name], root) as Schema;
}

/** A value for each field, also inside objects. */
export function fieldsOf(root: object): readonly { readonly path: string; readonly value: fc.Arbitrary<unknown> }[] {
  const below = ({ properties = {} }: Schema, at: string): readonly { path: string; value: fc.Arbitrary<unknown> }[] =>
    Object.entries(properties).flatMap(([name, schema]) => [
      { path: `${at}/${name}`, value: valuesOf(schema, root) },
      ...below(schema, `${at}/${name}`),
    ]);
  return below(root as Schema, '');
}
