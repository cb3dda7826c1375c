/** The answers' schemas under a strict Ajv: what is wrong with one, in a line each. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { type Operation, SCHEMAS } from '../index.js';

type Direction = 'request' | 'response';

export interface SchemaProblem {
  /** A pointer. */
  readonly at: string;
  readonly expected: string;
}

const ajv = new Ajv2020({ strict: true, allErrors: true });
const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

function validatorOf(operation: Operation, direction: Direction) {
  const key = `${operation} ${direction}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made = ajv.compile(SCHEMAS[operation][direction]);
  compiled.set(key, made);
  return made;
}

export function schemaProblems(operation: Operation, direction: Direction, value: unknown): readonly SchemaProblem[] {
  const validate = validatorOf(operation, direction);
  if (validate(value)) return [];
  return (validate.errors ?? []).filter(saysWhy).map(problemOf);
}

/** That a branch was entered, or that one did not fit, says nothing about where. */
function saysWhy({ keyword }: ErrorObject): boolean {
  return keyword !== 'if' && keyword !== 'anyOf' && keyword !== 'oneOf';
}

function problemOf({ instancePath, keyword, params, message = keyword }: ErrorObject): SchemaProblem {
  if (keyword === 'required') return { at: `${instancePath}/${params['missingProperty']}`, expected: 'present' };
  if (keyword === 'not') return { at: instancePath, expected: 'absent' };
  const allowed = keyword === 'enum' ? `one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}` : message;
  return { at: instancePath === '' ? '/' : instancePath, expected: allowed };
}
