/** Validates requests and responses against their schemas, with one problem for each error. */
import type { ErrorObject } from 'ajv';
import type { Words } from '../../src/text/bilingual.js';
import { schemaWords, typeNames } from '../../src/text/schema-words.js';
import type { Operation } from '../index.js';
import { VALIDATORS } from '../validators.js';
import { ABSENT, matching, PRESENT } from './values.js';

type Direction = 'request' | 'response';

export interface SchemaProblem {
  /** A JSON Pointer. */
  readonly at: string;
  readonly expected: Words;
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

function problemOf(error: ErrorObject): SchemaProblem {
  const { instancePath, keyword, params } = error;
  if (keyword === 'required') return { at: `${instancePath}/${params['missingProperty']}`, expected: PRESENT };
  if (keyword === 'not') return { at: instancePath, expected: ABSENT };
  return { at: instancePath === '' ? '/' : instancePath, expected: VALUES[keyword]?.(params) ?? schemaWords(error) };
}

/** The valid value, by keyword. */
const VALUES: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => Words>> = {
  type: ({ type }) => typeNames(type),
  pattern: ({ pattern }) => matching(String(pattern)),
  const: ({ allowedValue }) => JSON.stringify(allowedValue),
  enum: ({ allowedValues }) => {
    const list = (allowedValues as readonly string[]).map((value) => (value === '' ? '""' : value)).join(', ');
    return { en: `one of ${list}`, zh: `${list} 之一` };
  },
};
