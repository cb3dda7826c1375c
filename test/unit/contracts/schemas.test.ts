/** The schemas are strict and named, and match the tables and the files. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import ambiguities from '../../../contracts/ambiguities.json' with { type: 'json' };
import loginDuties from '../../../contracts/duties/login-token-validate.json' with { type: 'json' };
import verifyDuties from '../../../contracts/duties/token-validate.json' with { type: 'json' };
import {
  AMBIGUITIES,
  type ContractSchema,
  RESULT_CODES,
  SCHEMAS,
} from '../../../contracts/index.js';
import { FACTS, OPERATIONS, templateOf } from '../../../contracts/kit/operations.js';
import { valueAt } from '../../../contracts/kit/pointer.js';
import { LEVELS } from '../../../contracts/kit/result.js';
import { clauseIn, schemaProblems } from '../../../contracts/kit/schemas.js';
import { VALIDATORS } from '../../../contracts/kit/validators.js';
import { observationIn } from '../../../contracts/report/descriptions.js';
import judged from '../../../contracts/result-codes.json' with { type: 'json' };
import { OPERATIONS as OURS } from '../../../src/protocol/operations.js';
import { READINGS } from '../../../src/protocol/readings.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { STEMS } from '../../support/files.js';
import { DIRECTIONS } from './validators.js';

const FOLDER = new URL('../../../contracts/schemas/', import.meta.url);
const ALL = OPERATIONS.flatMap((operation) =>
  DIRECTIONS.map((direction) => ({
    name: `${STEMS[operation]}-${direction}`,
    operation,
    direction,
    schema: SCHEMAS[operation][direction],
  })),
);
const DUTIES: Readonly<
  Record<string, readonly { readonly section: string; readonly sentence: string }[]>
> = {
  loginTokenValidate: loginDuties.duties,
  tokenValidate: verifyDuties.duties,
};
const SECTIONS: Readonly<Record<string, string>> = {
  loginTokenValidate: 'The document, 1.',
  tokenValidate: 'The document, 2.',
};
const ELSEWHERE = 'from public material';
/** The schemas of the kit's files, which are not messages. */
const KIT_SCHEMAS = [
  'calibration',
  'case-file',
  'deviations',
  'profile',
  'scenario-file',
  'vectors',
];

test('each schema has a file, and each file is a schema', () => {
  const names = [...ALL.map(({ name }) => name), ...KIT_SCHEMAS];
  expect(readdirSync(FOLDER).sort()).toEqual(names.map((name) => `${name}.schema.json`).sort());
});

