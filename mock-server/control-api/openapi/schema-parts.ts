/** Response schemas in TypeScript's notation: `string`, `Token[]`, `Token | null`, and `name?` for an optional field. */
import { closed, type Schema } from '../../schemas/schemas.js';

/** A type by its notation, or a schema. */
export type Type = string | Schema;
export type Fields = Readonly<Record<string, Type | readonly [type: Type, description: string]>>;

const BASIC_TYPES: Readonly<Record<string, Schema>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  /** A count or an amount. */
  integer: { type: 'integer', minimum: 0 },
  instant: { type: 'integer', description: 'Epoch milliseconds.' },
};

/** An object with these fields and no others. */
export function fields(named: Fields): Schema {
  const properties = Object.entries(named).map(([name, field]) => [
    name.replace('?', ''),
    schemaOf(field),
  ]);
  return closed(
    Object.fromEntries(properties),
    Object.keys(named).filter((name) => !name.endsWith('?')),
  );
}

export function object(description: string, named: Fields): Schema {
  return { ...fields(named), description };
}

export function schemaOf(field: Fields[string]): Schema {
  if (typeof field === 'string') return type(field);
  if (!isDescribed(field)) return field;
  const [of, description] = field;
  return { ...schemaOf(of), description };
}

function isDescribed(field: Exclude<Fields[string], string>): field is readonly [Type, string] {
  return Array.isArray(field);
}

/** A name that is not a basic type is a component's. */
export function type(notation: string): Schema {
  const [, item, suffix] = /^(.*)( \| null|\[\])$/.exec(notation) ?? [];
  if (item !== undefined)
    return suffix === '[]' ? { type: 'array', items: type(item) } : orNull(type(item));
  return BASIC_TYPES[notation] ?? { $ref: `#/components/schemas/${notation}` };
}

function orNull(schema: Schema): Schema {
  const name = schema['type'];
  const isBasic = name !== undefined && name !== 'array';
  return isBasic ? { ...schema, type: [name, 'null'] } : { anyOf: [schema, { type: 'null' }] };
}
