/** The OpenAPI document of the carrier's operations passes a linter, is complete, and agrees with the other files of the contract. */
import { createPublicKey, verify } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, test } from 'vitest';
import { AMBIGUITIES, RESULT_CODES } from '../../../contracts/index.js';
import {
  LOGIN_REQUEST_SAMPLE,
  LOGIN_RESPONSE_SAMPLE,
  VERIFY_REQUEST_SAMPLE,
  VERIFY_RESPONSE_SAMPLE,
} from '../../support/document-samples.js';
import { TEST_KEYS } from '../../support/keys.js';
import { readVectors, type Vector } from '../../support/vectors.js';
import { problemsOf } from '../contracts/validators.js';
import {
  ANSWERS,
  DOCUMENT,
  exampleOf,
  type NamedExample,
  REQUESTS,
  resultCodeOf,
  withHeaders,
} from './document.js';

test('a linter reports no error and no warning', async () => {
  // As text, because the compiler needs seconds for the type of the object.
  const config = await createConfig(
    JSON.stringify({
      extends: ['recommended-strict'],
      rules: {
        // The carrier refuses with HTTP 200.
        'operation-4xx-response': 'off',
        // By default, the rule reports unknown fields, even those of the schema around an `if`.
        'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: true },
      },
    }),
  );
  const problems = await lintFromString({ source: JSON.stringify(DOCUMENT), config });
  const found = problems.map(
    ({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`,
  );
  expect(found.join('\n')).toBe('');
});

test('it is OpenAPI 3.1, with the addresses of the document, 1.1 and 2.2', () => {
  const addresses = DOCUMENT.servers.flatMap(({ url }) =>
    Object.keys(DOCUMENT.paths).map((path) => url + path),
  );
  expect(DOCUMENT.openapi).toMatch(/^3\.1\./);
  expect(addresses).toEqual([
    'https://www.cmpassport.com/unisdk/rsapi/loginTokenValidate',
    'https://www.cmpassport.com/openapi/rs/tokenValidate',
    'https://www.cmpassport.com/h5/onekeylogin/tokenValidate',
  ]);
  expect(Object.values(DOCUMENT.paths).map((item) => Object.keys(item))).toEqual([
    ['post'],
    ['post'],
    ['post'],
  ]);
});

test.each([
  { operation: 'loginTokenValidate', stem: 'login-token-validate' },
  { operation: 'tokenValidate', stem: 'token-validate' },
  { operation: 'h5TokenValidate', stem: 'h5-token-validate' },
])('$operation refers to the schemas, and has only HTTP 200', ({ operation, stem }) => {
  const post = Object.values(DOCUMENT.paths).find(
    (item) => item.post.operationId === operation,
  )?.post;
  expect(post?.requestBody.content['application/json'].schema).toEqual({
    $ref: `#/components/schemas/${stem}-request`,
  });
  expect(Object.keys(post?.responses ?? {})).toEqual(['200']);
  expect(post?.responses['200']?.content['application/json'].schema).toEqual({
    $ref: `#/components/schemas/${stem}-response`,
  });
});

describe('response examples', () => {
  test('exist for exactly the codes of each operation, in the order of its table', () => {
    const codes = new Map(
      ANSWERS.map((example) => [
        `${example.operation} ${resultCodeOf(example)}`,
        example.operation,
      ]),
    );
    expect([...codes.keys()]).toEqual(
      RESULT_CODES.map(({ operation, resultCode }) => `${operation} ${resultCode}`),
    );
    expect(codes.size).toBe(38);
  });

  test.each(ANSWERS)('$operation $name has its code and the document’s words', (example) => {
    const row = RESULT_CODES.find(
      ({ operation, resultCode }) =>
        operation === example.operation && resultCode === resultCodeOf(example),
    );
    expect(example.name).toMatch(new RegExp(`^code-${row?.resultCode}(?:-[a-z-]+)?$`));
    expect(example.summary.split(', ')[0]).toBe(`${row?.resultCode} ${row?.document}`);
    const basis = row?.section === 'observed' ? 'observed' : `documented (${row?.section})`;
    expect(example.description).toContain(`- ${basis}: `);
    const charged = `- ${row?.chargedBasis}: ${row?.charged === true ? 'charged' : 'not charged'}.`;
    expect(example.description.split('\n').at(-1)).toBe(charged);
  });

  test('of login have the values of the sample', () => {
    const { msisdn: _, resultCode: __, ...sample } = JSON.parse(LOGIN_RESPONSE_SAMPLE);
    const values = responsesOf('loginTokenValidate').map(
      ({ value: { msisdn: _, resultCode: __, ...rest } }) => rest,
    );
    expect(values).toEqual(values.map(() => sample));
  });

  test('of verify have the values of the sample, and the words of their code', () => {
    const { header, body } = JSON.parse(
      VERIFY_RESPONSE_SAMPLE.replace('"是本机号码"', '"是本机号码",'),
    );
    const [{ value: own }] = [exampleOf(ANSWERS, 'tokenValidate', 'code-000')];
    expect(own).toEqual({ body, header: { ...header, appId: '300011223344' } });
    for (const { value, summary } of responsesOf('tokenValidate')) {
      const { accessToken: _, resultDesc, ...rest } = value.body;
      expect(rest).toEqual({ message: body.message, taskId: body.taskId });
      expect(value.header).toEqual({ ...own.header, resultCode: value.header.resultCode });
      expect(summary.split(/[ （,]/)[1]).toBe(resultDesc);
    }
  });
});

describe('request examples', () => {
  test('exist for each signing mode', () => {
    expect(REQUESTS.map(({ operation, name }) => [operation, name])).toEqual([
      ['loginTokenValidate', 'md5'],
      ['loginTokenValidate', 'rsa'],
      ['tokenValidate', 'hmac'],
      ['tokenValidate', 'rsa'],
      ['h5TokenValidate', 'rsa'],
    ]);
  });

  test.each(requestsOf('loginTokenValidate'))(
    '$operation $name has the values of the sample',
    ({ value }) => {
      const { appid: _, sign: __, encryptionalgorithm: ___, ...rest } = value;
      expect(JSON.parse(LOGIN_REQUEST_SAMPLE)).toMatchObject(rest);
    },
  );

  test.each(requestsOf('tokenValidate'))(
    '$operation $name has the values of the sample',
    ({ value }) => {
      const { appId: _, ...header } = value.header;
      const { phoneNum: __, sign: ___, keyType: ____, ...body } = value.body;
      expect(JSON.parse(VERIFY_REQUEST_SAMPLE)).toMatchObject({ header, body });
    },
  );
});

/** The vector with the example's signature, from the file that the example names. test/kit/vectors proves that the carrier accepts valid ones. */
function vectorOf({ description, value }: NamedExample): Vector {
  const file = description.match(/fixtures\/vectors\/([a-z0-9-]+)\.json/)?.[1] ?? '';
  const vector = readVectors(file).find(({ sign }) => sign === (value.body ?? value).sign);
  if (vector === undefined) throw new Error(`${file} has no vector with this signature`);
  return vector;
}

function withSign(value: NamedExample['value'], sign: string): object {
  return value.body === undefined
    ? { ...value, sign }
    : { ...value, body: { ...value.body, sign } };
}

test.each(REQUESTS.filter(({ operation }) => operation !== 'h5TokenValidate'))(
  '$operation $name is a valid vector of the file that it names',
  (example) => {
    const { result, message, sign } = vectorOf(example);
    expect(result).toBe('valid');
    expect(example.value).toEqual(withSign(message, sign));
  },
);

test.each([
  { operation: 'loginTokenValidate', name: 'md5', secret: 'appSecret' },
  { operation: 'tokenValidate', name: 'hmac', secret: 'appKey' },
] as const)('$operation $name names the secret of its signature', ({ operation, name, secret }) => {
  const example = exampleOf(REQUESTS, operation, name);
  expect(example.description).toContain(` ${vectorOf(example).group[secret]};`);
});

// The linter compares the bodies of the examples with their schemas.
test.each([
  { direction: 'request', example: exampleOf(REQUESTS, 'h5TokenValidate', 'rsa') },
  { direction: 'response', example: exampleOf(ANSWERS, 'h5TokenValidate', 'code-103000') },
] as const)('the headers of a $direction fit the schema', ({ direction, example }) => {
  expect(problemsOf('h5TokenValidate', direction, withHeaders(example, direction))).toEqual([]);
});

test('the signature of h5TokenValidate’s example covers its headers and its token', () => {
  const request = withHeaders(exampleOf(REQUESTS, 'h5TokenValidate', 'rsa'), 'request');
  const { appId, traceId, timestamp, interfaceVersion } = request['@headers'];
  const text = appId + traceId + timestamp + request.token + interfaceVersion;
  const key = Buffer.from(TEST_KEYS.demoAppSign.publicKey, 'base64');
  const publicKey = createPublicKey({ key, format: 'der', type: 'spki' });
  expect(verify('sha256', Buffer.from(text), publicKey, Buffer.from(request.sign, 'hex'))).toBe(
    true,
  );
});

const DESCRIPTIONS = allOf(DOCUMENT, 'description');

test('each statement names its basis', () => {
  const statements = DESCRIPTIONS.flatMap((text) =>
    text.split('\n').filter((line) => line.startsWith('- ')),
  );
  expect(statements.length).toBeGreaterThan(100);
  expect(
    statements.filter((line) => !/^- (?:documented|observed|inferred|assumed)[:(\s]/.test(line)),
  ).toEqual([]);
  expect(statements.filter((line) => !line.endsWith('.'))).toEqual([]);
});

test('the ambiguities and files that it names exist', () => {
  const named = (pattern: RegExp) => [
    ...new Set(DESCRIPTIONS.flatMap((text) => text.match(pattern) ?? [])),
  ];
  const ambiguities = named(/(?<=the ambiguity )[a-z0-9-]+/g);
  const files = named(/fixtures\/vectors\/[a-z0-9-]+\.json/g);
  expect(ambiguities.length).toBeGreaterThan(2);
  expect(ambiguities.filter((id) => !AMBIGUITIES.some((row) => row.id === id))).toEqual([]);
  expect(files).toHaveLength(5);
  expect(files.filter((file) => !existsSync(new URL(`../../../${file}`, import.meta.url)))).toEqual(
    [],
  );
});

function responsesOf(operation: NamedExample['operation']): readonly NamedExample[] {
  return ANSWERS.filter((example) => example.operation === operation);
}

function requestsOf(operation: NamedExample['operation']): readonly NamedExample[] {
  return REQUESTS.filter((example) => example.operation === operation);
}

/** The string values of a keyword, at any depth. */
function allOf(node: unknown, keyword: string): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === keyword && typeof value === 'string' ? [value] : allOf(value, keyword),
  );
}