test.each(KIT_SCHEMAS)('%s is strict JSON Schema 2020-12 with an id and a description', (name) => {
  const schema = JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8'));
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:cmpassport-mock:schema:${name}`,
    title: expect.stringMatching(/./),
    description: expect.stringMatching(/./),
  });
  const formats = { 'date-time': true, regex: true } as const;
  expect(() =>
    new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, formats }).compile(
      schema,
    ),
  ).not.toThrow();
});

describe.each(ALL)('$name', ({ name, operation, schema }) => {
  test('has an id, a title and its section', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.$id).toBe(`urn:cmpassport-mock:schema:${name}`);
    expect(schema.title).toContain(operation);
    expect(schema.description).toContain(SECTIONS[operation] ?? ELSEWHERE);
  });

  test('each comment quotes the document, or states what is observed, inferred or assumed', () => {
    const clauses = valuesOf(schema, '$comment').map((comment) => clauseIn(String(comment)));
    expect(clauses.length).toBeGreaterThan(3);
    const wrong = clauses.filter(({ basis, source }) => {
      const { section, sentence } = source;
      return basis === 'documented'
        ? !DUTIES[operation]?.some(
            (duty) => duty.section === section && duty.sentence.includes(sentence),
          )
        : !(section === basis && section in LEVELS) || observationIn(source, 'zh') === sentence;
    });
    expect(wrong).toEqual([]);
  });

  test('refers only to known ambiguities', () => {
    const named = valuesOf(schema, '$comment').flatMap(
      (comment) => String(comment).match(/(?<=ambiguity )[a-z0-9-]+/g) ?? [],
    );
    const known = AMBIGUITIES.map(({ id }) => id);
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
  });
});

test.each(OPERATIONS)('the codes of %s match both tables, in order', (operation) => {
  const at = FACTS[operation].response.resultCode.replaceAll('/', '/properties/');
  const codes = valueAt(SCHEMAS[operation].response, `${at}/enum`);
  expect(codes).toEqual(
    RESULT_CODES.filter((row) => row.operation === operation).map(({ resultCode }) => resultCode),
  );
  expect(codes).toEqual(RESULTS[operation].map(({ code }) => code));
});

test.each([
  { table: 'the result codes', rows: RESULT_CODES.map(({ chargedBasis }) => chargedBasis) },
  { table: 'the ambiguities', rows: AMBIGUITIES.map(({ basis }) => basis) },
])('$table each have a basis', ({ rows }) => {
  expect(
    rows.filter((basis) => !['documented', 'observed', 'inferred', 'assumed'].includes(basis)),
  ).toEqual([]);
});

/** All values of a keyword in a schema. */
function valuesOf(schema: ContractSchema | unknown, keyword: string): readonly unknown[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === keyword ? [value] : valuesOf(value, keyword),
  );
}

test('a problem lists the allowed values, an empty text in quotes', () => {
  const problems = schemaProblems('tokenValidate', 'Request', {
    header: {},
    body: { openType: 'x' },
  });
  expect(problems).toContainEqual({
    at: '/body/openType',
    keyword: 'enum',
    expected: { en: 'one of 1, 2, 3, 0, ""', zh: '1, 2, 3, 0, "" 之一' },
    clause: {
      level: 'MUST',
      basis: 'documented',
      source: { section: '2.3 openType', sentence: '运营商类型：1:移动;2:联通;3:电信;0:未知' },
    },
  });
});

// The kit and the server have separate tables, made from the document. They are equal.

test('the operations have the names and paths of the server, in the same order', () => {
  expect(OPERATIONS.map((operation) => ({ operation, path: templateOf(operation).path }))).toEqual(
    OURS.map(({ operation, path }) => ({ operation, path })),
  );
});

test.each(OPERATIONS)('the places of %s are in its schemas', (operation) => {
  const { request, response } = FACTS[operation];
  for (const [schema, places] of [
    [SCHEMAS[operation].request, request],
    [SCHEMAS[operation].response, response],
  ] as const) {
    const missing = Object.values(places).filter(
      (at) => valueAt(schema, at.replaceAll('/', '/properties/')) === undefined,
    );
    expect(missing).toEqual([]);
  }
});

test.each(OPERATIONS)('a profile can have %s', (operation) => {
  const profile = JSON.parse(readFileSync(new URL('profile.schema.json', FOLDER), 'utf8'));
  expect(Object.keys(profile.properties.baseUrls.properties)).toContain(operation);
  expect(profile.properties.capabilities.items.enum).toContain(operation);
});

test.each(OPERATIONS)('a calibration can have %s', (operation) => {
  const calibration = {
    ...{
      format: 2,
      target: 'staging',
      calibratedAt: '2026-11-27T10:00:00.000Z',
      paidCalls: 0,
      readings: {},
    },
    ...{
      answers: {},
      evidence: {},
      beyond: [],
      precedence: { [operation]: [] },
      statuses: { [operation]: { '1': 200 } },
    },
    texts: { [operation]: { '1': 'ok' } },
  };
  VALIDATORS.calibration(calibration);
  expect(VALIDATORS.calibration.errors ?? []).toEqual([]);
});

test('the result codes are the same, in the same order, with the same charges', () => {
  const ours = OURS.flatMap(({ operation }) =>
    RESULTS[operation].map(({ code, charged }) => ({ operation, resultCode: code, charged })),
  );
  expect(
    judged.results.map(({ operation, resultCode, charged }) => ({
      operation,
      resultCode,
      charged,
    })),
  ).toEqual(ours);
});

test('each description has the words of the document without the text in brackets', () => {
  const ours = OURS.flatMap(({ operation }) => RESULTS[operation].map(({ desc }) => desc));
  expect(
    judged.results.map(({ document }) =>
      document.replace(/（.*）$|\(.*\)$|\[userInformation\]$/, ''),
    ),
  ).toEqual(ours);
});

test('each reading has a row in the ambiguities, with the same options, default and basis', () => {
  const ours = READINGS.map((row) => ({
    id: row.id,
    options: [...row.options, ...('form' in row ? [row.form] : [])],
    default: row.options[0],
    basis: row.basis,
  }));
  const theirs = ambiguities.ambiguities.map((row) => ({
    id: row.id,
    options: row.readings.map(({ option }) => option),
    default: row.default,
    basis: row.basis,
  }));
  expect(theirs).toEqual(ours);
});
