/** What is wrong with a value, in one sentence; and how near a typing mistake is. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { quote, schemaProblem } from '../../mock-server/schemas/schema-problem.js';
import { editDistance, nearName } from '../../mock-server/text/edit-distance.js';

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
    expected: { pointer: '/port', detail: 'must be integer, found "x"' },
  },
  {
    description: 'the whole value',
    schema: closed({}),
    value: null,
    expected: { pointer: '', detail: 'must be object, found null' },
  },
  {
    description: 'a number below its bound',
    schema: closed({ n: { minimum: 1 } }),
    value: { n: 0 },
    expected: { pointer: '/n', detail: 'must be >= 1, found 0' },
  },
  {
    description: 'a schema that describes itself',
    schema: closed({ by: { pattern: '^a$', title: 'the letter a' } }),
    value: { by: 'b' },
    expected: { pointer: '/by', detail: 'must be the letter a, found "b"' },
  },
  {
    description: 'an item of a list, its options quoted',
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
    description: 'an unknown field near a known one',
    schema: closed({ appId: {}, appKey: {} }),
    value: { appid: 1 },
    expected: { pointer: '/appid', detail: 'unknown field "appid"; did you mean "appId"?' },
  },
  {
    description: 'an unknown field far from all',
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
    expected: { pointer: '/b', detail: 'does not go with the other fields, found 2' },
  },
])('$description', ({ schema, value, expected }) => {
  expect(schemaProblem(ajv.compile(schema), value)).toEqual(expected);
});

test.each([
  { description: 'a text that is too short', schema: { minLength: 1 }, value: '' },
  { description: 'a text that is too long', schema: { maxLength: 1 }, value: 'ab' },
  { description: 'a list that is too short', schema: { minItems: 1 }, value: [] },
  { description: 'a list that has something twice', schema: { uniqueItems: true }, value: ['a', 'a'] },
])('$description is told in English', ({ schema, value }) => {
  const { detail = '' } = schemaProblem(ajv.compile(closed({ field: schema })), { field: value }) ?? {};
  expect(detail).toContain(`found ${JSON.stringify(value)}`);
  expect(detail).not.toContain('must be NOT');
});

test('a value without a problem has none', () => {
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
])('from "$a" to "$b" are $expected letters', ({ a, b, expected }) => {
  expect(editDistance(a, b)).toBe(expected);
});

test.each([
  { name: 'appid', expected: 'appId' },
  { name: 'apId', expected: 'appId' },
  { name: 'appIdXX', expected: 'appId' },
  { name: 'appIdXXX', expected: undefined },
  { name: '😀😀😀😀', expected: undefined },
])('$name probably means $expected', ({ name, expected }) => {
  expect(nearName(name, ['appKey', 'appId'])).toBe(expected);
});
