/** Reads a JSON file and validates it against a schema. A mistake is one sentence. */
import { readFileSync } from 'node:fs';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { type Bilingual, type Words, wordsIn } from '../../src/text/bilingual.js';
import { schemaWords, typeNames } from '../../src/text/schema-words.js';
import { fileError, readJson } from '../../src/text/usage-error.js';
import { type Operation, SCHEMAS } from '../index.js';
import { ABSENT, type Clause, clauseOf, isBasis, matching, PRESENT } from './result.js';
import { usage } from './usage.js';
import { VALIDATORS } from './validators.js';

/** Throws a UsageError with the file and the field. */
export function readJsonFile<T>(path: string, validate: ValidateFunction): T {
  const value = jsonIn(path);
  if (validate(value)) return value as T;
  throw fileError(path, usage('contract.file', { mistake: sentenceOf(validate.errors ?? []) }));
}

/** A byte order mark is ignored. */
function jsonIn(path: string): unknown {
  try {
    return readJson(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Uses the deepest error, because the others follow from it. */
function sentenceOf(errors: readonly ErrorObject[]): Bilingual {
  const format = errors.find(({ instancePath }) => instancePath === '/format');
  if (format !== undefined) {
    const { en, zh } = fieldProblem(format);
    return {
      en: `${en}: another release wrote the file, so record it again`,
      zh: `${zh}：这个文件由其他版本写出，请重新记录`,
    };
  }
  // A branch with another constant is not the intended one.
  const others = errors.filter(({ keyword }) => keyword === 'const').map(branchOf);
  const relevant = errors.filter(
    (error) => error.keyword !== 'oneOf' && !others.includes(branchOf(error)),
  );
  const [first] = [...(relevant.length > 0 ? relevant : errors)].sort(
    (a, b) => depthOf(b) - depthOf(a),
  );
  return first === undefined
    ? { en: 'does not match its schema', zh: '不符合 JSON Schema' }
    : fieldProblem(first);
}

/** The field and what it must be. It does not quote the value, which may be a secret. */
function fieldProblem(error: ErrorObject): Bilingual {
  const { instancePath, keyword, params } = error;
  const at =
    instancePath === ''
      ? { en: 'the file', zh: '文件' }
      : { en: instancePath, zh: `${instancePath} ` };
  const value = keyword === 'enum' || keyword === 'const' ? VALUES[keyword]?.(params) : undefined;
  const must =
    value === undefined
      ? undefined
      : { en: `must be ${wordsIn(value, 'en')}`, zh: `应为 ${wordsIn(value, 'zh')}` };
  const { en, zh } = must ?? SENTENCES[keyword]?.(params) ?? schemaWords(error);
  return { en: `${at.en} ${en}`, zh: `${at.zh}${zh}` };
}

/** The keywords whose sentence names another field. */
const SENTENCES: Readonly<
  Record<string, (params: Readonly<Record<string, unknown>>) => Bilingual>
> = {
  additionalProperties: ({ additionalProperty: name }) => ({
    en: `has the unknown field ${JSON.stringify(name)}`,
    zh: `含有未知字段 ${JSON.stringify(name)}`,
  }),
  required: ({ missingProperty: name }) => ({
    en: `needs the field ${JSON.stringify(name)}`,
    zh: `缺少字段 ${JSON.stringify(name)}`,
  }),
  oneOf: () => ({ en: 'has none of the possible forms', zh: '不是其中任何一种写法' }),
};

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
  /** The keyword of the schema that is violated. */
  readonly keyword: string;
  readonly expected: Words;
  /** The evidence for the violated part of the schema. */
  readonly clause: Clause;
}

export function schemaProblems(
  operation: Operation,
  direction: 'Request' | 'Response',
  value: unknown,
): readonly SchemaProblem[] {
  const validate = VALIDATORS[`${operation}${direction}`];
  if (validate(value)) return [];
  const schema = SCHEMAS[operation][direction === 'Request' ? 'request' : 'response'];
  return (
    (validate.errors ?? [])
      // The errors of these keywords do not show the field.
      .filter(({ keyword }) => !['if', 'anyOf', 'oneOf'].includes(keyword))
      .map((error) => ({ ...problemOf(error), clause: clauseAround(schema, keywordPath(error)) }))
  );
}

export function fieldClause(operation: Operation, at: string): Clause {
  return clauseAround(SCHEMAS[operation].response, propertyPath(at));
}

function propertyPath(at: string): string {
  return at.replaceAll('/', '/properties/');
}

/** That values are Strings is stated for all fields, at the root. The evidence for a missing field is that of the field. */
function keywordPath({ keyword, params, instancePath, schemaPath }: ErrorObject): string {
  if (keyword === 'required') return propertyPath(`${instancePath}/${params['missingProperty']}`);
  return params['type'] === 'string' ? '' : schemaPath.replace('#', '');
}

/** `documented 1.2 taskId: “…”. Notes.` or `observed task-id: …. Notes.` */
const COMMENT = /^(?<basis>[a-z]+) (?<place>[^:]+): (?<sentence>.+?)(?:\.(?: .*)?)?$/;

/** The comment of the innermost subschema on the path that has one. */
function clauseAround(schema: unknown, path: string): Clause {
  let part = Object(schema);
  let comment: string = part.$comment;
  for (const key of path.split('/').slice(1)) {
    part = Object(part[key]);
    comment = part.$comment ?? comment;
  }
  return clauseIn(comment);
}

export function clauseIn(comment: string): Clause {
  const { basis = '', place = '', sentence = '' } = COMMENT.exec(comment)?.groups ?? {};
  if (!isBasis(basis)) throw new TypeError(`the comment ${JSON.stringify(comment)} has no basis`);
  return clauseOf(
    basis,
    basis === 'documented'
      ? { section: place, sentence: sentence.replace(/^“(.*)”$/, '$1') }
      : { section: basis, sentence, observation: place },
  );
}

function problemOf(error: ErrorObject): Omit<SchemaProblem, 'clause'> {
  const { instancePath, keyword, params } = error;
  if (keyword === 'required')
    return { at: `${instancePath}/${params['missingProperty']}`, keyword, expected: PRESENT };
  if (keyword === 'not') return { at: instancePath, keyword, expected: ABSENT };
  return {
    keyword,
    at: instancePath === '' ? '/' : instancePath,
    expected: VALUES[keyword]?.(params) ?? schemaWords(error),
  };
}

/** The valid value, by keyword. */
const VALUES: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => Words>> = {
  type: ({ type }) => typeNames(type),
  pattern: ({ pattern }) => matching(String(pattern)),
  const: ({ allowedValue }) => JSON.stringify(allowedValue),
  enum: ({ allowedValues }) => {
    const list = (allowedValues as readonly string[])
      .map((value) => (value === '' ? '""' : value))
      .join(', ');
    return { en: `one of ${list}`, zh: `${list} 之一` };
  },
};
