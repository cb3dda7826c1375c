/** Reads a JSON file and validates it against a schema. A mistake is one sentence. */
import { readFileSync } from 'node:fs';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Bilingual } from '../report/words.js';
import { UsageProblem } from './usage-problem.js';

const FILE_BYTES_MAX = 4 * 1024 * 1024;

/** Throws a UsageProblem with the file and the field. */
export function readJsonFile<T>(path: string, validate: ValidateFunction): T {
  const value = parsed(path, readText(path));
  if (validate(value)) return value as T;
  throw problemIn(path, sentenceOf(validate.errors ?? []));
}

function problemIn(path: string, { en, zh }: Bilingual): UsageProblem {
  return new UsageProblem({ en: `${path}: ${en}`, zh: `${path}：${zh}` });
}

/** Without a byte order mark. Throws a UsageProblem. `named` is the file in the message. */
export function readText(path: string, named = path): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length <= FILE_BYTES_MAX) return text.replace(/^\ufeff/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const { en, zh } = REASONS.get(code) ?? { en: 'use another file', zh: '请换一个文件' };
    throw problemIn(named, { en: `cannot be read (${code}): ${en}`, zh: `无法读取（${code}）：${zh}` });
  }
  throw problemIn(named, {
    en: `the file must have at most ${FILE_BYTES_MAX} characters: use a smaller file`,
    zh: `文件最多 ${FILE_BYTES_MAX} 个字符：请换用小一些的文件`,
  });
}

/** By Node's code. */
const REASONS: ReadonlyMap<string, Bilingual> = new Map([
  ['ENOENT', { en: 'the file does not exist, correct the path', zh: '文件不存在，请改正路径' }],
  ['EISDIR', { en: 'it is a folder, use a file', zh: '这是目录，请改用文件' }],
  ['EACCES', { en: 'this user may not read it, change its permissions', zh: '当前用户没有读取权限，请修改权限' }],
]);

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw problemIn(path, notJson(error));
  }
}

export function notJson(error: unknown): Bilingual {
  const found = error instanceof Error ? error.message : String(error);
  return { en: `the file is not JSON (${found}): correct it`, zh: `不是合法的 JSON（${found}），请改正` };
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
export function fieldProblem({ instancePath, keyword, params, message = '' }: ErrorObject): Bilingual {
  const at = instancePath === '' ? { en: 'the file', zh: '文件' } : { en: instancePath, zh: `${instancePath} ` };
  const zh = CHINESE[keyword]?.(params) ?? message;
  return { en: `${at.en} ${ENGLISH[keyword]?.(params) ?? message}`, zh: `${at.zh}${zh}` };
}

type Params = Readonly<Record<string, unknown>>;
type Sentences = Readonly<Record<string, (params: Params) => string>>;

/** By the keyword of the schema; by default Ajv's message, such as "must be >= 0". */
const ENGLISH: Sentences = {
  additionalProperties: ({ additionalProperty }) => `has the unknown field ${JSON.stringify(additionalProperty)}`,
  required: ({ missingProperty }) => `needs the field ${JSON.stringify(missingProperty)}`,
  enum: ({ allowedValues }) => `must be one of ${listed(allowedValues)}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  type: ({ type }) => `must be ${typeNames(type, 'en', ' or ')}`,
};

const CHINESE: Sentences = {
  additionalProperties: ({ additionalProperty }) => `含有未知字段 ${JSON.stringify(additionalProperty)}`,
  required: ({ missingProperty }) => `缺少字段 ${JSON.stringify(missingProperty)}`,
  enum: ({ allowedValues }) => `应为 ${listed(allowedValues)} 之一`,
  const: ({ allowedValue }) => `应为 ${JSON.stringify(allowedValue)}`,
  type: ({ type }) => `应为${typeNames(type, 'zh', '或')}`,
  pattern: ({ pattern }) => `应匹配 ${pattern}`,
  minimum: ({ limit }) => `不能小于 ${limit}`,
  maximum: ({ limit }) => `不能大于 ${limit}`,
  minLength: ({ limit }) => `至少要有 ${limit} 个字符`,
  maxLength: ({ limit }) => `最多 ${limit} 个字符`,
  minItems: ({ limit }) => `至少要有 ${limit} 项`,
  minProperties: ({ limit }) => `至少要有 ${limit} 个字段`,
  uniqueItems: () => '不能有重复的项',
  oneOf: () => '不是其中任何一种写法',
};

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { en: 'a string', zh: '字符串' },
  integer: { en: 'an integer', zh: '整数' },
  number: { en: 'a number', zh: '数字' },
  boolean: { en: 'true or false', zh: '布尔值' },
  array: { en: 'a list', zh: '数组' },
  object: { en: 'an object', zh: '对象' },
  null: { en: 'null', zh: ' null' },
};

/** One type or several. */
function typeNames(type: unknown, language: 'en' | 'zh', or: string): string {
  return [type]
    .flat()
    .map((name) => TYPES[String(name)]?.[language] ?? name)
    .join(or);
}

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
