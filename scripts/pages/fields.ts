/**
 * The fields of a body or an answer of the control API, and the query parameters of a call. The English words are the
 * descriptions of the schema; the Chinese ones are in field-words.json, for each field of a component that a page has.
 */
import { defaultSettings } from '../../mock-server/carrier/apps/app-input.js';
import { createRandom } from '../../mock-server/carrier/sources.js';
import { toConfiguration } from '../../mock-server/options/configuration.js';
import { DEFAULT_HOST } from '../../mock-server/options/option-rows.js';
import { CALLS } from '../../src/control/calls/calls.js';
import { COMPONENTS } from '../../src/control/calls/components.js';
import { type Schema, schemaOf } from '../../src/control/calls/notation.js';
import { QUERY, type QueryName } from '../../src/control/calls/query.js';
import { bilingualTitle } from '../../src/control/calls/titles.js';
import { isObject } from '../../src/protocol/json.js';
import { type Bilingual, bilingual, type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import CHINESE from './field-words.json' with { type: 'json' };
import { code, plain, table } from './markdown.js';

interface FieldRow {
  readonly name: string;
  readonly schema: Schema;
}

const HEAD = { en: ['Field', 'Value', 'Meaning'], zh: ['字段', '取值', '含义'] };
const DEFAULT_HEAD = { en: 'Default', zh: '默认' };
const GENERATED: Bilingual = { en: 'generated', zh: '随机生成' };
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = CHINESE;
const SCHEMAS: Readonly<Record<string, Schema>> = COMPONENTS;

/** A component with defaults has a column for them. */
const DEFAULTS: Readonly<Record<string, (name: string) => Bilingual>> = {
  CreateApp: defaultOfApp,
};

export function fields(language: Language, component: string): string {
  const schema = SCHEMAS[component];
  if (schema === undefined) throw new Error(`the control API has no component ${component}`);
  const defaultOf = DEFAULTS[component];
  const rows = rowsIn(schema).map((row) => [
    code(row.name),
    valuesOf(row.schema)[language],
    meaningOf(component, row)[language],
    ...(defaultOf === undefined ? [] : [defaultOf(row.name)[language]]),
  ]);
  checkWords(component, rowsIn(schema));
  return table(
    defaultOf === undefined ? HEAD[language] : [...HEAD[language], DEFAULT_HEAD[language]],
    rows,
  );
}

export function query(language: Language, id: string): string {
  const call = CALLS.find((each) => each.id === id);
  if (call === undefined || !('query' in call)) throw new Error(`no parameters of a call ${id}`);
  const rows = call.query.map((name: QueryName) => {
    const [of, description] = QUERY[name];
    return { name, schema: { ...schemaOf(of), description } };
  });
  checkWords(id, rows);
  return table(
    HEAD[language],
    rows.map((row) => [
      code(row.name),
      valuesOf(row.schema)[language],
      meaningOf(id, row)[language],
    ]),
  );
}

/** Those of an object in it have both names. */
function rowsIn(schema: Schema): readonly FieldRow[] {
  return propertiesOf(schema).flatMap(({ name, schema: own }) => [
    ...(isObject(own['properties']) && own['description'] === undefined
      ? []
      : [{ name, schema: own }]),
    ...(own['description'] === undefined
      ? propertiesOf(own).map((inner) => ({ ...inner, name: `${name}.${inner.name}` }))
      : []),
  ]);
}

function propertiesOf({ properties }: Schema): readonly FieldRow[] {
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, schema]) =>
    isObject(schema) ? [{ name, schema }] : [],
  );
}

function meaningOf(owner: string, { name, schema }: FieldRow): Bilingual {
  const description = schema['description'];
  return {
    en: typeof description === 'string' ? plain(description) : '',
    zh: WORDS[owner]?.[name] ?? '',
  };
}

/** A field without Chinese words, or words without a field, is a mistake. */
function checkWords(owner: string, rows: readonly FieldRow[]): void {
  const described = rows.filter(({ schema }) => schema['description'] !== undefined);
  const names = described.map(({ name }) => name);
  const words = Object.keys(WORDS[owner] ?? {});
  const wrong = [...names, ...words].filter(
    (name) => !names.includes(name) || !words.includes(name),
  );
  if (wrong.length > 0)
    throw new Error(`scripts/pages/field-words.json and ${owner} differ in ${wrong.join(', ')}`);
}

const BOOLEAN: Bilingual = { en: '`true`, `false`', zh: '`true`、`false`' };
const TEXT: Bilingual = { en: 'text', zh: '文本' };
const NUMBER: Bilingual = { en: 'number', zh: '数字' };
const OBJECT: Bilingual = { en: 'object', zh: '对象' };
const NONE: Bilingual = { en: '', zh: '' };
const VALUES_MAX = 8;

/** What a value can be. null is explained in the meaning. */
function valuesOf(schema: Schema): Bilingual {
  const { $ref, title, enum: values, items, type: of } = schema;
  if (typeof $ref === 'string') return valuesOf(SCHEMAS[$ref.replace(/^.*\//, '')] ?? {});
  if (typeof title === 'string') return bilingualTitle(title);
  if (Array.isArray(values)) return listOf(values.filter((value) => value !== null));
  if (isObject(items)) return listWords(valuesOf(items));
  const [name] = Array.isArray(of) ? of : [of];
  return ofType(name, schema);
}

function ofType(name: unknown, schema: Schema): Bilingual {
  switch (name) {
    case 'boolean':
      return BOOLEAN;
    case 'integer':
    case 'number':
      return range(schema);
    case 'object':
      return OBJECT;
    case 'string':
      return textWords(schema['maxLength']);
    default:
      return NONE;
  }
}

function listOf(values: readonly unknown[]): Bilingual {
  if (values.length > VALUES_MAX) return NONE;
  return bilingual((language) =>
    values.map((value) => code(String(value))).join(LIST_COMMA[language]),
  );
}

function listWords({ en, zh }: Bilingual): Bilingual {
  return { en: `list: ${en}`, zh: `列表：${zh}` };
}

function range({ minimum, maximum }: Schema): Bilingual {
  if (maximum === undefined) return NUMBER;
  return bilingual(() => `${minimum ?? 0}–${maximum}`);
}

function textWords(max: unknown): Bilingual {
  if (typeof max !== 'number') return TEXT;
  return { en: `text, at most ${max} characters`, zh: `文本，最多 ${max} 个字符` };
}

/** A default that differs from app to app is generated. */
function defaultOfApp(name: string): Bilingual {
  const { settings } = toConfiguration({}, DEFAULT_HOST);
  const [one, other] = ['one', 'other'].map(
    (seed): Readonly<Record<string, unknown>> => ({
      ...defaultSettings(settings, createRandom(seed)),
    }),
  );
  const value = one?.[name];
  if (value === undefined || (isObject(value) && !Array.isArray(value))) return NONE;
  if (value !== other?.[name] && !Array.isArray(value)) return GENERATED;
  return bilingual(() => code(Array.isArray(value) ? value.join(', ') : String(value)));
}
