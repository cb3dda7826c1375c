/** Values for the fields of a JSON Schema: valid, at the boundary of a length, or any other value. */
import fc from 'fast-check';
import { oddValue } from '../../../test/support/mutations.js';

/** The keywords of the carrier's request schemas. */
interface Schema {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

export interface Field {
  readonly path: string;
  readonly value: fc.Arbitrary<unknown>;
}

const LENGTH_MAX = 100;

function validValue(schema: Schema): fc.Arbitrary<unknown> {
  const { enum: members, pattern, minLength = 0, maxLength = LENGTH_MAX } = schema;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (members !== undefined) return fc.constantFrom(...members);
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const edges = [minLength, maxLength, maxLength + 1].map((length) => 'x'.repeat(length));
  return fc.oneof(fc.constantFrom(...edges), fc.string({ minLength, maxLength }));
}

/** A value for each field, also inside objects. */
export function fieldsOf(root: object, at = ''): readonly Field[] {
  const { properties = {} }: Schema = root;
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${at}/${name}`;
    const valid = { weight: 6, arbitrary: validValue(schema) };
    const odd = { weight: 1, arbitrary: oddValue };
    return [
      { path, value: schema.properties === undefined ? fc.oneof(valid, odd) : oddValue },
      ...fieldsOf(schema, path),
    ];
  });
}
