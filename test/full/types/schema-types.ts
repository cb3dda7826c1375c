/** The types that JSON Schemas stand for, as TypeScript. */
import { DOCUMENT } from '../../support/openapi.js';

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

const COMPONENTS: Readonly<Record<string, Schema>> = DOCUMENT.components.schemas;

/** References are written out: types are compared by their structure. */
export function typeOf(component: string): string {
  const schema = COMPONENTS[component];
  if (schema === undefined) throw new Error(`no component ${component}`);
  return typeText(schema);
}

function typeText(schema: Schema): string {
  if (schema.$ref !== undefined) return typeOf(schema.$ref.split('/').at(-1) ?? '');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeText).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  return [schema.type ?? []]
    .flat()
    .map((type) => ofType(type, schema))
    .join(' | ');
}

function ofType(type: string, schema: Schema): string {
  switch (type) {
    case 'integer':
      return 'number';
    case 'array':
      return `readonly (${typeText(schema.items ?? {})})[]`;
    case 'object':
      return objectText(schema);
    default:
      return type;
  }
}

function objectText({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `readonly ${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeText(schema)};`,
  );
  const others =
    typeof additionalProperties === 'object' ? [`readonly [name: string]: ${typeText(additionalProperties)};`] : [];
  return `{ ${[...fields, ...others].join(' ')} }`;
}
