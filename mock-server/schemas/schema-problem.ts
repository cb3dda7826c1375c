/** One sentence about an invalid value: the field, what was found, and what to do. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { bilingualTitle } from '../../src/control/calls/titles.js';
import { type Bilingual, joinedChinese, listed } from '../../src/text/bilingual.js';
import { type ArgumentsOf, message } from '../../src/text/catalogue.js';
import { nearName } from '../../src/text/edit-distance.js';
import { schemaWords } from '../../src/text/schema-words.js';
import { cut, quote } from '../../src/text/shown-json.js';
import { VALUE_MESSAGES, type ValueMessageId } from './value-messages.js';

export interface SchemaProblem {
  readonly id: ValueMessageId;
  /** A JSON Pointer to the field. */
  readonly pointer: string;
  readonly detail: Bilingual;
}

export function valueProblem<Id extends ValueMessageId>(
  pointer: string,
  id: Id,
  ...[parameters]: ArgumentsOf<(typeof VALUE_MESSAGES)[Id]>
): SchemaProblem {
  return { id, pointer, detail: message(VALUE_MESSAGES[id], parameters) };
}

/** The first problem of a value; undefined for a valid value. */
export function schemaProblem(
  validate: ValidateFunction,
  value: unknown,
): SchemaProblem | undefined {
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return error === undefined ? valueProblem('', 'value.invalid') : describe(error);
}

function describe(error: ErrorObject): SchemaProblem {
  const { instancePath: pointer, keyword, params, data, parentSchema } = error;
  switch (keyword) {
    case 'additionalProperties':
      return unknownName(String(params['additionalProperty']), {
        pointer,
        known: Object.keys(parentSchema?.['properties'] ?? {}),
      });
    case 'required':
      return valueProblem(`${pointer}/${params['missingProperty']}`, 'value.missing');
    case 'enum':
      return notOneOf(pointer, params['allowedValues'], data);
    case 'false schema':
      return valueProblem(pointer, 'value.excluded', { other: excludingField(error) });
    default: {
      const isSecret = parentSchema?.['writeOnly'] === true;
      const found = isSecret ? '' : foundWords(data);
      return valueProblem(pointer, 'value.wrong', { must: requirementOf(error), found });
    }
  }
}

function foundWords(value: unknown): Bilingual {
  return { en: `, found ${quote(value)}`, zh: `，实际为 ${quote(value)}` };
}

/** Schemas exclude a field by the `dependentSchemas` of the other one. */
function excludingField({ schemaPath }: ErrorObject): string {
  return /\/dependentSchemas\/([^/]+)\//.exec(schemaPath)?.[1] ?? '';
}

export interface KnownNames {
  readonly pointer: string;
  readonly known: readonly string[];
}

export function unknownName(name: string, { pointer, known }: KnownNames): SchemaProblem {
  const near = nearName(name, known);
  const field = `${pointer}/${cut(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const { en, zh } = listed(known);
  const hint: Bilingual =
    near === undefined
      ? { en: `known: ${en}`, zh: `可用：${zh}` }
      : { en: `did you mean ${quote(near)}?`, zh: `是不是 ${quote(near)}？` };
  return valueProblem(field, 'value.unknown-field', { name, hint });
}

/** The problem of a value that is not allowed. `where` names what the allowed values are for. */
export function notOneOf(
  pointer: string,
  allowed: readonly unknown[],
  found: unknown,
  where?: string,
): SchemaProblem {
  return valueProblem(pointer, 'value.not-listed', {
    values: listed(allowed.map(quote)),
    where: where === undefined ? '' : { en: ` for ${where}`, zh: `${where} 的` },
    found,
  });
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
