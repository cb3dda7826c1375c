/** The sentence for an invalid value, and the suggestion for a typing mistake. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { schemaProblem } from '../../mock-server/schemas/schema-problem.js';
import { CONFIGURATION_SCHEMA } from '../../mock-server/schemas/schemas.js';
import { VALIDATORS } from '../../mock-server/schemas/validators.js';
import { BODIES } from '../../src/control/calls/bodies.js';
import { bilingualTitle, TITLES } from '../../src/control/calls/titles.js';
import { encryptNumber } from '../../src/protocol/phone-num.js';
import { editDistance, nearName } from '../../src/text/edit-distance.js';
import { quote } from '../../src/text/shown-json.js';
import { english } from '../support/bilingual.js';

const ajv = new Ajv2020({ verbose: true, strictTypes: false });
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

test.each([
  {
    description: 'a wrong type',
    schema: closed({ port: { type: 'integer' } }),
    value: { port: 'x' },
    expected: { pointer: '/port', detail: 'must be an integer, found "x"' },
  },
  {
    description: 'a wrong type where several are allowed',
    schema: closed({ name: { type: ['string', 'null'] } }),
    value: { name: 1 },
    expected: { pointer: '/name', detail: 'must be a string or null, found 1' },
  },
  {
    description: 'the whole value',
    schema: closed({}),
    value: null,
    expected: { pointer: '', detail: 'must be an object, found null' },
  },
  {
    description: 'a number below its minimum',
    schema: closed({ n: { minimum: 1 } }),
    value: { n: 0 },
    expected: { pointer: '/n', detail: 'must be >= 1, found 0' },
  },
  {
    description: 'a schema with a title',
    schema: closed({ by: { pattern: '^a$', title: 'the letter a' } }),
    value: { by: 'b' },
    expected: { pointer: '/by', detail: 'must be the letter a, found "b"' },
  },
  {
    description: 'an item of a list, with the options quoted',
    schema: closed({ list: { items: { enum: ['a', 1, null] } } }),
    value: { list: ['a', 'b'] },
    expected: { pointer: '/list/1', detail: 'must be one of "a", 1, null, found "b"' },
  },
  {
    description: 'a missing field',
    schema: closed({ a: closed({ b: {} }, ['b']) }),
    value: { a: {} },
    expected: { pointer: '/a/b', detail: 'is missing' },
  },
  {
    description: 'an unknown field that is similar to a known one',
    schema: closed({ appId: {}, appKey: {} }),
    value: { appid: 1 },
    expected: { pointer: '/appid', detail: 'unknown field "appid"; did you mean "appId"?' },
  },
  {
    description: 'an unknown field that is not similar to any',
    schema: closed({ appId: {}, appKey: {} }),
    value: { colour: 1 },
    expected: { pointer: '/colour', detail: 'unknown field "colour"; known: appId, appKey' },
  },
  {
    description: 'a field name with a slash and a tilde',
    schema: closed({}),
    value: { 'a/b~c': 1 },
    expected: { pointer: '/a~1b~0c', detail: expect.stringContaining('"a/b~c"') },
  },
  {
    description: 'a field that excludes another',
    schema: { ...closed({ a: {}, b: {} }), dependentSchemas: { a: { properties: { b: false } } } },
    value: { a: 1, b: 2 },
    expected: { pointer: '/b', detail: 'cannot be combined with a: omit one of the two' },
  },
])('$description', ({ schema, value, expected }) => {
  const { pointer, detail } = schemaProblem(ajv.compile(schema), value) ?? {};
  expect({ pointer, detail: detail && english(detail) }).toEqual(expected);
});

test.each([
  {
    description: 'a text that is too short',
    schema: { minLength: 1 },
    value: '',
    zh: '至少要有 1 个字符',
  },
  {
    description: 'a text that is too long',
    schema: { maxLength: 1 },
    value: 'ab',
    zh: '最多 1 个字符',
  },
  {
    description: 'a list that is too short',
    schema: { minItems: 1 },
    value: [],
    zh: '至少要有 1 项',
  },
  {
    description: 'a list that is too long',
    schema: { maxItems: 1 },
    value: [1, 2],
    zh: '最多 1 项',
  },
  {
    description: 'a list with a repeated item',
    schema: { uniqueItems: true },
    value: ['a', 'a'],
    zh: '第 2 项与第 1 项重复',
  },
  { description: 'a number that is too small', schema: { minimum: 1 }, value: 0, zh: '不能小于 1' },
  { description: 'a number that is too large', schema: { maximum: 1 }, value: 2, zh: '不能大于 1' },
  { description: 'a wrong type', schema: { type: 'integer' }, value: 'x', zh: '应为整数' },
  {
    description: 'none of two types',
    schema: { type: ['string', 'null'] },
    value: 1,
    zh: '应为字符串或 null',
  },
  { description: 'a value that must be null', schema: { type: 'null' }, value: 1, zh: '应为 null' },
  {
    description: 'a value that is not in the list',
    schema: { enum: ['a', 'b', null] },
    value: 'c',
    zh: '取值应为 "a"、"b"、null 之一',
  },
  {
    description: 'a title without Chinese',
    schema: { pattern: '^a$', title: 'an a' },
    value: 'b',
    zh: '应为 an a',
  },
  {
    description: 'a title that begins with a digit',
    schema: { pattern: '^a$', title: TITLES.appId.en },
    value: '!',
    zh: '应为 1–64 位字母、数字、点、横线和下划线，以字母或数字开头',
  },
  {
    description: 'a keyword without Chinese',
    schema: { multipleOf: 2 },
    value: 3,
    zh: 'must be multiple of 2',
  },
])('$description, in both languages', ({ schema, value, zh }) => {
  const { detail } = schemaProblem(ajv.compile(closed({ field: schema })), { field: value }) ?? {};
  const found = JSON.stringify(value);
  expect(detail?.en).toContain(`found ${found}`);
  expect(detail?.en).not.toContain('NOT');
  expect(detail?.zh).toBe(`${zh}，实际为 ${found}`);
});

function titlesIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const below = Object.values(schema).flatMap(titlesIn);
  return 'type' in schema && schema.type !== 'object' && 'title' in schema
    ? [String(schema.title), ...below]
    : below;
}

test.each([
  {
    reading: 'system-time',
    value: 'window:5',
    zh: '应为 digits、calendar 或 window:<时长>（如 window:5m）',
  },
  {
    reading: 'msgid-replay',
    value: 'refuse',
    zh: '应为 allowed、refused 或 refused:<返回码>（如 refused:103211）',
  },
])('the Chinese problem of $reading names its options', ({ reading, value, zh }) => {
  const { detail } = schemaProblem(VALIDATORS.CreateApp, { readings: { [reading]: value } }) ?? {};
  expect(detail?.zh).toBe(`${zh}，实际为 "${value}"`);
});

test('the Chinese problem of an unknown field lists the known ones', () => {
  const { detail } = schemaProblem(ajv.compile(closed({ a: {}, b: {} })), { colour: 1 }) ?? {};
  expect(detail?.zh).toBe('未知字段 "colour"；可用：a、b');
});

test('every title of a schema has a Chinese text', () => {
  const titles = titlesIn([CONFIGURATION_SCHEMA, BODIES]);
  expect(titles.length).toBeGreaterThan(5);
  for (const title of titles) expect(english(bilingualTitle(title))).toBe(title);
});

describe('h5TokenValidate encrypts with the first 16 characters of an appKey, so these are ASCII', () => {
  const problemsOf = (appKey: string) => [
    schemaProblem(VALIDATORS.CreateApp, { appKey }),
    schemaProblem(VALIDATORS.PatchApp, { appKey }),
    schemaProblem(VALIDATORS.configuration, { apps: [{ appId: '1', appKey }] }),
  ];

  test.each([
    { description: 'a short one', appKey: 'k' },
    { description: '16 and a Chinese one', appKey: `${'k'.repeat(16)}密` },
  ])('$description is accepted', ({ appKey }) => {
    expect(problemsOf(appKey)).toEqual([undefined, undefined, undefined]);
    expect(encryptNumber('13800138000', appKey)).toHaveLength(24);
  });

  test.each([
    { description: 'a short one with an accent', appKey: 'clé' },
    { description: '15 and a Chinese one', appKey: `${'k'.repeat(15)}密` },
  ])('$description is refused, wherever an app is made', ({ appKey }) => {
    const en = `must be 1 to 256 characters, the first 16 in ASCII: they are the AES key of h5TokenValidate, found "${appKey}"`;
    const zh = `应为 1–256 个字符，前 16 个是 ASCII 字符（h5TokenValidate 的 AES 密钥），实际为 "${appKey}"`;
    expect(problemsOf(appKey)).toEqual([
      { id: 'value.wrong', pointer: '/appKey', detail: { en, zh } },
      { id: 'value.wrong', pointer: '/appKey', detail: { en, zh } },
      { id: 'value.wrong', pointer: '/apps/0/appKey', detail: { en, zh } },
    ]);
  });
});

test('a valid value has no problem', () => {
  expect(schemaProblem(ajv.compile(closed({ a: {} })), { a: 1 })).toBeUndefined();
});

test.each([
  { value: 'x', expected: '"x"' },
  { value: undefined, expected: 'nothing' },
  { value: { a: [1] }, expected: '{"a":[1]}' },
  { value: 'x'.repeat(118), expected: `"${'x'.repeat(118)}"` },
  { value: 'x'.repeat(119), expected: `"${'x'.repeat(119)}…` },
  { value: [[[[[[[[[1]]]]]]]]], expected: '[[[[[[[["…"]]]]]]]]' },
])('$value is quoted', ({ value, expected }) => {
  expect(quote(value)).toBe(expected);
});

test.each([
  { a: '', b: '', expected: 0 },
  { a: 'port', b: 'port', expected: 0 },
  { a: 'prot', b: 'port', expected: 2 },
  { a: 'por', b: 'port', expected: 1 },
  { a: 'ports', b: 'port', expected: 1 },
  { a: 'pork', b: 'port', expected: 1 },
  { a: '', b: 'abc', expected: 3 },
  { a: 'abc', b: '', expected: 3 },
  { a: 'kitten', b: 'sitting', expected: 3 },
  { a: 'appId', b: '😀😀😀😀', expected: 5 },
])('the edit distance from "$a" to "$b" is $expected', ({ a, b, expected }) => {
  expect(editDistance(a, b)).toBe(expected);
});

test.each([
  { name: 'appid', expected: 'appId' },
  { name: 'apId', expected: 'appId' },
  { name: 'appIdXX', expected: 'appId' },
  { name: 'appIdXXX', expected: undefined },
  { name: '😀😀😀😀', expected: undefined },
])('the suggestion for $name is $expected', ({ name, expected }) => {
  expect(nearName(name, ['appKey', 'appId'])).toBe(expected);
});
