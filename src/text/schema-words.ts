/** What a JSON Schema requires of a value, in both languages. */
import { type Bilingual, joinedChinese } from './bilingual.js';

/** The part of an error of Ajv that has the requirement. */
export interface SchemaError {
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string | undefined;
}

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { en: 'a string', zh: '字符串' },
  integer: { en: 'an integer', zh: '整数' },
  number: { en: 'a number', zh: '数字' },
  boolean: { en: 'true or false', zh: '布尔值' },
  array: { en: 'a list', zh: '数组' },
  object: { en: 'an object', zh: '对象' },
  null: { en: 'null', zh: 'null' },
};

export function typeNames(type: unknown): Bilingual {
  const names = [type]
    .flat()
    .map((name) => TYPES[String(name)] ?? { en: String(name), zh: String(name) });
  return {
    en: names.map(({ en }) => en).join(' or '),
    zh: names.map(({ zh }) => zh).reduce((before, after) => joinedChinese(`${before}或`, after)),
  };
}

/** `must be a string`; without words for the keyword, the message of Ajv, such as `must be >= 0`. */
export function schemaWords({
  keyword,
  params,
  message = 'must be valid',
}: SchemaError): Bilingual {
  const en =
    keyword === 'type' ? `must be ${typeNames(params['type']).en}` : message.replace('NOT', 'not');
  return { en, zh: CHINESE[keyword]?.(params) ?? message };
}

const CHINESE: Readonly<Record<string, (params: SchemaError['params']) => string>> = {
  type: ({ type }) => joinedChinese('应为', typeNames(type).zh),
  pattern: ({ pattern }) => `应匹配 ${pattern}`,
  minimum: ({ limit }) => `不能小于 ${limit}`,
  maximum: ({ limit }) => `不能大于 ${limit}`,
  minLength: ({ limit }) => `至少要有 ${limit} 个字符`,
  maxLength: ({ limit }) => `最多 ${limit} 个字符`,
  minItems: ({ limit }) => `至少要有 ${limit} 项`,
  maxItems: ({ limit }) => `最多 ${limit} 项`,
  minProperties: ({ limit }) => `至少要有 ${limit} 个字段`,
  uniqueItems: ({ i, j }) => `第 ${Number(i) + 1} 项与第 ${Number(j) + 1} 项重复`,
};
