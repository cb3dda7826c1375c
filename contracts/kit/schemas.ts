/** Reads a JSON file and validates it against a schema. A mistake is one sentence. */
import { readFileSync } from 'node:fs';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Bilingual, Words } from '../../src/text/bilingual.js';
import { schemaWords, typeNames } from '../../src/text/schema-words.js';
import { fileError, UsageError } from '../../src/text/usage-error.js';
import type { Operation } from '../index.js';
import { ABSENT, matching, PRESENT } from './result.js';
import { VALIDATORS } from './validators.js';

/** Throws a UsageError with the file and the field. */
export function readJsonFile<T>(path: string, validate: ValidateFunction): T {
  const value = jsonIn(path);
  if (validate(value)) return value as T;
  throw fileError(path, new UsageError(sentenceOf(validate.errors ?? [])));
}

/** A byte order mark is ignored. */
function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Uses the deepest error, because the others follow from it. */
function sentenceOf(errors: readonly ErrorObject[]): Bilingual {
  // A branch with another constant is not the intended one.
  const others = errors.filter(({ keyword }) => keyword === 'const').map(branchOf);
  const relevant = errors.filter((error) => error.keyword !== 'oneOf' && !others.includes(branchOf(error)));
  const [first] = [...(relevant.length > 0 ? relevant : errors)].sort((a, b) => depthOf(b) - depthOf(a));
  return first === undefined ? { en: 'does not match its schema', zh: '不符合 JSON Schema' } : fieldProblem(first);
}

/** The field and what it must be. It does not quote the value, which may be a secret. */
function fieldProblem(error: ErrorObject): Bilingual {
  const { instancePath, keyword, params } = error;
  const at = instancePath === '' ? { en: 'the file', zh: '文件' } : { en: instancePath, zh: `${instancePath} ` };
  const { en, zh } = SENTENCES[keyword]?.(params) ?? schemaWords(error);
  return { en: `${at.en} ${en}`, zh: `${at.zh}${zh}` };
}

/** The keywords whose sentence names another field or lists values. */
const SENTENCES: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => Bilingual>> = {
  additionalProperties: ({ additionalProperty: name }) => ({
    en: `has the unknown field ${JSON.stringify(name)}`,
    zh: `含有未知字段 ${JSON.stringify(name)}`,
  }),
  required: ({ missingProperty: name }) => ({
    en: `needs the field ${JSON.stringify(name)}`,
    zh: `缺少字段 ${JSON.stringify(name)}`,
  }),
  enum: ({ allowedValues }) => ({
    en: `must be one of ${listed(allowedValues)}`,
    zh: `应为 ${listed(allowedValues)} 之一`,
  }),
  const: ({ allowedValue }) => ({
    en: `must be ${JSON.stringify(allowedValue)}`,
    zh: `应为 ${JSON.stringify(allowedValue)}`,
  }),
  oneOf: () => ({ en: 'has none of the possible forms', zh: '不是其中任何一种写法' }),
};

function listed(values: unknown): string {
  return (values as readonly unknown[]).join(', ');
}

/** The `oneOf` branch of an error. */
function branchOf({ schemaPath }: ErrorObject): string {
  return /^.*\/oneOf\/\d+/.exec(schemaPath)?.[0] ?? schemaPath;
}

function depthOf({ instancePath }: ErrorObject): number {
  return instancePath.split('/').length;
}

// Validates requests and responses against their schemas, with one problem for each error.

export interface SchemaProblem {
  /** A JSON Pointer. */
  readonly at: string;
  readonly expected: Words;
}

/** Validates a request or response, with one problem for each error. */
export function schemaProblems(
  operation: Operation,
  direction: 'Request' | 'Response',
  value: unknown,
): readonly SchemaProblem[] {
  const validate = VALIDATORS[`${operation}${direction}`];
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
