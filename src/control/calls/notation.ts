/** JSON Schemas in TypeScript's notation: `string`, `Token[]`, `Token | null`, and `name?` for an optional field. `TypeOf` is the type of their values. */

export type Schema = Readonly<Record<string, unknown>>;

/** A type by its notation, or a schema. */
export type Type = string | Schema;
export type Field = Type | readonly [type: Type, description: string];
export type Fields = Readonly<Record<string, Field>>;

const BASIC_TYPES: Readonly<Record<string, Schema>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  /** A count or an amount. */
  integer: { type: 'integer', minimum: 0 },
  instant: { type: 'integer', description: 'Epoch milliseconds.' },
};

/**
 * What the compiler knows of a schema: the fields of an object, a schema whose values may also be null, a notation. The
 * properties with a dollar sign never have a value.
 */
type ObjectSchema<F> = {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
  readonly $of?: F;
};
export type OrNull<S> = { readonly $orNull?: S };
type Noted<T> = { readonly $is?: T };

/** The properties as fields: the names of those that are not required end with a question mark. */
type Marked<P, R> = {
  readonly [N in keyof P & string as N extends R ? N : `${N}?`]: P[N];
};

/** An object with these properties and no others. */
export function closed<
  const P extends Readonly<Record<string, Schema>>,
  const R extends readonly string[] = [],
>(properties: P, required?: R): ObjectSchema<Marked<P, R[number]>> {
  return { type: 'object', properties, required: required ?? [], additionalProperties: false };
}

/** An object with these fields and no others. */
export function fields<const F extends Fields>(named: F): ObjectSchema<F> {
  const properties = Object.entries<Field>(named).map(([name, field]) => [
    name.replace('?', ''),
    schemaOf(field),
  ]);
  const required = Object.keys(named).filter((name) => !name.endsWith('?'));
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required,
    additionalProperties: false,
  };
}

export function object<const F extends Fields>(description: string, named: F) {
  return { ...fields(named), description };
}

export function described<const S extends Schema>(schema: S, description: string) {
  return { ...schema, description };
}

/** null selects the default. */
export function orNull<const S extends Schema>(schema: S): OrNull<S> {
  const { type: name, enum: values } = schema;
  const nullable: Schema = {
    ...schema,
    ...(name !== undefined && { type: [name, 'null'] }),
    ...(Array.isArray(values) && { enum: [...values, null] }),
  };
  return nullable;
}

export function schemaOf(field: Field): Schema {
  if (typeof field === 'string') return type(field);
  if (!isDescribed(field)) return field;
  const [of, description] = field;
  return { ...schemaOf(of), description };
}

function isDescribed(field: Exclude<Field, string>): field is readonly [Type, string] {
  return Array.isArray(field);
}

/** A name that is not a basic type is a component's. */
export function type<const T extends string>(notation: T): Noted<T> {
  return schemaNoted(notation);
}

function schemaNoted(notation: string): Schema {
  const [, item, suffix] = /^(.*)( \| null|\[\])$/.exec(notation) ?? [];
  if (item !== undefined)
    return suffix === '[]'
      ? { type: 'array', items: schemaNoted(item) }
      : notedOrNull(schemaNoted(item));
  return BASIC_TYPES[notation] ?? { $ref: `#/components/schemas/${notation}` };
}

function notedOrNull(schema: Schema): Schema {
  const name = schema['type'];
  const isBasic = name !== undefined && name !== 'array';
  return isBasic ? { ...schema, type: [name, 'null'] } : { anyOf: [schema, { type: 'null' }] };
}

interface BasicTypes {
  readonly string: string;
  readonly boolean: boolean;
  readonly integer: number;
  readonly number: number;
  readonly instant: number;
  readonly null: null;
  readonly object: object;
}

/** The type of the values that a schema describes. `Named` has the schemas of the components by their names. */
export type TypeOf<T, Named> = T extends string
  ? TypeOfNotation<T, Named>
  : T extends readonly [infer A, string]
    ? TypeOf<A, Named>
    : TypeOfSchema<T, Named>;

type TypeOfNotation<T extends string, Named> = T extends `${infer A} | null`
  ? TypeOf<A, Named> | null
  : T extends `${infer A}[]`
    ? readonly TypeOf<A, Named>[]
    : T extends keyof BasicTypes
      ? BasicTypes[T]
      : T extends keyof Named
        ? TypeOf<Named[T], Named>
        : never;

type TypeOfSchema<T, Named> = '$of' extends keyof T
  ? ObjectOf<Mark<T, '$of'>, Named>
  : '$orNull' extends keyof T
    ? TypeOf<Mark<T, '$orNull'>, Named> | null
    : '$is' extends keyof T
      ? TypeOf<Mark<T, '$is'>, Named>
      : TypeOfKeywords<T, Named>;

type Mark<T, Name extends string> = T extends { readonly [N in Name]?: infer A } ? A : never;

type ObjectOf<F, Named> = Flat<
  { readonly [N in keyof F as N extends `${string}?` ? never : N]: TypeOf<F[N], Named> } & {
    readonly [N in keyof F as N extends `${infer A}?` ? A : never]?: TypeOf<F[N], Named>;
  }
>;
type Flat<T> = { readonly [N in keyof T]: T[N] };

/** The keywords in use. */
type TypeOfKeywords<T, Named> = T extends { readonly enum: readonly (infer V)[] }
  ? V
  : T extends { readonly const: infer V }
    ? V
    : T extends { readonly anyOf: readonly (infer A)[] }
      ? TypeOf<A, Named>
      : T extends { readonly items: infer I; readonly type: infer N }
        ? readonly TypeOf<I, Named>[] | TypeOf<Exclude<ItemOf<N>, 'array'>, Named>
        : T extends { readonly additionalProperties: infer A }
          ? { readonly [name: string]: TypeOf<A, Named> }
          : T extends { readonly type: infer N }
            ? TypeOf<ItemOf<N>, Named>
            : never;

type ItemOf<T> = T extends readonly (infer I)[] ? I : T;
