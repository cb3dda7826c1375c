/** What is wrong with a value, in one sentence that names the field, what was found, and what to do. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { nearName } from '../text/edit-distance.js';
import { shownJson } from '../text/shown-json.js';

export interface SchemaProblem {
  /** A JSON Pointer to the field. */
  readonly pointer: string;
  readonly detail: string;
}

const FOUND_LENGTH_MAX = 120;

/** The first problem of a value; undefined where it has none. */
export function schemaProblem(validate: ValidateFunction, value: unknown): SchemaProblem | undefined {
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return error === undefined ? { pointer: '', detail: 'is not valid' } : describe(error);
}

function describe(error: ErrorObject): SchemaProblem {
  const pointer = error.instancePath;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownField(error);
    case 'required':
      return { pointer: `${pointer}/${error.params['missingProperty']}`, detail: 'is missing' };
    case 'enum':
      return {
        pointer,
        detail: `must be one of ${quoteAll(error.params['allowedValues'])}, found ${quote(error.data)}`,
      };
    case 'false schema':
      return { pointer, detail: `does not go with the other fields, found ${quote(error.data)}` };
    default:
      return { pointer, detail: `${demand(error)}${found(error)}` };
  }
}

function unknownField({ instancePath, params, parentSchema }: ErrorObject): SchemaProblem {
  const name = String(params['additionalProperty']);
  return unknownName(name, { pointer: instancePath, known: Object.keys(parentSchema?.['properties'] ?? {}) });
}

/** Of a field that is none of the known ones, in the object at a pointer. */
export function unknownName(
  name: string,
  { pointer, known }: { readonly pointer: string; readonly known: readonly string[] },
): SchemaProblem {
  const near = nearName(name, known);
  const hint = near === undefined ? `known: ${known.join(', ')}` : `did you mean ${quote(near)}?`;
  return { pointer: `${pointer}/${escapePointer(cut(name))}`, detail: `unknown field ${quote(name)}; ${hint}` };
}

/** The `title` of a field, which says what a valid value is; without one, Ajv's message. */
function demand({ parentSchema, message = 'must be valid' }: ErrorObject): string {
  const title: unknown = parentSchema?.['type'] === 'object' ? undefined : parentSchema?.['title'];
  return typeof title === 'string' ? `must be ${title}` : message.replace('NOT', 'not');
}

/** What is never answered is not quoted either. */
function found({ parentSchema, data }: ErrorObject): string {
  return parentSchema?.['writeOnly'] === true ? '' : `, found ${quote(data)}`;
}

function quoteAll(values: readonly unknown[]): string {
  return values.map(quote).join(', ');
}

/** A value as JSON, cut where it is long. */
export function quote(value: unknown): string {
  return value === undefined ? 'nothing' : cut(shownJson(value));
}

function cut(text: string): string {
  return text.length > FOUND_LENGTH_MAX ? `${text.slice(0, FOUND_LENGTH_MAX)}…` : text;
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
