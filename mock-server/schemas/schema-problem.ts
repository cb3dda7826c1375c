/** One sentence about an invalid value: the field, what was found, and what to do. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { type Bilingual, bilingual, joinedChinese, LIST_COMMA } from '../../src/text/bilingual.js';
import { nearName } from '../../src/text/edit-distance.js';
import { schemaWords } from '../../src/text/schema-words.js';
import { cut, quote } from '../../src/text/shown-json.js';
import { bilingualTitle } from './titles.js';

export interface SchemaProblem {
  /** A JSON Pointer to the field. */
  readonly pointer: string;
  readonly detail: Bilingual;
}

/** The first problem of a value; undefined for a valid value. */
export function schemaProblem(validate: ValidateFunction, value: unknown): SchemaProblem | undefined {
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return error === undefined ? { pointer: '', detail: { en: 'is not valid', zh: '不正确' } } : describe(error);
}

function describe(error: ErrorObject): SchemaProblem {
  const { instancePath: pointer, keyword, params, data, parentSchema } = error;
  const found = quote(data);
  switch (keyword) {
    case 'additionalProperties':
      return unknownName(String(params['additionalProperty']), {
        pointer,
        known: Object.keys(parentSchema?.['properties'] ?? {}),
      });
    case 'required':
      return { pointer: `${pointer}/${params['missingProperty']}`, detail: { en: 'is missing', zh: '缺失' } };
    case 'enum':
      return { pointer, detail: notOneOf(params['allowedValues'], data) };
    case 'false schema':
      return { pointer, detail: notBoth(excludingField(error)) };
    default: {
      const { en, zh } = requirementOf(error);
      const isSecret = parentSchema?.['writeOnly'] === true;
      return { pointer, detail: isSecret ? { en, zh } : { en: `${en}, found ${found}`, zh: `${zh}，实际为 ${found}` } };
    }
  }
}

/** The problem of a field that excludes another field. */
export function notBoth(other: string): Bilingual {
  return {
    en: `cannot be combined with ${other}: omit one of the two`,
    zh: `不能与 ${other} 同时使用：请去掉其中一个`,
  };
}

/** Schemas exclude a field by the `dependentSchemas` of the other one. */
function excludingField({ schemaPath }: ErrorObject): string {
  return /\/dependentSchemas\/([^/]+)\//.exec(schemaPath)?.[1] ?? '';
}

export function unknownName(
  name: string,
  { pointer, known }: { readonly pointer: string; readonly known: readonly string[] },
): SchemaProblem {
  const near = nearName(name, known);
  const hint: Bilingual =
    near === undefined
      ? { en: `known: ${known.join(', ')}`, zh: `可用：${known.join('、')}` }
      : { en: `did you mean ${quote(near)}?`, zh: `是不是 ${quote(near)}？` };
  return {
    pointer: `${pointer}/${cut(name).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    detail: { en: `unknown field ${quote(name)}; ${hint.en}`, zh: `未知字段 ${quote(name)}；${hint.zh}` },
  };
}

/** The problem of a value that is not allowed. `where` names what the allowed values are for. */
export function notOneOf(allowed: readonly unknown[], value: unknown, where = ''): Bilingual {
  const values = bilingual((language) => allowed.map(quote).join(LIST_COMMA[language]));
  return {
    en: `must be one of ${values.en}${where && ` for ${where}`}, found ${quote(value)}`,
    zh: `${where && `${where} 的`}取值应为 ${values.zh} 之一，实际为 ${quote(value)}`,
  };
}

/** The `title` of a field, which describes a valid value; without a title, Ajv's message. */
function requirementOf(error: ErrorObject): Bilingual {
  const { parentSchema } = error;
  const title: unknown = parentSchema?.['type'] === 'object' ? undefined : parentSchema?.['title'];
  if (typeof title === 'string') {
    const { en, zh } = bilingualTitle(title);
    return { en: `must be ${en}`, zh: joinedChinese('应为', zh) };
  }
  return schemaWords(error);
}
