/** The vector files: schema, numbers, flags, notes. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { FILES, VECTORS, VECTORS_FOLDER } from './vector-files.js';

const SCHEMA_FILE = new URL('../../../contracts/schemas/vectors.schema.json', import.meta.url);
const SCHEMA = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'));
const isValid = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(SCHEMA);

/** The first number of each file never changes, so the number of a vector never changes. */
const FIRST_TC_IDS = [
  { file: 'login-md5.json', firstTcId: 1 },
  { file: 'login-rsa.json', firstTcId: 17 },
  { file: 'login-msisdn.json', firstTcId: 29 },
  { file: 'token-validate-hmac.json', firstTcId: 31 },
  { file: 'token-validate-phone-num.json', firstTcId: 41 },
  { file: 'token-validate-rsa.json', firstTcId: 47 },
  { file: 'login-md5-pitfalls.json', firstTcId: 101 },
  { file: 'login-rsa-pitfalls.json', firstTcId: 201 },
  { file: 'login-msisdn-pitfalls.json', firstTcId: 301 },
  { file: 'token-validate-hmac-pitfalls.json', firstTcId: 401 },
  { file: 'token-validate-phone-num-pitfalls.json', firstTcId: 501 },
  { file: 'token-validate-rsa-pitfalls.json', firstTcId: 601 },
  { file: 'token-validate-phone-num-rsa.json', firstTcId: 701 },
  { file: 'timestamp.json', firstTcId: 801 },
  { file: 'login-rsa-malformed.json', firstTcId: 901 },
  { file: 'token-validate-rsa-malformed.json', firstTcId: 1101 },
  { file: 'login-md5-malformed.json', firstTcId: 1301 },
  { file: 'token-validate-hmac-malformed.json', firstTcId: 1401 },
  { file: 'token-validate-phone-num-rsa-malformed.json', firstTcId: 1501 },
  { file: 'login-msisdn-malformed.json', firstTcId: 1601 },
];

test('each file has a first number, and each first number a file', () => {
  expect(FILES.map(({ file }) => file).sort()).toEqual(FIRST_TC_IDS.map(({ file }) => file).sort());
});

describe.each(FILES)('$file', ({ file, json }) => {
  const tests = json.testGroups.flatMap((group) => group.tests);

  test('matches the schema', () => {
    isValid(json);
    expect(isValid.errors ?? []).toEqual([]);
  });

  test('has the stated number of tests', () => {
    expect(tests).toHaveLength(json.numberOfTests);
  });

  test('has groups of one type only', () => {
    expect(new Set(json.testGroups.map(({ type }) => type)).size).toBe(1);
  });

  test('numbers its tests without a gap', () => {
    const first = FIRST_TC_IDS.find((row) => row.file === file)?.firstTcId ?? Number.NaN;
    expect(tests.map(({ tcId }) => tcId)).toEqual(tests.map((_, at) => first + at));
  });

  test('explains each flag, and has no other notes', () => {
    expect(Object.keys(json.notes)).toEqual([...new Set(tests.flatMap(({ flags }) => flags))].sort());
  });

  test('has a flag for each test that is not valid', () => {
    expect(tests.filter(({ result, flags }) => result !== 'valid' && flags.length === 0)).toEqual([]);
  });

  test('has the signed text only if it differs from the string to sign', () => {
    expect(
      tests.filter(({ stringToSign, signedText }) => signedText !== undefined && signedText === stringToSign),
    ).toEqual([]);
  });
});

test('no two tests have the same number', () => {
  expect(new Set(VECTORS.map(({ tcId }) => tcId)).size).toBe(VECTORS.length);
});

test('a flag has the same note in each file', () => {
  const notes = new Map<string, Set<string>>();
  for (const [flag, note] of FILES.flatMap(({ json }) => Object.entries(json.notes)))
    notes.set(flag, (notes.get(flag) ?? new Set()).add(JSON.stringify(note)));
  expect([...notes].filter(([, texts]) => texts.size !== 1)).toEqual([]);
});

test('both READMEs have a row for each file and for each flag', () => {
  const flags = [...new Set(FILES.flatMap(({ json }) => Object.keys(json.notes)))].sort();
  const files = FILES.map(({ file, json }) => `${file} ${json.numberOfTests}`).sort();
  for (const name of ['README.md', 'README.zh-CN.md']) {
    const readme = readFileSync(new URL(name, VECTORS_FOLDER), 'utf8');
    const rows = (pattern: RegExp) => Array.from(readme.matchAll(pattern), ([, ...cells]) => cells.join(' ')).sort();
    expect(rows(/^\| `([A-Z][A-Za-z0-9]+)` \|/gm)).toEqual(flags);
    expect(rows(/^\| `([a-z0-9-]+\.json)` \| (\d+) \|/gm)).toEqual(files);
  }
});
