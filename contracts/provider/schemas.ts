/** Validates requests and responses against their schemas, with one problem for each error. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { type Operation, SCHEMAS } from '../index.js';

type Direction = 'request' | 'response';

export interface SchemaProblem {
  /** A JSON Pointer. */
  readonly at: string;
  readonly expected: string;
}

const ajv = new Ajv2020({ strict: true, allErrors: true });
const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

function validatorOf(operation: Operation, direction: Direction) {
  const key = `${operation} ${direction}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const validate = ajv.compile(SCHEMAS[operation][direction]);
  compiled.set(key, validate);
  return validate;
}

export function schemaProblems(operation: Operation, direction: Direction, value: unknown): readonly SchemaProblem[] {
  const validate = validatorOf(operation, direction);
  if (validate(value)) return [];
  return (validate.errors ?? []).filter(isSpecific).map(problemOf);
}

/** The errors of `if`, `anyOf` and `oneOf` do not show the field. */
function isSpecific({ keyword }: ErrorObject): boolean {
  return keyword !== 'if' && keyword !== 'anyOf' && keyword !== 'oneOf';
}

function problemOf({ instancePath, keyword, params, message = keyword }: ErrorObject): SchemaProblem {
  if (keyword === 'required') return { at: `${instancePath}/${params['missingProperty']}`, expected: 'present' };
  if (keyword === 'not') return { at: instancePath, expected: 'absent' };
  const allowed = keyword === 'enum' ? `one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}` : message;
  return { at: instancePath === '' ? '/' : instancePath, expected: allowed };
}
