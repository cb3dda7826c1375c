/** Validates requests and responses against their schemas, with one problem for each error. */
import type { ErrorObject } from 'ajv';
import type { Operation } from '../index.js';
import { VALIDATORS } from '../validators.js';

type Direction = 'request' | 'response';

export interface SchemaProblem {
  /** A JSON Pointer. */
  readonly at: string;
  readonly expected: string;
}

const VALIDATE = {
  loginTokenValidate: {
    request: VALIDATORS.loginTokenValidateRequest,
    response: VALIDATORS.loginTokenValidateResponse,
  },
  tokenValidate: { request: VALIDATORS.tokenValidateRequest, response: VALIDATORS.tokenValidateResponse },
};

export function schemaProblems(operation: Operation, direction: Direction, value: unknown): readonly SchemaProblem[] {
  const validate = VALIDATE[operation][direction];
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
  const expected = keyword === 'enum' ? oneOf(params['allowedValues']) : message;
  return { at: instancePath === '' ? '/' : instancePath, expected };
}

function oneOf(allowed: readonly string[]): string {
  return `one of ${allowed.map((value) => (value === '' ? '""' : value)).join(', ')}`;
}
