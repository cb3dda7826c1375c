/** The members of an object that a JSON Schema describes. One without a description is left out: its name says it. */
import { isObject } from '../../src/protocol/json.js';
import type { Documented } from './docstrings.js';

type Schema = Readonly<Record<string, unknown>>;

/** `definition` is one of the schema's `$defs`; the schema itself if it is omitted. */
export function schemaMembers(schema: Schema, definition?: string): readonly Documented[] {
  const owner = definition === undefined ? schema : objectIn(schema['$defs'], definition);
  return Object.entries(objectIn(owner, 'properties')).flatMap(([name, member]) =>
    isObject(member) ? membersOf(schema, name, member) : [],
  );
}

/** An object without a description of its own is described by its members. */
function membersOf(root: Schema, name: string, member: Schema): readonly Documented[] {
  const text = member['description'] ?? resolved(root, member)['description'];
  if (typeof text === 'string') return [{ name, text }];
  if (!isObject(member['properties'])) return [];
  return schemaMembers(member).map((inner) => ({ ...inner, name: `${name}.${inner.name}` }));
}

function resolved(root: Schema, { $ref }: Schema): Schema {
  if (typeof $ref !== 'string') return {};
  return objectIn(root['$defs'], $ref.replace('#/$defs/', ''));
}

function objectIn(value: unknown, name: string): Schema {
  const inner = isObject(value) ? value[name] : undefined;
  return isObject(inner) ? inner : {};
}
