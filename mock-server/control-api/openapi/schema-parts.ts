/** Response schemas in TypeScript's notation: `string`, `Token[]`, `Token | null`, and `name?` for an optional field. */
import { closed, type Schema } from '../../schemas/schemas.js';

/** A type by its notation, or a schema. */
type Type = string | Schema;
export type Fields = Readonly<Record<string, Type | readonly [type: Type, description: string]>>;

const BASIC_TYPES: Readonly<Record<string, Schema>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  /** A count or an amount. */
  integer: { type: 'integer', minimum: 0 },
  instant: { type: 'integer', description: 'Epoch milliseconds.' },
};
const OR_NULL = ' | null';
const LIST = '[]';

/** An object with these fields and no others. */
export function fields(named: Fields): Schema {
  const properties = Object.entries(named).map(([name, field]) => [name.replace('?', ''), schemaOf(field)]);
  return closed(
    Object.fromEntries(properties),
    Object.keys(named).filter((name) => !name.endsWith('?')),
  );
}

export function object(description: string, named: Fields): Schema {
  return { ...fields(named), description };
}

function schemaOf(field: Fields[string]): Schema {
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
  if (notation.endsWith(OR_NULL)) return orNull(type(notation.slice(0, -OR_NULL.length)));
  if (notation.endsWith(LIST)) return { type: 'array', items: type(notation.slice(0, -LIST.length)) };
  return BASIC_TYPES[notation] ?? { $ref: `#/components/schemas/${notation}` };
}

function orNull(schema: Schema): Schema {
  const name = schema['type'];
  const isBasic = name !== undefined && name !== 'array';
  return isBasic ? { ...schema, type: [name, 'null'] } : { anyOf: [schema, { type: 'null' }] };
}
