/** The contract's schemas under a strict Ajv: what is wrong with a value, in a line each. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Operation, SCHEMAS } from '../../../contracts/index.js';

export type Direction = 'request' | 'response';

export const OPERATIONS: readonly Operation[] = ['loginTokenValidate', 'tokenValidate'];
export const DIRECTIONS: readonly Direction[] = ['request', 'response'];

const ajv = new Ajv2020({ strict: true, allErrors: true });

const validators: Readonly<Record<Operation, Readonly<Record<Direction, ValidateFunction>>>> = {
  loginTokenValidate: compileBoth('loginTokenValidate'),
  tokenValidate: compileBoth('tokenValidate'),
};

function compileBoth(operation: Operation) {
  return {
    request: ajv.compile(SCHEMAS[operation].request),
    response: ajv.compile(SCHEMAS[operation].response),
  };
}

/** `/body/sign pattern`: where, and the keyword that refuses; of a value of another type no more than that. None for one that fits. */
export function problemsOf(operation: Operation, direction: Direction, value: unknown): readonly string[] {
  const validate = validators[operation][direction];
  if (validate(value)) return [];
  const errors = (validate.errors ?? []).filter(saysWhy);
  const ofOtherType = errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath);
  const first = errors.filter(({ keyword, instancePath }) => keyword === 'type' || !ofOtherType.includes(instancePath));
  return [...new Set(first.map(lineOf))];
}

/** That a branch was entered or that its negation failed says nothing about where. */
function saysWhy({ keyword }: ErrorObject): boolean {
  return keyword !== 'if' && keyword !== 'anyOf';
}

function lineOf({ instancePath, keyword, params }: ErrorObject): string {
  const missing = keyword === 'required' ? `/${params['missingProperty']}` : '';
  return `${instancePath}${missing} ${keyword}`;
}
