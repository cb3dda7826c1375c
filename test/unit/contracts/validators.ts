/** Validates values with the contract's schemas and a strict Ajv. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Operation, SCHEMAS } from '../../../contracts/index.js';
import { OPERATIONS } from '../../../contracts/kit/operations.js';

export type Direction = 'request' | 'response';

export const DIRECTIONS: readonly Direction[] = ['request', 'response'];

const ajv = new Ajv2020({ strict: true, allErrors: true });

const VALIDATORS: ReadonlyMap<string, ValidateFunction> = new Map(
  OPERATIONS.flatMap((operation) =>
    DIRECTIONS.map((direction) => [
      `${operation} ${direction}`,
      ajv.compile(SCHEMAS[operation][direction]),
    ]),
  ),
);

/** The problems of a value, such as `/body/sign pattern`: a JSON Pointer and the failed keyword. A wrong type hides other problems of the value. */
export function problemsOf(
  operation: Operation,
  direction: Direction,
  value: unknown,
): readonly string[] {
  const validate = VALIDATORS.get(`${operation} ${direction}`);
  if (validate?.(value) === true) return [];
  const errors = (validate?.errors ?? []).filter(isSpecific);
  const ofOtherType = errors
    .filter(({ keyword }) => keyword === 'type')
    .map(({ instancePath }) => instancePath);
  const first = errors.filter(
    ({ keyword, instancePath }) => keyword === 'type' || !ofOtherType.includes(instancePath),
  );
  return [...new Set(first.map(lineOf))];
}

/** The errors of `if` and `anyOf` do not show the field. */
function isSpecific({ keyword }: ErrorObject): boolean {
  return keyword !== 'if' && keyword !== 'anyOf';
}

function lineOf({ instancePath, keyword, params }: ErrorObject): string {
  const missing = keyword === 'required' ? `/${params['missingProperty']}` : '';
  return `${instancePath}${missing} ${keyword}`;
}
