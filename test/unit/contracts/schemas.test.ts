/** The schemas as a whole: strict, named, equal to the tables and to the files beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { AMBIGUITIES, type ContractSchema, type Operation, RESULT_CODES, SCHEMAS } from '../../../contracts/index.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { DIRECTIONS, OPERATIONS } from './validators.js';

const FOLDER = new URL('../../../contracts/schemas/', import.meta.url);
const STEMS = { loginTokenValidate: 'login-token-validate', tokenValidate: 'token-validate' } as const;
const ALL = OPERATIONS.flatMap((operation) =>
  DIRECTIONS.map((direction) => ({
    name: `${STEMS[operation]}-${direction}`,
    operation,
    direction,
    schema: SCHEMAS[operation][direction],
  })),
);
const SECTIONS: Readonly<Record<Operation, string>> = {
  loginTokenValidate: 'The document, 1.',
  tokenValidate: 'The document, 2.',
};
const BASES = /^(?:documented|observed|inferred|assumed)[.:]/;

/** What the kit's own files are, which are no messages. */
const OF_THE_KIT = ['calibration', 'case-file', 'deviations', 'profile', 'scenario-file', 'vectors'];

test('each file is a schema, and each schema a file', () => {
  const names = [...ALL.map(({ name }) => name), ...OF_THE_KIT];
  expect(readdirSync(FOLDER).sort()).toEqual(names.map((name) => `${name}.schema.json`).sort());
});

test.each(OF_THE_KIT)('%s is strict JSON Schema 2020-12 with an id and a description', (name) => {
  const schema = JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8'));
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:cmpassport-mock:schema:${name}`,
    title: expect.stringMatching(/./),
    description: expect.stringMatching(/./),
  });
  const formats = { 'date-time': true, regex: true } as const;
  expect(() =>
    new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, formats }).compile(schema),
  ).not.toThrow();
});

describe.each(ALL)('$name', ({ name, operation, schema }) => {
  test('is the file of its name', () => {
    expect(JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8'))).toEqual(schema);
  });

  test('is strict JSON Schema 2020-12', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(() => new Ajv2020({ strict: true }).compile(schema)).not.toThrow();
    expect(new Ajv2020().validateSchema(schema)).toBe(true);
  });

  test('has an id, a title and the section that it follows', () => {
    expect(schema.$id).toBe(`urn:cmpassport-mock:schema:${name}`);
    expect(schema.title).toContain(operation);
    expect(schema.description).toContain(SECTIONS[operation]);
  });

  test('says in each comment how it is known', () => {
    const comments = valuesOf(schema, '$comment');
    expect(comments.length).toBeGreaterThan(3);
    expect(comments.filter((comment) => !BASES.test(String(comment)))).toEqual([]);
  });

  test('names ambiguities that there are', () => {
    const named = valuesOf(schema, '$comment').flatMap(
      (comment) => String(comment).match(/(?<=ambiguity )[a-z0-9-]+/g) ?? [],
    );
    const known = AMBIGUITIES.map(({ id }) => id);
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
  });
});

test.each([
  { operation: 'loginTokenValidate', at: ['properties', 'resultCode', 'enum'], count: 15 },
  { operation: 'tokenValidate', at: ['properties', 'header', 'properties', 'resultCode', 'enum'], count: 12 },
] as const)('the codes of $operation are those of both tables, in their order', ({ operation, at, count }) => {
  const codes = at.reduce<unknown>((node, key) => Object(node)[key], SCHEMAS[operation].response);
  expect(codes).toEqual(RESULT_CODES.filter((row) => row.operation === operation).map(({ resultCode }) => resultCode));
  expect(codes).toEqual(RESULTS[operation].map(({ code }) => code));
  expect(codes).toHaveLength(count);
});

test('the published tables are the files', () => {
  const read = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, FOLDER), 'utf8'));
  expect(RESULT_CODES).toEqual(read('result-codes.json').results);
  expect(AMBIGUITIES).toEqual(read('ambiguities.json').ambiguities);
  expect(RESULT_CODES).toHaveLength(27);
});

test.each([
  { table: 'the result codes', rows: RESULT_CODES.map(({ chargedBasis }) => chargedBasis) },
  { table: 'the ambiguities', rows: AMBIGUITIES.map(({ basis }) => basis) },
])('$table have a basis each', ({ rows }) => {
  expect(rows.filter((basis) => !['documented', 'observed', 'inferred', 'assumed'].includes(basis))).toEqual([]);
});

/** What a keyword has, wherever it stands in a schema. */
function valuesOf(schema: ContractSchema | unknown, keyword: string): readonly unknown[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => (key === keyword ? [value] : valuesOf(value, keyword)));
}
